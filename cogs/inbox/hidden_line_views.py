"""A line whose text is not in the thread, shown to one member who asks."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.access.policy import Action
from bot.discord.age_restriction import for_adults
from bot.discord.answers import ONLY_ON_A_SERVER, AnswerContent, Said, private, tell, wish_of
from bot.discord.asking import asks, here, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.discord_permissions import why_not_read
from bot.features.people.agency.service import AgencyService
from bot.features.people.privacy.show_service import WholeLine, WholeLineService
from bot.features.publishing.media.message_service import MessageMediaService
from bot.model.ports import Post
from bot.relay.automod_blocked import BlockedLines
from storage.records import DiscordId, EffectId


@asks(Action.SHOW_HIDDEN, here)
async def show_hidden(asked: Asked, ref: str) -> None:
    """Show what the server's own filter hides."""

    async def find(channel: DiscordId) -> Said:
        found = await service(asked, BlockedLines).show(EffectId(ref), channel)
        return AnswerContent(found) if isinstance(found, Post) else found

    await _show(asked, find)


@asks(Action.SHOW_HIDDEN, here)
async def show_line(asked: Asked, ref: str) -> None:
    """Show what a creator's mode keeps off Discord: the text, and previews of the pictures."""

    async def find(channel: DiscordId) -> Said:
        found = await service(asked, WholeLineService).show(EffectId(ref), channel)
        return found if isinstance(found, str) else await _with_pictures(asked, found)

    await _show(asked, find)


async def _show(asked: Asked, find: Callable[[DiscordId], Awaitable[Said]]) -> None:
    """Answer privately with what is found, if this member may read the thread at this moment."""
    wish = wish_of(asked)
    refusal = why_not_read(asked.permissions)
    if refusal or wish is None:
        await tell(asked, refusal or ONLY_ON_A_SERVER)
        return
    channel = wish.channel
    await private(asked, lambda: find(channel))


async def _with_pictures(asked: Asked, whole: WholeLine) -> AnswerContent:
    if whole.media_of is None:
        return AnswerContent(whole.post)
    link = permit_of(asked).link
    if link is not None:
        link = await service(asked, AgencyService).through(link, DiscordId(asked.user.id), "message_media")
    notes, pictures = await service(asked, MessageMediaService).pictures(
        link, *whole.media_of, adult=for_adults(asked)
    )
    small = "\n".join(one for one in (whole.post.small, *notes) if one)
    return AnswerContent(replace(whole.post, small=small), pictures=pictures)


BUTTONS: ButtonHandlers = {
    "hidden.show": show_hidden,
    "private.show": show_line,
}
