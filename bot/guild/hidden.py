"""A line whose text is not in the thread, shown to one member who asks."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.access.policy import Action
from bot.guild.adults import for_adults
from bot.guild.answers import ONLY_ON_A_SERVER, Said, Shown, private, tell, wish_of
from bot.guild.asking import asks, here, permit_of
from bot.guild.bridge import Asked
from bot.guild.rights import why_not_read
from bot.guild.uses_privacy import Whole
from bot.model.ports import Post
from storage.records import DiscordId, EffectId


@asks(Action.SHOW_HIDDEN, here)
async def show_hidden(asked: Asked, ref: str) -> None:
    """What the server's own filter hides."""

    async def find(channel: DiscordId) -> Said:
        found = await asked.client.uses.hidden(EffectId(ref), channel)
        return Shown(found) if isinstance(found, Post) else found

    await _show(asked, find)


@asks(Action.SHOW_HIDDEN, here)
async def show_line(asked: Asked, ref: str) -> None:
    """What a creator's mode keeps off Discord: the text, and previews of the pictures."""

    async def find(channel: DiscordId) -> Said:
        found = await asked.client.uses.privacy.show_line(EffectId(ref), channel)
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


async def _with_pictures(asked: Asked, whole: Whole) -> Shown:
    if whole.media_of is None:
        return Shown(whole.post)
    link = permit_of(asked).link
    if link is not None:
        link = await asked.client.uses.agency.through(link, DiscordId(asked.user.id), "message_media")
    notes, pictures = await asked.client.uses.media.messages.pictures(
        link, *whole.media_of, adult=for_adults(asked)
    )
    small = "\n".join(one for one in (whole.post.small, *notes) if one)
    return Shown(replace(whole.post, small=small), pictures=pictures)
