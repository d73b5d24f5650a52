"""Offers creators while somebody types which one they mean."""

from collections.abc import Callable, Coroutine
from typing import Any

from discord import app_commands

from bot.access.policy import Action
from bot.discord.asking import asks, each, permits_of
from bot.discord.bridge import Asked
from bot.model.language import msgid

NO_LINK = msgid("You have no Fanvue account connected here. Connect one with /link.")
_CHOICES = 25  # Discord shows no more
Offer = Callable[[Asked, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


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
