"""Problems for a person, as members see and settle them: a private list."""

from collections.abc import Awaitable, Callable, Sequence

from bot.access.permits import Permit
from bot.access.policy import POLICY, Action
from bot.discord.answers import in_place, private
from bot.discord.asking import asks, by_ref, each, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.operations.problems.service import ProblemService
from bot.features.operations.problems.status_service import StatusService
from storage.records import CreatorId, DiscordId, EffectId

Settle = Callable[[EffectId, DiscordId], Awaitable[str]]


async def show_list(asked: Asked, number: int = 0, *, turn: bool = False) -> None:
    """Answer with one page of all that this member may settle; `turn`: in place of the page before."""
    mine = _creators(asked)
    await (in_place if turn else private)(asked, lambda: service(asked, ProblemService).page(mine, number))


async def show_status(asked: Asked) -> None:
    """Answer with the state of all creators about whom this member may know it."""
    mine, settled = _creators(asked), may_settle(permits_of(asked))
    await private(asked, lambda: service(asked, StatusService).of(sorted(mine), settled))


async def settle(asked: Asked, ref: str, word: Settle) -> None:
    """Let a member's word count: the permit is about the creator of what `ref` names."""
    await private(asked, lambda: word(EffectId(ref), DiscordId(asked.user.id)))


# ── buttons ──


@asks(Action.SETTLE, by_ref)
async def wait_again(asked: Asked, ref: str) -> None:
    await settle(asked, ref, service(asked, ProblemService).again)


@asks(Action.SETTLE, by_ref)
async def wait_drop(asked: Asked, ref: str) -> None:
    await settle(asked, ref, service(asked, ProblemService).drop)


@asks(Action.SETTLE, by_ref)
async def wait_now(asked: Asked, ref: str) -> None:
    """Try all that is paused, at once."""
    await settle(asked, ref, service(asked, ProblemService).now)


@asks(Action.PROBLEMS, each)
async def wait_list(asked: Asked, _ref: str) -> None:
    """The list, from its beginning."""
    await show_list(asked)


@asks(Action.PROBLEMS, each)
async def wait_page(asked: Asked, ref: str) -> None:
    await show_list(asked, int(ref) if ref.isascii() and ref.isdigit() else 0, turn=True)


def may_settle(permits: Sequence[Permit]) -> set[CreatorId]:
    """Of which creators of these permits /inbox problems lists anything."""
    return allowed(Action.PROBLEMS, permits)


def allowed(action: Action, permits: Sequence[Permit]) -> set[CreatorId]:
    """About which creators of these permits this may be done, too: to offer it. A press is asked about."""
    needs = POLICY[action].needs
    return {
        permit.creator
        for permit in permits
        if permit.creator is not None and permit.standing is not None and needs in permit.standing.permissions
    }


def _creators(asked: Asked) -> list[CreatorId]:
    return [permit.creator for permit in permits_of(asked) if permit.creator is not None]


BUTTONS: ButtonHandlers = {
    "wait.again": wait_again,
    "wait.drop": wait_drop,
    "wait.now": wait_now,
    "wait.list": wait_list,
    "wait.page": wait_page,
}
