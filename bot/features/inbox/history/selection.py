"""Selects a chat's messages from before: nothing else ever tells them."""

from collections.abc import Sequence

from bot.model.events import TO_MANY
from bot.model.ports import ChatMessage
from bot.relay.lines import MESSAGE
from storage.database import Transaction
from storage.engine import inbox
from storage.inbox import messages, watermarks
from storage.records import CreatorId, Millis


async def earlier(
    tx: Transaction, creator: CreatorId, rows: Sequence[ChatMessage], *, before: Millis, most: int
) -> list[ChatMessage]:
    """The newest of them, at most so many, oldest first. `before`: of what the thread was wanted for.

    The sweeps tell all that is as young as their floor, whenever they find it, and nothing older: so the
    floor parts what is a line of the thread, now or later, from what is history.
    """
    mark = await watermarks.get(tx, creator)
    border = before if mark is None else min(mark.floor, before)
    # Of one whose time Fanvue does not tell, nobody knows whether it is from before.
    old = [row for row in rows if 0 < row.sent_at < border and (row.kind or "").upper() not in TO_MANY]
    told = await inbox.have(tx, creator, MESSAGE, [row.message for row in old])
    found: list[ChatMessage] = []
    for row in sorted(old, key=lambda one: one.sent_at, reverse=True):
        if row.message not in told and await messages.get(tx, creator, row.message) is None:
            found.insert(0, row)
        if len(found) == most:
            break
    return found
