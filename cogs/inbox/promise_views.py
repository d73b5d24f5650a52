"""/fan promise: promises to a fan, as members write, keep and read them."""

from collections.abc import Awaitable, Callable, Sequence

from discord import app_commands

from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import Said, in_place, private, server_wish_of
from bot.discord.asking import (
    Given,
    Options,
    Resolved,
    asks,
    creator_of,
    each,
    here,
    permit_about,
    permits_of,
)
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.rejected_answers import said_of
from bot.engine.commands import CommandWish
from bot.features.inbox.promises.list_service import PromiseListService
from bot.features.inbox.promises.service import PromiseService
from bot.text.rejected_input import RejectedInput
from storage.records import CreatorId, DiscordId

Offer = Callable[[Asked, str], Awaitable[list[app_commands.Choice[str]]]]


async def about_promise(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator whose fan was promised what the button names."""
    creator = await service(asked, PromiseService).creator_of(str(given[1]))
    return await permit_about(asked, action, ActionSubject(creator) if creator is not None else None)


async def add_promise(asked: Asked, what: str, until: str, message: DiscordId | None = None) -> None:
    """/fan promise add."""
    await answer(asked, lambda keeping, wish: keeping.add(wish.actor, wish.channel, what, until, message))


async def keep_promise(asked: Asked, which: str | None) -> None:
    """/fan promise done."""
    await answer(asked, lambda keeping, wish: keeping.done(wish.actor, wish.channel, which))


async def change_promise(asked: Asked, which: str | None, what: str | None, until: str | None) -> None:
    """/fan promise change."""
    await answer(asked, lambda keeping, wish: keeping.change(wish.actor, wish.channel, which, what, until))


async def drop_promise(asked: Asked, which: str | None, reason: str) -> None:
    """/fan promise drop."""
    await answer(asked, lambda keeping, wish: keeping.drop(wish.actor, wish.channel, which, reason))


async def list_promises(asked: Asked) -> None:
    """/fan promise list."""
    await private(asked, lambda: _page(asked, 0))


@asks(Action.PROMISES, each)
async def turn_promises(asked: Asked, ref: str) -> None:
    await in_place(asked, lambda: _page(asked, int(ref) if ref.isascii() and ref.isdigit() else 0))


@asks(Action.PROMISE, here, offers=True)
async def offer_promises(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Open promises to this thread's fan, while somebody types."""
    if asked.channel_id is None:
        return []
    return _choices(await service(asked, PromiseService).suggest(DiscordId(asked.channel_id), typed))


@asks(Action.PROMISE, here, offers=True)
async def offer_dates(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Times that fit what is typed; any other may be typed on."""
    found = await service(asked, PromiseService).times(creator_of(asked))
    wanted = typed.casefold().strip()
    return _choices([pair for pair in found if wanted in " ".join(pair).casefold()])


# ── buttons of a reminder ──


@asks(Action.PROMISE, about_promise)
async def done(asked: Asked, ref: str) -> None:
    """The button [Done]."""
    await answer(asked, lambda keeping, wish: keeping.keep(wish.actor, ref))


@asks(Action.PROMISE, about_promise)
async def tomorrow(asked: Asked, ref: str) -> None:
    """The button [Tomorrow]."""
    await answer(asked, lambda keeping, wish: keeping.tomorrow(wish.actor, ref))


@asks(Action.PROMISES, about_promise)
async def show_promise(asked: Asked, ref: str) -> None:
    """The button [What was it?]."""

    async def deed() -> Said:
        return said_of(await service(asked, PromiseListService).show(ref))

    await private(asked, deed)


async def answer(
    asked: Asked, deed: Callable[[PromiseService, CommandWish], Awaitable[str | RejectedInput]]
) -> None:
    """Do it, and tell the asking person alone."""
    wish, keeping = server_wish_of(asked), service(asked, PromiseService)

    async def said() -> Said:
        return said_of(await deed(keeping, wish))

    await private(asked, said)


async def _page(asked: Asked, number: int) -> Said:
    mine: list[CreatorId] = [permit.creator for permit in permits_of(asked) if permit.creator is not None]
    return await service(asked, PromiseListService).page(
        DiscordId(asked.channel_id or 0), sorted(mine), number
    )


def _choices(found: Sequence[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=value) for name, value in found]


BUTTONS: ButtonHandlers = {
    "promise.page": turn_promises,
    "promise.show": show_promise,
    "promise.done": done,
    "promise.tomorrow": tomorrow,
}
