"""A planned mass message's text, price and time: before and after (pure)."""

from collections.abc import Mapping
from typing import Any

from bot.fanvue.lists_api import FREE, MassMessageChange
from bot.fanvue.models import MassMessageRow
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import tr
from bot.relay.send_match import same_words
from bot.text.reply_rules import NOT_CHANGED, ReplyRefused, compose
from storage.records import Cents, MediaId, Millis

FIELDS = ("text", "price", "media", "at")
_FIELDS_OF_A_ROW = {"text": "text", "price": "price", "media": "media_uuids", "at": "scheduled_at"}

Shape = Mapping[str, Any]  # text, price, media, at


def shape_of(row: MassMessageRow) -> dict[str, Any]:
    return {
        "text": row.text or None,
        "price": row.price or None,
        "media": list(row.media_uuids or ()),
        "at": row.scheduled_at,
    }


def wanted(before: Shape, typed: Mapping[str, Any], at: Millis | None) -> dict[str, Any]:
    """The message with the typed values; those not typed stay. Raises ProposalRefused.

    `typed`: text, media and price; a price of FREE takes it away. `at`: a new time, if one was typed.
    """
    text = typed.get("text")
    media = typed.get("media")
    price: Cents | None = typed.get("price")
    after: dict[str, Any] = {
        "text": before["text"] if text is None else text.strip() or None,
        "price": before["price"] if price is None else price or None,
        "media": before["media"] if not media else list(media),
        "at": before["at"] if at is None else at,
    }
    try:
        message = compose(after["text"], after["price"], tuple(after["media"]), None, NOT_CHANGED)
    except ReplyRefused as refused:
        raise ProposalRefused(refused.sentence) from refused
    after["media"] = list(message.media)
    if not changed(before, after):
        raise ProposalRefused(
            tr("It's already like that. {nothing} Type what you want to change.", nothing=tr(NOT_CHANGED))
        )
    return after


def changed(before: Shape, after: Shape) -> list[str]:
    return [name for name in FIELDS if not _same(name, before[name], after[name])]


def is_like(row: MassMessageRow, wanted: Shape) -> bool:
    """Whether Fanvue lists it like this."""
    return not changed(shape_of(row), wanted)


def may_be_like(row: MassMessageRow, wanted: Shape) -> bool:
    """Whether Fanvue tells too little to say, and all that it tells is like this."""
    untold = {name for name, field in _FIELDS_OF_A_ROW.items() if not row.tells(field)}
    return bool(untold) and untold.issuperset(changed(shape_of(row), wanted))


def to_send(before: Shape, after: Shape) -> MassMessageChange:
    """The change for Fanvue: only the differences."""
    different = changed(before, after)
    return MassMessageChange(
        text=after["text"] if "text" in different else None,
        media=tuple(MediaId(item) for item in after["media"]) if "media" in different else None,
        price=(after["price"] or FREE) if "price" in different else None,
        scheduled_at=after["at"] if "at" in different else None,
    )


def _same(name: str, one: Any, other: Any) -> bool:
    match name:
        case "text":
            return same_words(one, other)
        case "media":
            return sorted(one) == sorted(other)
        case _:
            return bool(one == other)
