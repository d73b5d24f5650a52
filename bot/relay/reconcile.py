"""Finds out whether a send of unknown fate took place, by reading the chat (pure).

A message in the chat is this send's when the creator sent it, with the same words, the same media and
the same price, not before the attempt began, and no other send owns it. The oldest one counts (R6).
"""

import unicodedata
from collections.abc import Iterable

from bot.relay.ports import ChatMessage, Outgoing
from storage.records import Millis

SKEW: Millis = 5_000  # two clocks differ, and Fanvue rounds to the second


def candidates(chat: Iterable[ChatMessage], wanted: Outgoing, *, started: Millis) -> list[ChatMessage]:
    """The messages that may be this send, oldest first."""
    fitting = [message for message in chat if is_this(message, wanted, started=started)]
    return sorted(fitting, key=lambda message: (message.sent_at, message.message))


def is_this(message: ChatMessage, wanted: Outgoing, *, started: Millis) -> bool:
    """Whether one message may be this send."""
    return (
        message.from_creator
        and message.sent_at >= started - SKEW
        and same_words(message.text, wanted.text)
        and sorted(message.media) == sorted(wanted.media)
        and (message.price or None) == (wanted.price or None)
    )


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts are one text after what Fanvue may do to it (trimming, newlines, NFC)."""
    return _normal(one) == _normal(other)


def _normal(text: str | None) -> str:
    lines = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    return lines.strip()
