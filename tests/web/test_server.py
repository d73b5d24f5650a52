"""The two listeners: what the outside reaches, what only the operator does."""

import asyncio
import json
import socket

import aiohttp
import pytest

from bot.fanvue.signature import HEADER, sign
from bot.web.health import Checks, HealthPages, Probe
from bot.web.server import ListenerOptions, ListenFailed, WebServer
from bot.web.webhooks import WebhookReceiver
from storage.errors import DatabaseUnreachable
from tests.features.people.accounts.accounts_fixtures import SetClock
from tests.features.people.accounts.accounts_scenario import WEBHOOK_SECRET, AccountStage
from tests.web.test_linkpages import _pages
from tests.web.test_webhooks import EVENT


async def _well() -> str | None:
    return None


async def _ill() -> str | None:
    return "the gateway is closed"


async def _stuck() -> str | None:
    await asyncio.Event().wait()
    return None


def _server(health: HealthPages, listen: tuple[str, int] = ("127.0.0.1", 0)) -> WebServer:
    async def keep(_raw: bytes, _understood: object) -> bool:
        raise DatabaseUnreachable("closed")

    return WebServer(
        listen=listen,
        admin_listen=("127.0.0.1", 0),
        webhooks=WebhookReceiver(secrets=lambda: ["s"], keep=keep, clock=SetClock()),
        linkpages=_pages("http://127.0.0.1:1"),
        health=health,
        manner=ListenerOptions(shutdown_seconds=0.1),
    )


async def _get(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("probes", "status", "checks"),
    [
        ({}, 200, {}),
        ({"database": _well}, 200, {"database": "ok"}),
        ({"database": _well, "discord": _ill}, 503, {"database": "ok", "discord": "the gateway is closed"}),
    ],
)
async def test_health_says_what_is_wrong_in_words(
    probes: dict[str, Probe], status: int, checks: dict[str, str]
) -> None:
    async with _server(HealthPages(alive=probes, ready=probes)) as server:
        for path in ("/healthz", "/readyz"):
            got, text = await _get(server.admin_port, path)
            assert got == status
            assert json.loads(text) == {"status": "ok" if status == 200 else "failing", "checks": checks}


async def test_one_of_several_says_what_its_part_is() -> None:
    async with _server(HealthPages(alive={}, ready={}, roles=("gateway", "worker"))) as server:
        got, text = await _get(server.admin_port, "/readyz")

    assert (got, json.loads(text)) == (200, {"status": "ok", "checks": {}, "roles": ["gateway", "worker"]})


async def test_a_probe_that_hangs_counts_as_failing() -> None:
    async with _server(HealthPages(alive={}, ready={"database": _stuck}, probe_seconds=0.01)) as server:
        assert (await _get(server.admin_port, "/readyz"))[0] == 503


async def test_metrics_are_served_when_there_are_some() -> None:
    async def figures(checks: Checks) -> tuple[bytes, str]:
        return f"bridge_up {checks}\n".encode(), "text/plain; version=0.0.4"

    pages = HealthPages(
        alive={}, ready={"database": _ill}, degraded={"backups": _well, "clock": _ill}, figures=figures
    )
    async with _server(pages) as server:
        status, text = await _get(server.admin_port, "/metrics")
        assert (status, text) == (200, "bridge_up {'database': True, 'backups': False, 'clock': True}\n")
    async with _server(HealthPages(alive={}, ready={})) as server:
        assert (await _get(server.admin_port, "/metrics"))[0] == 404


async def test_health_and_metrics_are_not_on_the_public_address() -> None:
    async with _server(HealthPages(alive={}, ready={})) as server:
        for path in ("/healthz", "/readyz", "/metrics"):
            assert (await _get(server.port, path))[0] == 404
        assert (await _get(server.admin_port, "/webhooks/fanvue"))[0] == 404


async def test_a_taken_port_leaves_nothing_open() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = _server(HealthPages(alive={}, ready={}), taken.getsockname())
        with pytest.raises(ListenFailed, match=r"^LISTEN: 127\.0\.0\.1:\d+ is in use: another program"):
            await server.__aenter__()
        with pytest.raises(aiohttp.ClientConnectorError):
            await _get(server.admin_port, "/healthz")


async def test_an_address_of_another_machine_is_named_with_its_setting() -> None:
    server = _server(HealthPages(alive={}, ready={}), ("192.0.2.7", 8080))  # for documents, nobody has it

    with pytest.raises(ListenFailed, match=r"^LISTEN: 192\.0\.2\.7:8080 is not an address of this machine"):
        await server.__aenter__()


async def test_webhooks_and_pages_are_served_side_by_side(studio: AccountStage) -> None:
    url = f"http://127.0.0.1:{studio.web.port}/webhooks/fanvue"
    headers = {HEADER: sign(EVENT, WEBHOOK_SECRET, studio.clock.now() // 1000)}
    async with studio.session.post(url, data=EVENT, headers=headers) as answer:
        assert answer.status == 200
    assert [raw for raw, _ in studio.kept] == [EVENT]
    async with studio.session.put(url) as answer:
        assert answer.status == 405

    studio.web.drain()
    async with studio.session.post(url, data=EVENT, headers=headers) as answer:
        assert answer.status == 503
