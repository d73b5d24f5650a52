"""Finds out whether a send of unknown fate took place, by reading the chat.

A message in the chat is this send's when the creator sent it, with the same words, the same media and
the same price, not before the attempt began, and no other send owns it. The oldest one counts (R6).
"""

import unicodedata
from collections.abc import Iterable, Sequence

from bot.model.events import NO_SENDER, NO_TEXT
from bot.model.language import msgid
from bot.model.ports import ChatMessage, MessageToFan
from storage.database import Transaction
from storage.engine import sent_message_ids
from storage.inbox import messages
from storage.records import Effect, FanvueMessageId, Millis

SKEW: Millis = 5_000  # two clocks differ, and Fanvue rounds to the second
FAR: Millis = 300_000  # a clock that is further away has webhooks refused, and that is told
NOT_TOLD = msgid(
    "Fanvue doesn't show this chat as we know it, so we can't tell whether it arrived. Please check there."
)


def candidates(chat: Iterable[ChatMessage], wanted: MessageToFan, *, started: Millis) -> list[ChatMessage]:
    """The messages that may be this send, oldest first."""
    fitting = [message for message in chat if is_this(message, wanted, started=started)]
    return sorted(fitting, key=lambda message: (message.sent_at, message.message))


def is_this(message: ChatMessage, wanted: MessageToFan, *, started: Millis) -> bool:
    """Whether one message may be this send."""
    return message.sent_at >= started - SKEW and _same(message, wanted)


def _same(message: ChatMessage, wanted: MessageToFan) -> bool:
    return (
        message.from_creator
        and same_words(message.text, wanted.text)
        and sorted(message.media) == sorted(wanted.media)
        and (message.price or None) == (wanted.price or None)
    )


async def unowned(tx: Transaction, effect: Effect, rows: Sequence[ChatMessage]) -> FanvueMessageId | None:
    """The first of these that answers for no other send."""
    for row in rows:
        known = await messages.get(tx, effect.creator, row.message)
        owner = await sent_message_ids.owner(tx, effect.creator, row.message)
        if (known is None or known.effect == effect.id) and owner in (None, effect.id):
            return row.message
    return None


def hides(message: ChatMessage, wanted: MessageToFan, *, started: Millis) -> bool:
    """Whether one message may be this send as well, but Fanvue does not tell enough of it.

    What is the same and seems earlier may be, too: this machine's clock may be ahead of Fanvue's.
    """
    if started - FAR <= message.sent_at < started - SKEW and _same(message, wanted):
        return True
    without_sender = message.unclear == NO_SENDER
    wordless = message.wordless or message.unclear == NO_TEXT or (without_sender and message.text is None)
    told = message.sent_at and not without_sender and not wordless
    return (
        not told
        and (message.from_creator or without_sender)
        and (not message.sent_at or message.sent_at >= started - SKEW)
        and (wordless or same_words(message.text, wanted.text))
    )


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts are one text after what Fanvue may do to it (trimming, newlines, NFC)."""
    return _normal(one) == _normal(other)


def _normal(text: str | None) -> str:
    lines = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    return lines.strip()
