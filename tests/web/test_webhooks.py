"""Webhooks over real sockets: nothing unsigned gets in, 200 only when kept."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import aiohttp
import pytest
from aiohttp import web

from bot.fanvue.signature import HEADER, sign
from bot.model.events import FanWrote, NotUnderstood, Understood
from bot.web.webhooks import LARGEST, PATH, DeliveryWatch, WebhookReceiver
from storage.errors import DatabaseUnreachable
from tests.features.people.accounts.accounts_fixtures import SetClock

SECRETS = ("whsec_new", "whsec_old")
EVENT = json.dumps(
    {
        "id": "evt-1",
        "type": "creator.message.received",
        "timestamp": "2027-01-15T08:00:00Z",
        "data": {
            "uuid": "3f0a3c1e-52b5-4a56-9d6b-0b8b4f1d2a01",
            "creator": {"uuid": "3f0a3c1e-52b5-4a56-9d6b-0b8b4f1d2a02"},
            "fan": {"uuid": "3f0a3c1e-52b5-4a56-9d6b-0b8b4f1d2a03"},
            "text": "hello",
            "created_at": "2027-01-15T08:00:00Z",
        },
    }
).encode()


@dataclass
class WebhookServerScenario:
    """Webhooks behind a real socket, and what came through."""

    clock: SetClock = field(default_factory=SetClock)
    kept: list[tuple[bytes, Understood | NotUnderstood]] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    refused: list[tuple[str, str | None]] = field(default_factory=list)
    broken: bool = False
    url: str = ""
    port: int = 0
    webhooks: WebhookReceiver = field(init=False)

    def __post_init__(self) -> None:
        self.webhooks = WebhookReceiver(
            secrets=lambda: SECRETS,
            keep=self.keep,
            clock=self.clock,
            watch=DeliveryWatch(
                ended=self.counted.append,
                signed=self.signed.append,
                refused=lambda outcome, address: self.refused.append((outcome, address)),
            ),
            read_seconds=0.2,
        )

    async def keep(self, raw: bytes, understood: Understood | NotUnderstood) -> bool:
        if self.broken:
            raise DatabaseUnreachable("locked")
        fresh = raw not in [body for body, _ in self.kept]
        self.kept.append((raw, understood))
        return fresh

    def signature(self, raw: bytes, *, secret: str = SECRETS[0], late: int = 0) -> str:
        return sign(raw, secret, self.clock.now() // 1000 - late)

    async def post(self, raw: bytes, signature: str | None, **headers: str) -> int:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if signature is not None:
            sent[HEADER] = signature
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=raw, headers=sent) as answer,
        ):
            return answer.status


@asynccontextmanager
async def opened() -> AsyncIterator[WebhookServerScenario]:
    door, app = WebhookServerScenario(), web.Application()
    door.webhooks.add_to(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        door.port = runner.addresses[0][1]
        door.url = f"http://127.0.0.1:{door.port}{PATH}"
        yield door
    finally:
        await runner.cleanup()


@pytest.fixture
async def door() -> AsyncIterator[WebhookServerScenario]:
    async with opened() as one:
        yield one


async def test_a_signed_event_is_kept_and_answered_200(door: WebhookServerScenario) -> None:
    assert await door.post(EVENT, door.signature(EVENT)) == 200

    ((raw, understood),) = door.kept
    assert raw == EVENT
    assert isinstance(understood, Understood)
    assert isinstance(understood.event, FanWrote)


async def test_a_repeat_is_answered_200_too(door: WebhookServerScenario) -> None:
    for _ in range(3):
        assert await door.post(EVENT, door.signature(EVENT)) == 200

    assert door.counted == ["kept", "repeat", "repeat"]


async def test_either_of_two_secrets_is_good_while_they_are_changed(door: WebhookServerScenario) -> None:
    for secret in SECRETS:
        assert await door.post(EVENT, door.signature(EVENT, secret=secret)) == 200


BAD: dict[str, Callable[[WebhookServerScenario], tuple[bytes, str | None]]] = {
    "no signature": lambda _: (EVENT, None),
    "an empty signature": lambda _: (EVENT, ""),
    "junk": lambda _: (EVENT, "v0=abc"),
    "another secret": lambda door: (EVENT, door.signature(EVENT, secret="whsec_evil")),
    "one byte changed": lambda door: (EVENT.replace(b"hello", b"hullo"), door.signature(EVENT)),
    "re-serialised": lambda door: (json.dumps(json.loads(EVENT), indent=1).encode(), door.signature(EVENT)),
    "time given twice": lambda door: (EVENT, door.signature(EVENT) + ",t=1"),
    "301 s old": lambda door: (EVENT, door.signature(EVENT, late=301)),
    "301 s ahead": lambda door: (EVENT, door.signature(EVENT, late=-301)),
}


@pytest.mark.parametrize("case", BAD)
async def test_a1_a2_what_is_not_signed_right_now_is_answered_401_and_not_kept(
    door: WebhookServerScenario, case: str
) -> None:
    raw, signature = BAD[case](door)

    assert await door.post(raw, signature) == 401
    assert door.kept == []


async def test_a1_a4_it_is_told_which_secret_was_good_and_who_was_turned_away(
    door: WebhookServerScenario,
) -> None:
    await door.post(EVENT, door.signature(EVENT, secret=SECRETS[1]))
    await door.post(EVENT, door.signature(EVENT, late=400))
    await door.post(EVENT, None)
    door.broken = True
    await door.post(EVENT, door.signature(EVENT))

    assert door.signed == [1, 0]
    assert door.refused == [("stale", "127.0.0.1"), ("missing", "127.0.0.1")]  # 503 is nobody else's fault


def test_a4_it_cannot_be_made_without_a_secret() -> None:
    async def keep(_raw: bytes, _understood: Understood | NotUnderstood) -> bool:
        return True

    for secrets in ((), ("",), ("good", "")):
        with pytest.raises(ValueError, match="FANVUE_WEBHOOK_SECRETS"):
            WebhookReceiver(secrets=partial(tuple, secrets), keep=keep, clock=SetClock())


async def test_a5_a_body_over_256_kib_is_answered_413_announced_or_not(door: WebhookServerScenario) -> None:
    large = b" " * (LARGEST + 1)

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * (LARGEST // 4)

    assert await door.post(large, door.signature(large)) == 413
    async with (
        aiohttp.ClientSession() as session,
        session.post(door.url, data=chunks(), headers={HEADER: "x"}) as answer,
    ):
        assert answer.status == 413
    exact = b" " * LARGEST
    assert await door.post(exact, door.signature(exact)) == 200


async def test_a5_an_encoded_body_is_answered_415_and_never_unpacked(door: WebhookServerScenario) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)

    assert await door.post(bomb, door.signature(bomb), Content_Encoding="gzip") == 415
    assert door.kept == []


async def test_a5_a_body_that_drips_is_answered_408(door: WebhookServerScenario) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    writer.write(head.encode() + b"a")
    await writer.drain()

    assert b" 408 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_sender_that_hangs_up_half_way_leaves_nothing_behind(door: WebhookServerScenario) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert await door.post(EVENT, door.signature(EVENT)) == 200
    assert [raw for raw, _ in door.kept] == [EVENT]


async def test_a5_a_body_in_broken_chunks_is_answered_400(door: WebhookServerScenario) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n".encode())
    await writer.drain()

    assert b" 400 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"type":"x"}', b"[" * 10_000, b"\xff\xfe"])
async def test_a6_a_signed_body_that_nobody_understands_is_kept_and_answered_200(
    door: WebhookServerScenario, raw: bytes
) -> None:
    assert await door.post(raw, door.signature(raw)) == 200

    ((kept, understood),) = door.kept
    assert kept == raw
    assert isinstance(understood, NotUnderstood)


async def test_a8_an_event_that_cannot_be_stored_is_answered_503(door: WebhookServerScenario) -> None:
    door.broken = True
    assert await door.post(EVENT, door.signature(EVENT)) == 503

    door.broken = False
    assert await door.post(EVENT, door.signature(EVENT)) == 200
    assert door.counted == ["not_kept", "kept"]


async def test_a_stopping_bridge_answers_503_and_keeps_nothing(door: WebhookServerScenario) -> None:
    door.webhooks.draining = True

    assert await door.post(EVENT, door.signature(EVENT)) == 503
    assert door.kept == []


async def test_a_get_is_answered_200(door: WebhookServerScenario) -> None:
    async with aiohttp.ClientSession() as session, session.get(door.url) as answer:
        assert (answer.status, await answer.text()) == (200, "ok")


async def test_nothing_of_a_body_or_a_signature_is_logged(
    door: WebhookServerScenario, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for raw, signature in [(EVENT, door.signature(EVENT)), *(make(door) for make in BAD.values())]:
        await door.post(raw, signature)
    door.broken = True
    await door.post(EVENT, door.signature(EVENT))

    said = caplog.text
    assert [word for word in ("hello", "hullo", "v0=", "whsec", "3f0a3c1e") if word in said] == []
