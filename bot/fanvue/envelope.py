"""Opens a webhook's body: JSON within limits, who it is about, when it happened."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.fanvue.values import cents_of, clean, millis_of
from bot.model.events import Person
from storage.records import Cents, CreatorId, FanId, Millis

LARGEST_BODY = 256 * 1024
_DEEPEST = 32
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]{0,127}")
_TYPE = re.compile(r"[a-z][a-z0-9_.]{0,79}")
# Strings are skipped whole, so a bracket inside a text does not count.
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class OddWebhookError(ValueError):
    """Raised for a body that no rule covers; its message says why and holds nothing of the body."""


@dataclass(frozen=True)
class WebhookEnvelope:
    """The envelope of every event of the current families."""

    type: str
    id: str | None
    sent_at: Millis | None
    data: Mapping[str, Any]


def parsed(raw: bytes) -> Mapping[str, Any]:
    """The body as an object. Raises Odd when it is none, too long or too deep."""
    if len(raw) > LARGEST_BODY:
        raise OddWebhookError("too long")
    # It is as deep as it has brackets at most, and an event has few: only of others each one is looked at.
    if raw.count(b"[") + raw.count(b"{") > _DEEPEST and _depth(raw) > _DEEPEST:
        raise OddWebhookError("too deep")
    try:
        body = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise OddWebhookError("not JSON") from error
    if not isinstance(body, dict):
        raise OddWebhookError("not an object")
    return body


def opened(body: Mapping[str, Any]) -> WebhookEnvelope:
    """The envelope. Raises Odd for a flat body of the old family and for anything else without one."""
    kind, data = type_in(body), body.get("data")
    if data is None and "type" not in body and "recipientUuid" in body:
        raise OddWebhookError("legacy")
    if kind is None or not isinstance(data, dict):
        raise OddWebhookError("no envelope")
    return WebhookEnvelope(kind, id_in(body, "id"), _time(body.get("timestamp")), data)


def type_in(body: Mapping[str, Any]) -> str | None:
    """Fanvue's word for what happened, or None."""
    kind = body.get("type")
    return kind if isinstance(kind, str) and _TYPE.fullmatch(kind) else None


def at_of(envelope: WebhookEnvelope) -> Millis:
    """Return when it happened, else was told. Raises Odd without either."""
    at = time_in(envelope.data, "created_at", "changed_at") or envelope.sent_at
    if at is None:
        raise OddWebhookError("no time")
    return at


def needed_creator(data: Mapping[str, Any]) -> CreatorId:
    """Return its creator. Raises Odd: none is ever guessed (A7)."""
    creator = creator_in(data)
    if creator is None:
        raise OddWebhookError("no creator")
    return creator


def needed_person(data: Mapping[str, Any], name: str) -> Person:
    """Return its person. Raises Odd."""
    person = person_in(data, name)
    if person is None:
        raise OddWebhookError(f"no {name}")
    return person


def needed_id(data: Mapping[str, Any], name: str) -> str:
    """An id without which the event says nothing. Raises Odd."""
    found = id_in(data, name)
    if found is None:
        raise OddWebhookError(f"no {name}")
    return found


def creator_in(data: Mapping[str, Any]) -> CreatorId | None:
    """Return its creator, if it names one."""
    found = id_in(inner(data, "creator"), "uuid")
    return None if found is None else CreatorId(found)


def person_in(data: Mapping[str, Any], name: str) -> Person | None:
    """A person as the event names them. The e-mail address stays at the door."""
    row = inner(data, name)
    found = id_in(row, "uuid")
    if found is None:
        return None
    return Person(FanId(found), text_in(row, "handle"), text_in(row, "display_name"))


def id_in(row: Mapping[str, Any], name: str) -> str | None:
    """An id, or None where it is missing or not one."""
    value = row.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def text_in(row: Mapping[str, Any], name: str) -> str | None:
    """A text, or None where it is missing, empty or not one."""
    value = row.get(name)
    return clean(value) if isinstance(value, str) and value else None


def cents_in(row: Mapping[str, Any], name: str) -> Cents | None:
    """Whole cents, or None where there are none."""
    try:
        return cents_of(row.get(name))
    except ValueError:
        return None


def time_in(row: Mapping[str, Any], *names: str) -> Millis | None:
    """The first of these times that is there and readable."""
    return next((at for at in map(_time, map(row.get, names)) if at is not None), None)


def inner(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object inside the data, empty where there is none."""
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def digest_of(*parts: object) -> str:
    """A key made of what an event is about, for events without an id of their own (R2)."""
    canonical = json.dumps([None if part is None else str(part) for part in parts], separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def digest_of_body(raw: bytes) -> str:
    """A key for a body of which nothing else is known."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _time(value: Any) -> Millis | None:
    try:
        return millis_of(value)
    except ValueError:
        return None


def _depth(raw: bytes) -> int:
    depth = deepest = 0
    for token in _TOKENS.finditer(raw):
        mark = token[0][:1]
        if mark in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in b"]}":
            depth -= 1
    return deepest


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
