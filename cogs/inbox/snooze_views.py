"""/fan snooze, close, reopen, and the list of times that a claim offers."""

from collections.abc import Awaitable, Callable, Sequence

from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private, server_wish_of
from bot.discord.asking import asks, creator_of, here
from bot.discord.bridge import Asked, ListHandlers, service
from bot.discord.discord_permissions import why_not_answer
from bot.features.inbox.snooze.service import SnoozeService
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import tr
from bot.model.ports import Post
from storage.records import DiscordId

_PICK = "talk.snooze"
_REF = "0" * 22  # the list says nothing but the time: whose fan it is says the thread


async def snooze(asked: Asked, until: str | None) -> None:
    """/fan snooze; without a time the list comes up."""
    if until is None:
        await private(asked, lambda: _ask(asked))
    else:
        await _answer(
            asked, lambda actor, channel: service(asked, SnoozeService).snooze(actor, channel, until)
        )


async def close(asked: Asked) -> None:
    """/fan close."""
    await _answer(asked, service(asked, SnoozeService).close)


async def reopen(asked: Asked) -> None:
    """/fan reopen."""
    await _answer(asked, service(asked, SnoozeService).reopen)


@asks(Action.SNOOZE, here)
async def pick_time(asked: Asked, _ref: str, chosen: Sequence[str]) -> None:
    """A time was chosen from the list."""
    until, put_off = next(iter(chosen), ""), service(asked, SnoozeService).snooze
    await _answer(asked, lambda actor, channel: put_off(actor, channel, until), in_place=True)


@asks(Action.SNOOZE, here, offers=True)
async def offer_times(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Times that fit what is typed; any other may be typed on."""
    found = await service(asked, SnoozeService).times(creator_of(asked))
    wanted = typed.casefold().strip()
    fitting = [(words, value) for words, value in found if wanted in f"{words} {value}".casefold()]
    return [app_commands.Choice(name=words, value=value) for words, value in fitting]


async def with_times(asked: Asked, said: str) -> AnswerContent:
    """An answer under which the fan can be snoozed."""
    found = await service(asked, SnoozeService).times(creator_of(asked))
    options = tuple(ChoiceOption(value, words) for words, value in found)
    return AnswerContent(Post(body=(said,)), choice=Choice(_PICK, _REF, tr("Snooze this fan"), options))


async def _ask(asked: Asked) -> Said:
    return await with_times(asked, tr("Until when? This fan comes back then, or when they write."))


async def _answer(
    asked: Asked, deed: Callable[[DiscordId, DiscordId], Awaitable[str]], *, in_place: bool = False
) -> None:
    wish = server_wish_of(asked, why_not_answer(asked.permissions))
    actor, channel = wish.actor, wish.channel
    await private(asked, lambda: deed(actor, channel), in_place=in_place)


LISTS: ListHandlers = {
    "talk.snooze": pick_time,
}
