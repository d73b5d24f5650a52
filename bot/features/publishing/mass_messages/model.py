"""A mass message: as typed, as confirmed, and as sent to Fanvue (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.fanvue.lists_api import ListSelection, NewMassMessage
from bot.features.publishing.mass_messages.audience import CUSTOM, SMART, FanList, MassMessageAudience
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import number_text, tr
from bot.model.ports import MessageToFan
from bot.text.reply_rules import TEXT_LIMIT, ReplyRefused, compose
from storage.records import Cents, MediaId, Millis


@dataclass(frozen=True)
class MassMessagePlan:
    """The message, its recipients, and the time; None: at once."""

    message: MessageToFan
    audience: MassMessageAudience
    at: Millis | None = None


def typed(
    text: str | None, price: Cents | None, media: tuple[str, ...], preview: str | None
) -> dict[str, Any]:
    """A member's input, checked against Fanvue's rules. Raises ProposalRefused with the reason."""
    if text and len(text.strip()) > TEXT_LIMIT:
        raise ProposalRefused(
            tr(
                "That is {length} characters, and Fanvue takes {most}. Not sent: shorten it.",
                length=number_text(len(text.strip())),
                most=number_text(TEXT_LIMIT),
            )
        )
    try:
        message = compose(text, price, media, preview)
    except ReplyRefused as refused:
        raise ProposalRefused(refused.sentence) from refused
    return {
        "text": message.text,
        "price": message.price,
        "media": list(message.media),
        "preview": message.preview,
    }


def packed(broadcast: MassMessagePlan) -> dict[str, Any]:
    """A mass message as JSON."""
    message = broadcast.message
    return {
        "text": message.text,
        "price": message.price,
        "media": list(message.media),
        "preview": message.preview,
        "to": [_packed_list(one) for one in broadcast.audience.to],
        "without": [_packed_list(one) for one in broadcast.audience.without],
        "at": broadcast.at,
    }


def outgoing(content: Mapping[str, Any]) -> MessageToFan:
    """The message in what was typed or packed."""
    return MessageToFan(
        text=content["text"],
        media=tuple(MediaId(item) for item in content["media"]),
        price=content["price"],
        preview=MediaId(content["preview"]) if content["preview"] else None,
    )


def to_send(content: Mapping[str, Any], *, without: str | None = None) -> NewMassMessage:
    """The request to Fanvue for a packed one. `without`: one more list of fans who do not get it."""
    message = outgoing(content)
    made = [] if without is None else [{"kind": CUSTOM, "id": without}]
    excluded = [*content["without"], *made]
    return NewMassMessage(
        to=_selection(content["to"]),
        text=message.text,
        media=message.media,
        price=message.price,
        preview=message.preview,
        scheduled_at=content["at"],
        excluding=_selection(excluded) if excluded else None,
    )


def _packed_list(one: FanList) -> dict[str, str]:
    return {"kind": one.kind, "id": one.id, "name": one.name}


def _selection(lists: list[dict[str, str]]) -> ListSelection:
    return ListSelection(
        smart=tuple(one["id"] for one in lists if one["kind"] == SMART),
        custom=tuple(one["id"] for one in lists if one["kind"] == CUSTOM),
    )
