"""The event that says who is online: needed by a rule, and not yet told."""

from collections.abc import Iterable

from bot.model.events import PRESENCE
from storage.database import Transaction
from storage.inbox import watermarks
from storage.records import CreatorId

NEVER_TOLD = (
    f"-# ⚠️ Top spenders online need Fanvue's event `{PRESENCE}`, which we haven't received yet. "
    "The operator ticks it in Fanvue's Developer Area: the app, then Events."
)


async def never_told(tx: Transaction, creators: Iterable[CreatorId]) -> bool:
    """Whether nothing was ever heard of who is online, of any of these."""
    for creator in creators:
        if PRESENCE in await watermarks.heard_of(tx, creator):
            return False
    return True
