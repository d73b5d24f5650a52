"""Windows are opened in the language of whoever opens them."""

from collections.abc import Iterable
from typing import Any

from discord import ui

from bot.discord.bridge import Asked
from bot.model.language import tr

_WORDS = ("text", "placeholder", "description")  # not what is in it: that is somebody's


async def open_window(asked: Asked, window: ui.Modal) -> None:
    """Show a window; what its class says of its fields is a message, said here."""
    window.title = tr(window.title)
    _say(window.walk_children())
    await asked.response.send_modal(window)


def _say(items: Iterable[Any]) -> None:
    for item in items:
        for name in _WORDS:
            words = getattr(item, name, None)
            if isinstance(words, str) and words:
                setattr(item, name, tr(words))
