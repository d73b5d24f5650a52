"""The reply window from the menu of a message, as its button [Reply] opens it."""

import re
from collections.abc import Iterator
from typing import Any

import discord

from bot.discord.answers import tell
from bot.discord.bridge import Asked
from bot.discord.controls import TEMPLATE
from bot.model.language import msgid, tr
from cogs.inbox.pending_reply_views import open_reply

NOT_A_LINE = msgid(
    "The fan didn't write this, so you can't reply to it. Use it on one of their lines, "
    "or answer with /reply."
)
_CUSTOM_ID = re.compile(TEMPLATE)


async def reply_to(asked: Asked, message: discord.Message) -> None:
    """Open the window for the line that a message shows. The permit is for REPLY."""
    ref = line_of(asked, message)
    if ref is None:
        await tell(asked, tr(NOT_A_LINE))
    else:
        await open_reply(asked, ref)


def line_of(asked: Asked, message: discord.Message) -> str | None:
    """The reference of its button [Reply]; checked again when a window opens. None for others' messages."""
    if message.author.id != asked.application_id:
        return None
    for component in message.components:
        for made in _custom_ids(component):
            match = _CUSTOM_ID.fullmatch(made)
            if match is not None and match["action"] == "reply":
                return match["ref"]
    return None


def _custom_ids(component: Any) -> Iterator[str]:
    made = getattr(component, "custom_id", None)
    if made:
        yield made
    for inner in (*getattr(component, "children", ()), getattr(component, "accessory", None)):
        if inner is not None:
            yield from _custom_ids(inner)
