"""The event that says who is online: needed by a rule, and not yet told."""

from collections.abc import Iterable

from bot.model.events import PRESENCE
from bot.model.language import tr
from storage.database import Transaction
from storage.inbox import watermarks
from storage.records import CreatorId


def never_told_words() -> str:
    """What is said where a rule needs it, and it never came."""
    return tr(
        "-# ⚠️ Top spenders online need Fanvue's event `{event}`, which we haven't received yet. "
        "The operator ticks it in Fanvue's Developer Area: the app, then Events.",
        event=PRESENCE,
    )


async def never_told(tx: Transaction, creators: Iterable[CreatorId]) -> bool:
    """Whether nothing was ever heard of who is online, of any of these."""
    for creator in creators:
        if PRESENCE in await watermarks.heard_of(tx, creator):
            return False
    return True
