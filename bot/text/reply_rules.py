"""Discord text → Fanvue message, or the reason why not (pure)."""

import re

from bot.model.ports import MessageToFan
from bot.text.safe_text import safe
from storage.records import Cents, MediaId

TEXT_LIMIT = 5000  # Fanvue: text 1 to 5,000 characters
PRICE_FLOOR: Cents = 300  # Fanvue: the lowest price of a message
NOT_SENT, NOT_CHANGED = "Not sent.", "No changes made."  # what a refusal leaves undone
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


class ReplyRefused(Exception):
    """A reply that was not taken; its sentence says why and what to do. Nothing was kept or sent."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def compose(
    text: str | None,
    price: Cents | None,
    media: tuple[str, ...],
    preview: str | None,
    undone: str = NOT_SENT,
) -> MessageToFan:
    """Check what a member typed against Fanvue's rules; nothing is ever cut or rounded.

    `undone`: ends a refusal.
    """
    words = text.strip() if text else ""
    if not words and not media:
        empty = "There is nothing to send yet." if undone == NOT_SENT else "There is nothing in it yet."
        raise ReplyRefused(f"{empty} Write a text, or add media from the vault.")
    if price is not None and not media:
        _worded(words, price, undone)
        raise ReplyRefused(f"A price needs media to buy: add some from the vault. {undone}")
    return begin(text, price, media, preview, undone)


def begin(
    text: str | None,
    price: Cents | None,
    media: tuple[str, ...],
    preview: str | None,
    undone: str = NOT_SENT,
) -> MessageToFan:
    """The same of what is still being put together: a part may be missing, and none may be wrong."""
    words = text.strip() if text else ""
    _worded(words, price, undone)
    for item in (*media, *((preview,) if preview else ())):
        if not _UUID.match(item):
            raise ReplyRefused(
                f"“{safe(item[:60])}” isn't an item of the vault: choose from the list. {undone}"
            )
    if preview and not media:
        raise ReplyRefused(f"A preview needs media. {undone}")
    return MessageToFan(
        text=words or None,
        media=tuple(MediaId(item.lower()) for item in media),
        price=price,
        preview=MediaId(preview.lower()) if preview else None,
    )


def _worded(words: str, price: Cents | None, undone: str) -> None:
    if len(words) > TEXT_LIMIT:
        then = f"{undone} Shorten it."
        if undone == NOT_SENT:
            then = "Not sent: shorten it, or send it as two replies."
        raise ReplyRefused(f"That is {len(words):,} characters, and Fanvue takes {TEXT_LIMIT:,}. {then}")
    if price is not None and price < PRICE_FLOOR:
        raise ReplyRefused(
            f"${price / 100:.2f} is below Fanvue's lowest price, ${PRICE_FLOOR / 100:.2f}. {undone}"
        )
