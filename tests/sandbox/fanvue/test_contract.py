"""The stand-in against the contract: operations, every answer, every event."""

import os
import random
from collections.abc import AsyncIterator

import pytest
from httpx_aiohttp import HttpxAiohttpClient

from bot.sandbox.fanvue import FanvueServer, StandInFan, contract
from bot.sandbox.fanvue.chat_actions import ChatWords, creator_says
from bot.sandbox.fanvue.contract import FanvueContract, close
from bot.sandbox.fanvue.operations import OPERATIONS
from bot.sandbox.fanvue.records import MessageId
from bot.sandbox.fanvue.routes import all_routes
from tests.sandbox.fanvue.conftest import VERSION, FanvueStage

absent = pytest.mark.skipif(not os.environ.get("CONTRACTS_DIR"), reason="CONTRACTS_DIR is not set")


@pytest.fixture
def loaded() -> FanvueContract:
    found = contract.from_environment()
    assert found is not None, "CONTRACTS_DIR holds no fanvue/openapi.json"
    return found


@pytest.mark.contract
@absent
def test_the_table_is_exactly_the_contract(loaded: FanvueContract) -> None:
    mine = {(operation.method, operation.path, operation.scopes) for operation in OPERATIONS}

    assert mine == set(loaded.operations())
    assert len(OPERATIONS) == len(mine)


def test_every_route_is_an_operation() -> None:
    async def nobody(_: str) -> bool:
        return False

    assert all_routes(nobody).keys() <= {operation.key for operation in OPERATIONS}


def test_objects_are_closed_everywhere_but_inside_all_of() -> None:
    schema = {
        "type": "object",
        "properties": {
            "open": {"type": "object", "properties": {}},
            "map": {"type": "object", "additionalProperties": {"type": "object", "properties": {"a": {}}}},
        },
        "allOf": [{"type": "object", "properties": {"b": {}}}],
    }

    closed = close(schema)

    assert closed["additionalProperties"] is False
    assert "additionalProperties" not in closed["properties"]["open"]
    assert closed["properties"]["map"]["additionalProperties"]["additionalProperties"] is False
    assert "additionalProperties" not in closed["allOf"][0]


@pytest.mark.contract
@absent
def test_the_contract_finds_what_is_wrong(loaded: FanvueContract) -> None:
    key = "POST /v1/chats/{userUuid}/message"

    assert loaded.request(key, [], {"text": "Hi"}) == []
    assert loaded.request(key, [], {"content": "Hi"})
    assert loaded.request(key, [("x", "1")], {"text": "Hi"})
    assert loaded.answer(key, 201, {"messageUuid": "3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20"}, None) == []
    assert loaded.answer(key, 201, {"messageUuid": None}, None)
    assert loaded.answer(key, 201, {"messageUuid": "no uuid"}, None)
    assert loaded.answer(key, 201, {"messageUuid": "3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20", "x": 1}, None)
    assert loaded.answer(key, 418, {"message": "no"}, None)
    assert loaded.event("creator.message.received", {"id": "1"})


@pytest.fixture
async def busy(stage: FanvueStage) -> AsyncIterator[FanvueStage]:
    """A world in which everything that the stand-in knows has happened once."""
    world, creator, fan = stage.server.world, stage.creator, stage.fan
    stage.server.switches.private_webhook_urls = True
    other = world.add_fan("night-train", "Night Train", creator, subscribed=False)
    media = [
        world.add_media(creator),
        world.add_media(creator, "video"),
        world.add_media(creator, status="processing"),
    ]
    world.add_list(creator, "Favourites", [fan, other])
    for deed in (other.follow, other.subscribe, other.renew, other.cancel, other.lapse, fan.come_online):
        await deed()
        stage.clock.forward(1)
    await fan.write("Hi", media=1)
    sold = creator_says(world, fan.bond, ChatWords("For sale", (media[0].uuid,), 700, media[0].uuid))
    creator_says(world, fan.bond, ChatWords("Still for sale", (media[1].uuid,), 700))
    await fan.buy(sold.uuid)
    await fan.react(sold.uuid, "❤️")
    await fan.read()
    await fan.go_offline()
    await fan.refunded((await fan.tip(900)).id)
    await fan.dispute((await fan.tip(800)).id)
    world.automated(fan, "AUTOMATED_RENEWED", "Thank you!")
    yield stage
    await stage.settled()
    assert [one for one in stage.server.contract_errors if one.direction != "request"] == []


