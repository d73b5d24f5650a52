"""What was chosen over a text that lies elsewhere, as JSON (pure)."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from bot.features.publishing.picker.model import PickedMessage, files_of, shelf_of
from bot.features.publishing.picker.rules import PickRefused
from bot.model.ports import MessageToFan
from bot.text.reply_rules import NOT_CHANGED, ReplyRefused, begin
from storage.records import DraftId, MediaId


def packed(now: PickedMessage) -> dict[str, Any]:
    message = now.message
    return {
        "media": list(message.media),
        "price": message.price,
        "preview": message.preview,
        "shelf": asdict(now.shelf),
        "files": asdict(now.files),
    }


def unpacked(ref: DraftId, message: MessageToFan, found: Mapping[str, Any] | None) -> PickedMessage:
    """The message with what was chosen over it; None: nothing was."""
    if found is None:
        return PickedMessage(ref, message)
    chosen = replace(
        message,
        media=tuple(MediaId(one) for one in found["media"]),
        price=found["price"],
        preview=found["preview"],
    )
    return PickedMessage(ref, chosen, shelf_of(found["shelf"]), files_of(found.get("files")))


def with_text_of(before: PickedMessage, after: PickedMessage) -> PickedMessage:
    """With its text as it was, for it has a window of its own. Raises PickRefused for what it cannot be."""
    message = after.message
    preview = message.preview if message.media else None
    try:
        begin(None, message.price, message.media, preview, NOT_CHANGED)
    except ReplyRefused as refused:
        raise PickRefused(refused.sentence) from refused
    kept = MessageToFan(before.message.text, message.media, message.price, preview)
    return replace(after, message=kept)
