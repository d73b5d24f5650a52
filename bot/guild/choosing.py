"""Which of one's own connected creators a command is about."""

from collections.abc import Sequence

from discord import app_commands

from bot.guild.bridge import Asked
from storage.records import DiscordId, Link

NO_LINK = "You have no Fanvue account connected here. /link connects one."
_SEVERAL = "You have several accounts connected. Run the command again and choose one under creator."
_NOT_YOURS = "There is no such link of yours. /account shows what is connected."
_CHOICES = 25  # Discord shows no more


async def own_links(asked: Asked) -> Sequence[Link]:
    """Every open link of the asking person."""
    return await asked.client.uses.linking.links_of(DiscordId(asked.user.id))


async def own_link(asked: Asked, chosen: str | None) -> Link | str:
    """The link that was chosen, or a sentence why there is none. `chosen` may be an id or a handle."""
    links = await own_links(asked)
    if not links:
        return NO_LINK
    if chosen is None and len(links) > 1:
        return _SEVERAL
    # Discord does not force a choice from the list, so what was typed is looked up among one's own.
    named = [link for link in links if chosen in (None, link.id) or _same(link.handle, chosen)]
    return named[0] if len(named) == 1 else _NOT_YOURS


async def own_choices(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """What to offer while a creator is typed: one's own links only; the value is an opaque id."""
    return [
        app_commands.Choice(name=f"@{link.handle}"[:100], value=link.id)
        for link in await own_links(asked)
        if typed.casefold().lstrip("@") in link.handle.casefold()
    ][:_CHOICES]


async def list_choices(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """What to offer while lists of fans are typed: of the creator whom the option `creator` names."""
    link = await own_link(asked, asked.namespace.creator)
    if isinstance(link, str):
        return []
    offered = await asked.client.uses.lists_like(link, typed)
    return [app_commands.Choice(name=name, value=value) for name, value in offered][:_CHOICES]


def _same(handle: str, typed: str | None) -> bool:
    return typed is not None and handle.casefold() == typed.strip().lstrip("@").casefold()
