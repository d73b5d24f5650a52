"""A creator's vault on Discord: shown and suggested to its own person alone.

Until there are roles, whoever connected a creator is the only one who sees what is in the vault: not the
team, and not whoever manages the server. Everybody else is suggested nothing.
"""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.guild.answers import Said, Shown, private
from bot.guild.bridge import Asked
from bot.guild.choosing import own_link, own_links
from bot.guild.uses_media import Look, Media
from storage.records import DiscordId, FanId, Link


async def show_media(
    asked: Asked, *, kind: str | None, folder: str | None, search: str | None, creator: str | None
) -> None:
    """Answer with the first page of a vault of one's own; in a fan's thread, with what the fan bought."""

    async def deed() -> Said:
        link, fan = await _link_and_fan(asked, creator)
        if isinstance(link, str):
            return link
        return _shown(
            await _media(asked).browse(
                link, _me(asked), kind=kind, folder=folder, search=search or "", fan=fan
            )
        )

    await private(asked, deed)


async def turn_page(asked: Asked, ref: str) -> None:
    """The buttons under a page."""

    async def deed() -> Said:
        own = {link.id for link in await own_links(asked)}
        return _shown(await _media(asked).turn(ref, _me(asked), own))

    await private(asked, deed, in_place=True)


async def show_items(asked: Asked, ref: str, which: Sequence[str]) -> None:
    """What was chosen on a page, in an answer of its own, covered."""

    async def deed() -> Said:
        own = {link.id for link in await own_links(asked)}
        post, pictures = await _media(asked).items(ref, which, _me(asked), own, adult=_for_adults(asked))
        return Shown(post, pictures=pictures)

    await private(asked, deed)


async def offer_items_here(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Vault items to offer in a fan's thread: to the person who connected this thread's creator."""
    return await _offer_here(asked, typed, several=True)


async def offer_item_here(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """One item, likewise."""
    return await _offer_here(asked, typed, several=False)


async def offer_items(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Vault items of the creator whom the option `creator` names: one's own, or nothing."""
    return await _offer(asked, typed, several=True)


async def offer_item(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """One item, likewise."""
    return await _offer(asked, typed, several=False)


async def offer_folders(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Folders of the vault of the creator whom the option `creator` names, likewise."""
    link, _fan = await _link_and_fan(asked, asked.namespace.creator)
    return [] if isinstance(link, str) else _offered(await _media(asked).folders(link, typed))


async def _offer_here(asked: Asked, typed: str, *, several: bool) -> list[app_commands.Choice[str]]:
    here = None if asked.channel_id is None else await _media(asked).chat_at(DiscordId(asked.channel_id))
    own = [link for link in await own_links(asked) if here is not None and link.creator == here[0]]
    return await _suggested(asked, own[0], typed, several=several) if own else []


async def _offer(asked: Asked, typed: str, *, several: bool) -> list[app_commands.Choice[str]]:
    link, _fan = await _link_and_fan(asked, asked.namespace.creator)
    return [] if isinstance(link, str) else await _suggested(asked, link, typed, several=several)


async def _link_and_fan(asked: Asked, creator: str | None) -> tuple[Link | str, FanId | None]:
    """In a fan's thread the thread's creator is meant, if it is one's own, unless another one is chosen."""
    here = None if asked.channel_id is None else await _media(asked).chat_at(DiscordId(asked.channel_id))
    if here is not None and creator is None:
        own = next((link for link in await own_links(asked) if link.creator == here[0]), None)
        if own is not None:
            return own, here[1]
    link = await own_link(asked, creator)
    same = here is not None and not isinstance(link, str) and link.creator == here[0]
    return link, here[1] if here is not None and same else None


async def _suggested(
    asked: Asked, link: Link, typed: str, *, several: bool
) -> list[app_commands.Choice[str]]:
    return _offered(await _media(asked).suggest(link, typed, several=several))


def _shown(look: Look) -> Shown:
    return Shown(look.post, choice=look.choice)


def _offered(found: Sequence[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=shown, value=value) for shown, value in found]


def _for_adults(asked: Asked) -> bool:
    """Whether the channel is age-restricted; one that is not known is not."""
    channel = asked.channel
    return isinstance(channel, discord.TextChannel | discord.Thread) and channel.is_nsfw()


def _me(asked: Asked) -> DiscordId:
    return DiscordId(asked.user.id)


def _media(asked: Asked) -> Media:
    return asked.client.uses.media
