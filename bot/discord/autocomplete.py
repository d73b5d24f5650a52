"""What is offered while somebody types which creator or list they mean."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from discord import app_commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen, each, link_of, permits_of
from bot.discord.bridge import Asked
from storage.records import DiscordId, Link

NO_LINK = "You have no Fanvue account connected here. /link connects one."
_CHOICES = 25  # Discord shows no more
Offer = Callable[[Asked, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


async def own_links(asked: Asked) -> Sequence[Link]:
    """Every open link of the asking person."""
    return await asked.client.uses.linking.links_of(DiscordId(asked.user.id))


def creators_for(action: Action) -> Offer:
    """Offers the creators for whom somebody may do this here; the value is an opaque id."""

    @asks(action, each, offers=True)
    async def offered(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
        return permitted(asked, typed)

    return offered


def permitted(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The creators whom the permits are about and whose names fit."""
    links = [permit.link for permit in permits_of(asked) if permit.link is not None]
    return [
        app_commands.Choice(name=f"@{link.handle}"[:100], value=link.id)
        for link in links
        if typed.casefold().lstrip("@") in link.handle.casefold()
    ][:_CHOICES]


@asks(Action.MASS, chosen, offers=True)
async def list_choices(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """What to offer while lists of fans are typed: of the creator whom the option `creator` names."""
    found = await asked.client.uses.lists_like(link_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found][:_CHOICES]
