"""Fans of a page of /inbox waiting are put off together, each press asked about."""

from collections.abc import Collection, Sequence

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place
from bot.discord.asking import asks, each, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, service
from bot.engine.input_windows import InputWindowHolder
from bot.features.inbox.snooze.bulk_service import BulkSnoozeService
from cogs.operations.problem_views import allowed
from storage.records import CreatorId, DiscordId, DraftId


@asks(Action.INBOX, each)
async def ask_whom(asked: Asked, ref: str) -> None:
    """The button under a page asks which of its fans."""
    permits = permits_of(asked)
    of = {permit.creator: permit.money for permit in permits if permit.creator is not None}
    may = allowed(Action.SNOOZE, permits)

    async def deed() -> Said:
        found = await service(asked, BulkSnoozeService).whom(
            dict(sorted(of.items())), _holder(asked), ref, may
        )
        return AnswerContent(found.post, choice=found.choice)

    await in_place(asked, deed)


@asks(Action.SNOOZE, each)
async def ask_until(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    """Fans were chosen; until when is asked."""
    may = _creators(asked)

    async def deed() -> Said:
        found = await service(asked, BulkSnoozeService).until(_holder(asked), DraftId(ref), chosen, may)
        return AnswerContent(found.post, choice=found.choice)

    await in_place(asked, deed)


@asks(Action.SNOOZE, each)
async def put_off(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    may, until = _creators(asked), next(iter(chosen), "")
    await in_place(
        asked, lambda: service(asked, BulkSnoozeService).put_off(_holder(asked), DraftId(ref), until, may)
    )


def _creators(asked: Asked) -> Collection[CreatorId]:
    return {permit.creator for permit in permits_of(asked) if permit.creator is not None}


def _holder(asked: Asked) -> InputWindowHolder:
    return InputWindowHolder(DiscordId(asked.user.id), None, DiscordId(asked.guild_id or 0))


BUTTONS: ButtonHandlers = {
    "inbox.snooze": ask_whom,
}
LISTS: ListHandlers = {
    "inbox.fans": ask_until,
    "inbox.until": put_off,
}
