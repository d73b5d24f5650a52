"""A line whose text is not in the thread, shown to one member who asks."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.access.policy import Action
from bot.discord.age_restriction import for_adults
from bot.discord.answers import AnswerContent, Said, private, server_wish_of
from bot.discord.asking import asks, here, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.controls import WebButton
from bot.discord.discord_permissions import why_not_read
from bot.discord.message_bodies import TEXT_LIMIT
from bot.discord.private_answers import PrivateAnswers
from bot.features.people.agency.service import AgencyService
from bot.features.people.privacy.show_service import WholeLine, WholeLineService
from bot.features.publishing.media import message_texts
from bot.features.publishing.media.answer_service import MediaAnswerService
from bot.features.publishing.media.file_rules import LONGEST_LINK
from bot.features.publishing.media.message_service import MediaRequest, MessageMediaService
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.automod_blocked import BlockedLines
from bot.text.media_words import said_exactly
from storage.records import DiscordId, EffectId

_MARKS = 8  # characters that make a line title or small print


@asks(Action.SHOW_HIDDEN, here)
async def show_hidden(asked: Asked, ref: str) -> None:
    """Show what the server's own filter hides."""
    await _show(asked, lambda channel: service(asked, BlockedLines).show(EffectId(ref), channel))


@asks(Action.SHOW_HIDDEN, here)
async def show_line(asked: Asked, ref: str) -> None:
    """Show a line whole: what a creator's mode keeps off Discord, and the media."""
    await _show(asked, lambda channel: _line(asked, EffectId(ref), channel, first=0))


@asks(Action.SHOW_HIDDEN, here)
async def next_media(asked: Asked, ref: str) -> None:
    """Show further media of the same line in the same answer."""

    async def find(channel: DiscordId) -> Said:
        before = service(asked, MediaAnswerService).turned(ref)
        if before is None:
            return tr(message_texts.OVER)
        return await _line(asked, before.line, channel, first=before.first)

    await _show(asked, find, in_place=True)


@asks(Action.SHOW_HIDDEN, here)
async def close_media(asked: Asked, ref: str) -> None:
    """Take the answer away at once, with its files."""

    async def find(_channel: DiscordId) -> None:
        service(asked, MediaAnswerService).turned(ref)
        await PrivateAnswers(asked.client.direct).remove(asked.application_id, asked.token)

    await _show(asked, find, in_place=True)


async def _show(
    asked: Asked, find: Callable[[DiscordId], Awaitable[Said | None]], *, in_place: bool = False
) -> None:
    """Answer privately with what is found, if this member may read the thread at this moment."""
    channel = server_wish_of(asked, why_not_read(asked.permissions)).channel
    await private(asked, lambda: find(channel), in_place=in_place)


async def _line(asked: Asked, line: EffectId, channel: DiscordId, *, first: int) -> Said:
    found = await service(asked, WholeLineService).show(line, channel)
    return found if isinstance(found, str) else await _with_media(asked, line, found, first)


async def _with_media(asked: Asked, line: EffectId, whole: WholeLine, first: int) -> Said:
    if whole.media_of is None:
        return whole.post
    link = permit_of(asked).link
    if link is not None:
        link = await service(asked, AgencyService).through(link, DiscordId(asked.user.id), "message_media")
    fan, message = whole.media_of
    wanted = MediaRequest(link, fan, message, for_adults(asked), asked.filesize_limit, first)
    shown = await service(asked, MessageMediaService).shown(wanted)
    post = replace(whole.post, small=said_exactly(whole.post.small or "", shown.words))
    if not shown.shows:
        return _beside(post, shown.notes)
    answers = service(asked, MediaAnswerService)
    ref, until = answers.opened(asked.application_id, asked.token, line, shown.following or 0)
    buttons = [Button("private.next", ref, tr(message_texts.NEXT), "primary")] if shown.following else []
    buttons.append(Button("private.close", ref, tr(message_texts.CLOSE)))
    return AnswerContent(
        replace(
            _beside(post, (*shown.notes, message_texts.closes(until)), shown.links),
            buttons=tuple(buttons),
        ),
        web=[WebButton(words, url) for words, url in shown.links if len(url) <= LONGEST_LINK],
        pictures=shown.pictures,
        sounds=shown.sounds,
    )


def _beside(post: Post, notes: Sequence[str], links: Sequence[tuple[str, str]] = ()) -> Post:
    """The line with what is said of its media: as much as a message has room for.

    An address that is too long for a button is a link in the text.
    """
    small = [post.small or "", *notes]
    small += [f"[{words}](<{url}>)" for words, url in links if len(url) > LONGEST_LINK and ")" not in url]
    room, said = TEXT_LIMIT - _MARKS - sum(map(len, (post.title or "", *post.body))), []
    for line in filter(None, small):
        room -= len(line) + _MARKS
        said += [line] if room >= 0 else []
    return replace(post, small="\n".join(said))


BUTTONS: ButtonHandlers = {
    "hidden.show": show_hidden,
    "private.show": show_line,
    "private.next": next_media,
    "private.close": close_media,
}
