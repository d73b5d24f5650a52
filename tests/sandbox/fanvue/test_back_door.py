"""The back door, and the stand-in that is served alone."""

import asyncio

import pytest
from httpx_aiohttp import HttpxAiohttpClient

from bot.sandbox.fanvue import serve
from tests.sandbox.fanvue.conftest import FanvueStage, refused


async def test_fans_act_through_the_back_door(stage: FanvueStage) -> None:
    fans = f"/_sandbox/fans/{stage.fan.uuid}"
    written = await stage.call("POST", f"{fans}/write", {"text": "Hi", "media": 1})
    media = stage.server.world.add_media(stage.creator)
    body = {"mediaUuids": [media.uuid], "price": 300}
    sent = (await stage.call("POST", f"/v1/chats/{stage.fan.uuid}/message", body)).json()["messageUuid"]
    for deed, what in [
        ("read", {}),
        ("tip", {"cents": 500}),
        ("buy", {"messageUuid": sent}),
        ("renew", {}),
        ("cancel", {}),
        ("lapse", {}),
        ("subscribe", {}),
        ("follow", {}),
        ("block", {}),
    ]:
        assert (await stage.call("POST", f"{fans}/{deed}", what)).status_code == 200
    inbox = (await stage.call("GET", f"{fans}/inbox")).json()["data"]

    assert written.json()["uuid"] == stage.fan.chat()[0].uuid
    assert [(row["uuid"], row["isRead"]) for row in inbox] == [(sent, True)]
    assert inbox[0]["purchasedAt"] is not None
    assert not stage.fan.bond.contactable


async def test_what_a_fan_cannot_do_is_said(stage: FanvueStage) -> None:
    fans = f"/_sandbox/fans/{stage.fan.uuid}"
    twice = await stage.call("POST", f"{fans}/subscribe")
    unknown = await stage.call("POST", f"{fans}/dance")
    missing = await stage.call("POST", f"{fans}/tip", {})
    nobody = await stage.call("POST", "/_sandbox/fans/x/read")

    assert refused(twice) == (409, {"message": "This fan is subscribed already."})
    assert [answer.status_code for answer in (unknown, missing, nobody)] == [404, 400, 404]


async def test_faults_and_switches_are_set_from_outside(stage: FanvueStage) -> None:
    fault = {"kind": "error_before", "method": "GET", "path": "/users/me$", "status": 503}
    await stage.call("POST", "/_sandbox/faults", {**fault, "webhooks": {"off": True}})
    switched = await stage.call("POST", "/_sandbox/switches", {"idempotency": "ignored"})
    failed = await stage.call("GET", "/v1/users/me")
    cleared = await stage.call("POST", "/_sandbox/faults", {"clear": True})
    wrong = await stage.call("POST", "/_sandbox/faults", {"kind": "earthquake"})
    unknown = await stage.call("POST", "/_sandbox/switches", {"gravity": 0})

    assert failed.status_code == 503
    assert switched.json()["idempotency"] == stage.server.switches.idempotency == "ignored"
    assert (cleared.json(), stage.server.faults.webhooks.off) == ({"waiting": []}, False)
    assert (wrong.status_code, unknown.status_code) == (400, 400)


async def test_the_ledger_and_the_world_are_told_as_json(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    await stage.settled()
    rows = (await stage.call("GET", "/_sandbox/ledger")).json()["data"]
    later = (await stage.call("GET", "/_sandbox/ledger", params={"after": rows[-1]["number"]})).json()["data"]
    world = (await stage.call("GET", "/_sandbox/world")).json()
    contract = (await stage.call("GET", "/_sandbox/contract")).json()

    kinds = [row["kind"] for row in rows]
    assert kinds == ["token.issued", "message", "event", "webhook.attempt", "webhook.answered"]
    assert [row["number"] for row in rows] == list(range(5))
    assert later == []
    assert {one["handle"] for one in world["accounts"]} == {"example-creator", "quiet-otter"}
    assert world["bonds"][0]["messages"][0]["text"] == "Hi"
    assert contract == {"data": []}


async def test_the_ledger_tells_executed_requests_from_refused_ones(stage: FanvueStage) -> None:
    await stage.call("GET", "/v1/users/me")
    await stage.call("GET", "/v1/users/me", headers={"Authorization": ""})

    good, bad = stage.server.ledger.of("request")
    assert (good["executed"], good["user"], good["operation"]) == (
        True,
        stage.creator.uuid,
        "GET /v1/users/me",
    )
    assert (bad["executed"], bad["user"], bad["status"]) == (False, None, 401)


async def test_served_alone_it_prints_the_settings_and_the_fans() -> None:
    lines: list[str] = []
    ready = asyncio.Event()

    def say(line: str) -> None:
        lines.append(line)
        if line.startswith("fan @paper-kite"):
            ready.set()

    task = asyncio.create_task(serve(say=say))
    await asyncio.wait_for(ready.wait(), 60)
    settings = dict(line.split("=", 1) for line in lines if line.startswith("FANVUE_"))
    async with HttpxAiohttpClient(base_url=settings["FANVUE_API_URL"]) as client:
        world = (await client.get("/_sandbox/world")).json()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert settings.keys() == {
        "FANVUE_API_URL",
        "FANVUE_AUTH_URL",
        "FANVUE_CLIENT_ID",
        "FANVUE_CLIENT_SECRET",
        "FANVUE_REDIRECT_URI",
        "FANVUE_WEBHOOK_SECRETS",
    }
    assert len(world["accounts"]) == 4
