"""What a post or mass message shows, in a proposal's content (pure)."""

from typing import Any

from bot.features.publishing.proposals.model import Content
from bot.model.ports import MessageToFan
from storage.records import MediaId

# What an edit of a post calls each of these, and what the facts before it call it.
_EDITED = (
    ("text", "text"),
    ("mediaUuids", "media"),
    ("price", "price"),
    ("mediaPreviewUuid", "preview"),
)


PICKED = frozenset({"post", "postask", "postedit", "mass"})  # proposals of what many are shown


def message_in(content: Content) -> MessageToFan:
    """As it would be."""
    if "fields" not in content:
        return _message(content["text"], content["media"], content["price"], content["preview"])
    fields, before = content["fields"], content["before"]
    text, media, price, preview = (fields.get(name, before[known]) for name, known in _EDITED)
    return _message(text, media, price, preview)


def with_message(content: Content, wanted: MessageToFan) -> Content:
    """The same proposal of what says, costs and shows this."""
    return _edit(content, wanted) if "fields" in content else _new(content, wanted)


def _new(content: Content, wanted: MessageToFan) -> Content:
    return {
        **content,
        "text": wanted.text,
        "media": list(wanted.media),
        "price": wanted.price,
        "preview": wanted.preview,
    }


def _edit(content: Content, wanted: MessageToFan) -> Content:
    """Only what becomes another than it is: a post keeps what nobody chose anew."""
    before, values = content["before"], _new({}, wanted)
    fields = {**content["fields"]}
    for name, known in _EDITED:
        if values[known] == before[known]:
            fields.pop(name, None)
        else:
            fields[name] = values[known]
    packed = {name: value for name, value in content.items() if name != "text"}
    # A new text stands where whoever looks at texts looks for one.
    return {**packed, "fields": fields} | ({"text": fields["text"]} if "text" in fields else {})


def _message(text: str | None, media: Any, price: int | None, preview: str | None) -> MessageToFan:
    return MessageToFan(
        text=text or None,
        media=tuple(MediaId(one) for one in media),
        price=price,
        preview=MediaId(preview) if preview else None,
    )
