"""A draft as its picker has it, and the draft that a picker made (pure)."""

from dataclasses import asdict, replace

from bot.features.publishing.drafts.model import DraftContent
from bot.features.publishing.picker.model import PickedMessage, shelf_of
from bot.model.ports import MessageToFan
from bot.text.price_input import NotAPrice, cents_of, ids_of, typed_of
from storage.records import Cents, DraftId, MediaId


def picked(ref: DraftId, content: DraftContent) -> PickedMessage:
    message = MessageToFan(
        text=content.text.strip() or None,
        media=tuple(MediaId(one) for one in ids_of(content.media)),
        price=_price(content.price),
        preview=MediaId(content.preview.strip()) if content.preview.strip() else None,
    )
    return PickedMessage(ref, message, shelf_of(content.shelf), content.files)


def with_picked(was: DraftContent, before: PickedMessage, after: PickedMessage) -> DraftContent:
    """What was typed stays as it was typed, where the picker changed nothing of the message."""
    beside = replace(was, shelf=asdict(after.shelf), files=after.files)
    message = after.message
    if message == before.message:
        return beside
    return replace(
        beside,
        text=message.text or "",
        media=" ".join(message.media),
        price=typed_of(message.price) or "",
        preview=message.preview or "",
        template=after.template or was.template,
    )


def _price(typed: str) -> Cents | None:
    try:
        return cents_of(typed)
    except NotAPrice:
        return None  # what was typed is told in the draft
