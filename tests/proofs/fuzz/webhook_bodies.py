"""Webhook bodies as Fanvue sends them, and as nobody ever should (pure)."""

import json
import random
import uuid
from collections.abc import Callable
from typing import Any

LARGEST = 256 * 1024
CREATOR = "5b0c9f3e-7d21-4a63-9f0a-0c6d2c1e8a10"
TYPES = (
    "creator.message.received",
    "creator.message.sent",
    "creator.message.deleted",
    "creator.message.read",
    "creator.message.reaction",
    "creator.subscription.activated",
    "creator.follow.created",
    "creator.payment.succeeded",
    "creator.refund.created",
    "creator.dispute.created",
    "creator.fan.presence_changed",
    "payout.paid",
    "creator.nobody.knows",
)
_ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1e308,
    "",
    "\x00",
    "\ud800",
    "\u202e",
    "x" * 5_000,
    [],
    {},
    [[]],
    {"uuid": {}},
)
_TIME = "2026-11-24T21:00:00.000Z"


def event(rng: random.Random) -> dict[str, Any]:
    """An event as it should be."""
    person = {
        "uuid": _uuid(rng),
        "handle": f"fan{rng.randrange(50)}",
        "display_name": "Fan ✨",
        "avatar_url": None,
    }
    sender = rng.choice(("fan", "creator", None))
    data = {
        "uuid": _uuid(rng),
        "id": rng.choice((None, _uuid(rng))),
        "sender": sender,
        "text": rng.choice((None, "hi", "“quotes” \\ \n 😀", "x" * rng.randrange(2_000))),
        "created_at": _TIME,
        "creator": {"uuid": rng.choice((CREATOR, CREATOR, _uuid(rng)))},
        "gross": rng.randrange(1, 10_000),
        "amount": 100,
        "source": "tip",
        "emoji": "🔥",
        "message_uuid": _uuid(rng),
        **dict.fromkeys(("fan", "purchaser", "follower"), person),
    }
    return {"id": _uuid(rng), "type": rng.choice(TYPES), "timestamp": _TIME, "data": data}


def good(rng: random.Random) -> bytes:
    """Its bytes, written in one of the ways in which JSON can be written."""
    return json.dumps(
        event(rng), ensure_ascii=rng.random() < 0.5, separators=rng.choice(((",", ":"), (", ", ": ")))
    ).encode()


def bad(rng: random.Random) -> bytes:
    """Bytes that somebody may sign all the same."""
    return rng.choice(_BAD)(rng)


def _wrong_somewhere(rng: random.Random) -> bytes:
    """One value, somewhere in an event, is something else or gone."""
    made = event(rng)
    place: Any = made
    while True:
        name = rng.choice(list(place))
        if isinstance(place[name], dict) and place[name] and rng.random() < 0.7:
            place = place[name]
            continue
        if rng.random() < 0.2:
            del place[name]
        else:
            place[name] = rng.choice(_ODD)
        return json.dumps(made).encode()


def _bits(rng: random.Random) -> bytes:
    """Some bytes of an event are others."""
    raw = bytearray(good(rng))
    for _ in range(rng.randrange(1, 6)):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)


def _cut(rng: random.Random) -> bytes:
    raw = good(rng)
    return raw[: rng.randrange(len(raw))]


def _deep(rng: random.Random) -> bytes:
    deep = rng.choice((31, 32, 33, 1_000, 20_000))
    return rng.choice((b"[", b'{"a":')) * deep + rng.choice((b"", b"]" * deep, b"1" + b"}" * deep))


def _twice(rng: random.Random) -> bytes:
    """The same name twice: which one counts must not matter to anybody."""
    return b'{"type":"' + rng.choice(TYPES).encode() + b'",' + good(rng)[1:]


def _flat(rng: random.Random) -> bytes:
    return json.dumps(
        {"recipientUuid": CREATOR, "sender": {"uuid": _uuid(rng)}, "message": {"text": "old"}}
    ).encode()


_LITERALS = (
    b"",
    b" ",
    b"null",
    b"NaN",
    b"[1e999]",
    b'{"a":Infinity}',
    b"\xef\xbb\xbf{}",
    b"{}",
    b"[]",
    b'"\\ud800"',
)
_BAD: tuple[Callable[[random.Random], bytes], ...] = (
    _wrong_somewhere,
    _wrong_somewhere,
    _wrong_somewhere,
    _bits,
    _cut,
    _deep,
    _twice,
    _flat,
    lambda rng: rng.choice(_LITERALS),
    lambda rng: rng.randbytes(rng.randrange(300)),
    lambda rng: b'{"n":' + b"9" * rng.randrange(1, 6_000) + b"}",
    lambda rng: (
        good(rng).decode().encode("utf-16") if rng.random() < 0.5 else good(rng).replace(b"\\", b"\\u")
    ),
)


def _uuid(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))
