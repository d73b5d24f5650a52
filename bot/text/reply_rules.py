"""Discord text → Fanvue message, or the reason why not (pure)."""

import re

from bot.model.language import number_text, tr
from bot.model.ports import MessageToFan
from bot.text.render import money
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
        if undone == NOT_SENT:
            raise ReplyRefused(tr("There is nothing to send yet. Write a text, or add media from the vault."))
        raise ReplyRefused(tr("There is nothing in it yet. Write a text, or add media from the vault."))
    if price is not None and not media:
        _worded(words, price, undone)
        raise ReplyRefused(
            tr("A price needs media to buy: add some from the vault. {undone}", undone=tr(undone))
        )
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
                tr(
                    "“{item}” isn't an item of the vault: choose from the list. {undone}",
                    item=safe(item[:60]),
                    undone=tr(undone),
                )
            )
    if preview and not media:
        raise ReplyRefused(tr("A preview needs media. {undone}", undone=tr(undone)))
    return MessageToFan(
        text=words or None,
        media=tuple(MediaId(item.lower()) for item in media),
        price=price,
        preview=MediaId(preview.lower()) if preview else None,
    )


def _worded(words: str, price: Cents | None, undone: str) -> None:
    if len(words) > TEXT_LIMIT:
        then = tr("{undone} Shorten it.", undone=tr(undone))
        if undone == NOT_SENT:
            then = tr("Not sent: shorten it, or send it as two replies.")
        raise ReplyRefused(
            tr(
                "That is {number} characters, and Fanvue takes {most}. {then}",
                number=number_text(len(words)),
                most=number_text(TEXT_LIMIT),
                then=then,
            )
        )
    if price is not None and price < PRICE_FLOOR:
        raise ReplyRefused(
            tr(
                "{price} is below Fanvue's lowest price, {lowest}. {undone}",
                price=money(price),
                lowest=money(PRICE_FLOOR),
                undone=tr(undone),
            )
        )
