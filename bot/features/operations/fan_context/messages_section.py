"""The section of a fan's chat, as Fanvue shows it now."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

from bot.access.roles import MoneyView
from bot.fanvue.patient_api import Pause
from bot.features.inbox.purchases.chat_observer import ObservedChats
from bot.features.operations.creator_context.amounts import amount_or_none
from bot.features.operations.creator_context.model_parts import moment, moment_or_none
from bot.features.operations.fan_context.model import ContextMessage, MessagesSection
from bot.features.operations.fan_context.request_rules import MOST
from bot.model.errors import TryLater
from bot.model.events import NO_SENDER
from bot.model.ports import ChatMessage
from bot.model.read_purposes import ReadPurpose
from bot.text.safe_text import plain
from storage.records import CreatorId, FanId

_AUTOMATED = "AUTOMATED"
_CURRENCY = "USD"
_MOST_PAUSES, _LONGEST_PAUSE = 60, 120.0  # seconds, as every read for programs waits


async def messages(
    there: ObservedChats, creator: CreatorId, fan: FanId, most: int, *, pause: Pause
) -> MessagesSection:
    """The newest messages, in the lane that gives way to people. Raises one of the errors of delivery.

    `pause` waits so many seconds while the lane's share of Fanvue's limit is spent.
    """
    rows = await _in_turn(lambda: there.recent(creator, fan, ReadPurpose.HISTORY), pause)
    newest = next((row.message for row in rows if _sender(row) == "fan"), None)
    return MessagesSection(
        messages=[_message(row) for row in reversed(rows[:most])],
        complete=len(rows) <= most and len(rows) < MOST,
        newest=newest,
    )


async def _in_turn(
    read: Callable[[], Awaitable[Sequence[ChatMessage]]], pause: Pause
) -> Sequence[ChatMessage]:
    for _ in range(_MOST_PAUSES):
        try:
            return await read()
        except TryLater as later:
            if later.after is None or later.after > _LONGEST_PAUSE:
                raise
            await pause(later.after)
    return await read()


def _message(row: ChatMessage) -> ContextMessage:
    """A price is for everybody who reads the thread, so it is exact here, too."""
    return ContextMessage(
        id=row.message,
        sender=_sender(row),
        automated=(row.kind or "").startswith(_AUTOMATED),
        at=moment(row.sent_at) if row.sent_at > 0 else None,
        text=plain(row.text) if row.text else None,
        media=len(row.media),
        media_type=row.media_type,
        price=amount_or_none(row.price or None, _CURRENCY, MoneyView.EXACT),
        bought_at=moment_or_none(row.bought_at),
        read=row.read,
    )


def _sender(row: ChatMessage) -> Literal["fan", "creator", "unknown"]:
    if row.unclear == NO_SENDER:
        return "unknown"
    return "creator" if row.from_creator else "fan"
