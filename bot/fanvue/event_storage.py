"""Keeps an understood event as JSON, and reads it back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from bot.model.events import (
    CameOnline,
    ChatRead,
    CreatorWrote,
    Event,
    FanWrote,
    Followed,
    Ignored,
    Installment,
    MessageDeleted,
    MoneyBack,
    Paid,
    PaidOut,
    Person,
    Reacted,
    Subscribed,
    Understood,
)

_EVENTS: Mapping[str, type[Event]] = MappingProxyType(
    {
        event.__name__: event
        for event in (
            FanWrote,
            CreatorWrote,
            MessageDeleted,
            ChatRead,
            Reacted,
            Subscribed,
            Followed,
            Paid,
            Installment,
            MoneyBack,
            PaidOut,
            CameOnline,
            Ignored,
        )
    }
)


def stored(understood: Understood) -> bytes:
    """The event as JSON; `event_from` gives back an equal one."""
    event = understood.event
    body = {
        "event": type(event).__name__,
        "kind": understood.kind,
        "key": understood.key,
        "data": asdict(event),
    }
    return json.dumps(body, separators=(",", ":")).encode()


def event_from(kept: bytes) -> Understood:
    """The event that `stored` kept. Raises ValueError for anything else."""
    try:
        body = json.loads(kept)
        data: dict[str, Any] = body["data"]
        if isinstance(data.get("fan"), dict):
            data["fan"] = Person(**data["fan"])
        return Understood(_EVENTS[body["event"]](**data), body["kind"], body["key"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a stored event") from error
