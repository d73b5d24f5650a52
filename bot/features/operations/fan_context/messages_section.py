"""The section of a fan's chat, as Fanvue shows it now."""

from typing import Literal

from bot.access.roles import MoneyView
from bot.features.inbox.purchases.chat_observer import ObservedChats
from bot.features.operations.creator_context.amounts import amount_or_none
from bot.features.operations.creator_context.model_parts import moment, moment_or_none
from bot.features.operations.fan_context.model import ContextMessage, MessagesSection
from bot.features.operations.fan_context.request_rules import MOST
from bot.model.events import NO_SENDER
from bot.model.ports import ChatMessage
from bot.model.read_purposes import ReadPurpose
from bot.text.safe_text import plain
from storage.records import CreatorId, FanId

_AUTOMATED = "AUTOMATED"
_CURRENCY = "USD"


async def messages(there: ObservedChats, creator: CreatorId, fan: FanId, most: int) -> MessagesSection:
    """The newest messages, in the lane that gives way to people. Raises one of the errors of delivery."""
    rows = await there.recent(creator, fan, ReadPurpose.HISTORY)
    newest = next((row.message for row in rows if _sender(row) == "fan"), None)
    return MessagesSection(
        messages=[_message(row) for row in reversed(rows[:most])],
        complete=len(rows) <= most and len(rows) < MOST,
        newest=newest,
    )


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