def reads(fan: StandInFan, message: MessageId) -> list[str]:
    """Every read that is built, on both surfaces, with and without its options."""
    both = [
        "/users/me",
        "/users/account",
        "/chats",
        "/chats?filter=unread&filter=not_muted&search=otter&sortBy=online_now",
        "/chats?sortBy=most_unanswered_chats&size=1",
        "/chats/lists/smart",
        "/chats/lists/smart/subscribers",
        "/chats/lists/custom",
        f"/chats/{fan.uuid}/messages?markAsRead=false",
        f"/chats/{fan.uuid}/media",
        f"/chats/{fan.uuid}/messages/{message}/media?mediaUuids={fan.uuid}&variants=main",
        "/subscribers",
        "/followers",
        f"/insights/fans/{fan.uuid}",
        f"/insights/fans?fanUuids={fan.uuid},{message}",
        "/insights/earnings?size=2",
        "/insights/earnings?startDate=2026-11-01T00:00:00Z&endDate=2026-12-01T00:00:00Z",
        "/insights/earnings/summary",
        "/insights/top-spenders",
        "/media",
        "/media?variants=main,thumbnail&status=ready,processing",
        f"/media/bulk?mediaUuids={fan.uuid}",
        "/posts",
        "/posts?includeUnpublished=false",
        "/webhooks/subscriptions",
    ]
    v1 = [f"/v1/chats/{fan.uuid}", f"/v1/chats/{fan.uuid}/messages/{message}", f"/v1/subscribers/{fan.uuid}"]
    old = ["/chats/unread", "/insights/spending", "/chats/mass-messages", "/creators"]
    return [*both, *(f"/v1{path}" for path in both), *v1, *old]


@pytest.mark.contract
@absent
async def test_every_read_that_is_built_answers_as_the_contract_says(busy: FanvueStage) -> None:
    message = busy.fan.chat()[0]
    uuid, file = message.uuid, message.media[0]
    answers = [await busy.call("GET", path) for path in reads(busy.fan, uuid)]
    found = await busy.call(
        "GET", f"/v1/chats/{busy.fan.uuid}/messages/{uuid}/media?mediaUuids={file}&variants=main,blurred"
    )

    assert [(str(answer.url), answer.text) for answer in answers if answer.status_code != 200] == []
    assert found.json()["results"][file]["variants"]
    assert busy.server.contract_errors == []


@pytest.mark.contract
@absent
@pytest.mark.parametrize("prefix", ["", "/v1"])
async def test_every_write_that_is_built_answers_as_the_contract_says(busy: FanvueStage, prefix: str) -> None:
    fan, media = busy.fan.uuid, next(iter(busy.server.world.media))
    lists = {"smartListIds" if prefix else "smartListUuids": ["subscribers"]}
    hook = {"url": busy.receiver.url, "events": ["creator.message.received"]}
    made = []
    for method, path, body in [
        ("POST", "/chats", {"userUuid": fan}),
        ("PATCH", f"/chats/{fan}", {"isRead": False, "isMuted": True, "nickname": "Otter"}),
        ("POST", f"/chats/{fan}/message", {"text": "Hi", "mediaUuids": [media], "price": 300}),
        ("POST", f"/chats/{fan}/typing", {}),
        ("POST", "/chats/statuses", {"userUuids": [fan]}),
        ("POST", "/chats/mass-messages", {"text": "All", "includedLists": lists}),
        ("POST", "/posts", {"audience": "subscribers", "text": "New", "mediaUuids": [media], "price": 500}),
        ("POST", "/webhooks/subscriptions", hook),
    ]:
        made.append(await busy.call(method, prefix + path, body))
    post = await busy.call("GET", f"{prefix}/posts/{made[6].json()['uuid']}")
    gone = await busy.call("DELETE", f"{prefix}/webhooks/subscriptions/{made[7].json()['id']}")

    assert [answer.status_code for answer in made] == [201, 204, 201, 204, 200, 201, 201, 201]
    assert (post.status_code, gone.status_code) == (200, 204)
    assert busy.server.contract_errors == []


@pytest.mark.contract
@absent
async def test_refusals_answer_as_the_contract_says(busy: FanvueStage) -> None:
    stranger = "3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20"
    busy.fan.block()
    answers = [
        await busy.call("GET", "/v1/users/me", headers={"Authorization": ""}),
        await busy.call("GET", "/v1/users/me", headers={"X-Fanvue-API-Version": "2025-01-15"}),
        await busy.call("GET", "/v1/chats", headers=busy.token(busy.creator, ("read:self",))),
        await busy.call("POST", f"/v1/chats/{busy.fan.uuid}/message", {"text": "Hi"}),
        await busy.call("POST", f"/chats/{stranger}/message", {"text": "Hi"}),
        await busy.call("PATCH", f"/chats/{stranger}", {"isRead": True}),
        await busy.call("PATCH", f"/v1/chats/{stranger}", {"isRead": True}),
        await busy.call("POST", f"/chats/{stranger}/typing", {}),
        await busy.call("GET", f"/v1/chats/{stranger}/messages"),
        await busy.call("GET", "/chats/lists/smart/creators"),
        await busy.call("GET", "/v1/chats", params={"cursor": "nonsense"}),
    ]

    statuses = [answer.status_code for answer in answers]
    assert statuses == [401, 410, 403, 400, 400, 400, 404, 400, 404, 400, 400]


@pytest.mark.contract
@absent
async def test_a_request_that_breaks_the_contract_is_refused_and_recorded() -> None:
    chance = random.Random(7)  # noqa: S311 - repeatable on purpose
    async with FanvueServer(rng=chance) as server:
        server.world.add_app("app-1", "secret-1", [])
        token = server.world.grant(server.world.add_creator("a", "A")).access_token
        headers = {**VERSION, "Authorization": f"Bearer {token}"}
        async with HttpxAiohttpClient(base_url=server.url, headers=headers) as client:
            answer = await client.get("/v1/chats", params={"limit": 5})

    assert answer.status_code == 400
    assert [error.direction for error in server.contract_errors] == ["request"]
