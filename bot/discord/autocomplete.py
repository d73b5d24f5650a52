"""Offers creators while somebody types which one they mean."""

from collections.abc import Callable, Coroutine
from typing import Any

from discord import app_commands

from bot.access.permits import Permit
from bot.discord.bridge import Asked
from bot.model.language import msgid

NO_LINK = msgid("You have no Fanvue account connected here. Connect one with /link.")
_CHOICES = 25  # Discord shows no more
Offer = Callable[[Asked, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


def creators_among(permits: list[Permit], typed: str) -> list[app_commands.Choice[str]]:
    """The creators whom the permits are about and whose names fit; the value is an opaque id."""
    links = [permit.link for permit in permits if permit.link is not None]
    return [
        app_commands.Choice(name=f"@{link.handle}"[:100], value=link.id)
        for link in links
        if typed.casefold().lstrip("@") in link.handle.casefold()
    ][:_CHOICES]
