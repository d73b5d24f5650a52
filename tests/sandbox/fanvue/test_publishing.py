"""Vault, posts and mass messages."""

import pytest

from bot.sandbox.fanvue import StandInFan
from tests.sandbox.fanvue.conftest import FanvueStage, refused


async def test_until_it_is_ready_a_file_shows_its_status_only(stage: FanvueStage) -> None:
    world = stage.server.world
    ready, slow = (
        world.add_media(stage.creator, name="beach"),
        world.add_media(stage.creator, status="processing"),
    )
    rows = {row["uuid"]: row for row in (await stage.call("GET", "/v1/media")).json()["data"]}
    only_ready = (await stage.call("GET", "/media", params={"status": "ready"})).json()["data"]

    assert rows[slow.uuid] == {"uuid": slow.uuid, "status": "processing"}
    assert rows[ready.uuid]["name"] == "beach"
    assert [row["uuid"] for row in only_ready] == [ready.uuid]


async def test_urls_come_only_with_variants_and_the_vault_is_private(stage: FanvueStage) -> None:
    media = stage.server.world.add_media(stage.creator)
    foreign = stage.server.world.add_media(stage.server.world.add_creator("other", "Other"))
    bare = (await stage.call("GET", f"/v1/media/{media.uuid}")).json()
    full = (await stage.call("GET", f"/v1/media/{media.uuid}", params={"variants": "main"})).json()

    assert "variants" not in bare
    assert full["variants"][0]["url"].startswith(stage.server.url)
    assert (await stage.call("GET", f"/v1/media/{foreign.uuid}")).status_code == 404


async def test_purchased_by_says_who_bought_a_file(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    media = stage.server.world.add_media(stage.creator)
    body = {"mediaUuids": [media.uuid], "price": 300}
    sent = (await stage.call("POST", f"/v1/chats/{stage.fan.uuid}/message", body)).json()
    query = {"purchasedBy": stage.fan.uuid}
    before = (await stage.call("GET", f"/media/{media.uuid}", params=query)).json()
    await stage.fan.buy(sent["messageUuid"])
    after = (await stage.call("GET", f"/media/{media.uuid}", params=query)).json()

    assert (before["purchasedByFan"], after["purchasedByFan"]) == (False, True)


async def test_a_post_is_created_listed_and_made_twice_when_repeated(stage: FanvueStage) -> None:
    body = {"audience": "subscribers", "text": "New set"}
    made = [await stage.call("POST", "/v1/posts", body, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    listed = (await stage.call("GET", "/v1/posts")).json()

    uuids = {answer.json()["uuid"] for answer in made}
    assert [answer.status_code for answer in made] == [201, 201]
    assert {row["uuid"] for row in listed["data"]} == uuids
    assert len(uuids) == listed["total"] == 2


async def test_a_scheduled_post_is_unpublished_until_its_time(stage: FanvueStage) -> None:
    body = {"audience": "followers-and-subscribers", "text": "Soon", "publishAt": "2026-11-24T12:30:00Z"}
    uuid = (await stage.call("POST", "/posts", body)).json()["uuid"]
    query = {"includeUnpublished": "false"}
    before = (await stage.call("GET", "/posts", params=query)).json()["data"]
    stage.clock.forward(1801)
    after = (await stage.call("GET", "/posts", params=query)).json()["data"]

    assert before == []
    assert [(row["uuid"], row["publishedAt"]) for row in after] == [(uuid, "2026-11-24T12:30:00.000Z")]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "no audience"},
        {"audience": "everyone", "text": "x"},
        {"audience": "subscribers"},
        {"audience": "subscribers", "text": "x", "price": 300},
        {"audience": "subscribers", "text": "x" * 5001},
        {"audience": "subscribers", "text": "x", "publishAt": "2020-01-01T00:00:00Z"},
        {"audience": "subscribers", "text": "x", "publishAt": "tomorrow"},
    ],
)
async def test_a_wrong_post_is_refused(stage: FanvueStage, body: dict[str, object]) -> None:
    answer = await stage.call("POST", "/v1/posts", body)

    assert answer.status_code == 400
    assert stage.server.world.posts == {}


async def test_later_pages_of_posts_carry_the_cursor_alone(stage: FanvueStage) -> None:
    for number in range(3):
        stage.clock.forward(1)
        await stage.call("POST", "/v1/posts", {"audience": "subscribers", "text": f"{number}"})
    query = {"size": 2, "includeUnpublished": "false"}
    first = (await stage.call("GET", "/v1/posts", params=query)).json()
    wrong = await stage.call("GET", "/v1/posts", params={**query, "cursor": first["nextCursor"]})
    second = (await stage.call("GET", "/v1/posts", params={"cursor": first["nextCursor"]})).json()

    assert wrong.status_code == 400
    assert [row["text"] for row in first["data"] + second["data"]] == ["2", "1", "0"]


async def test_pinned_posts_come_first_whoever_made_them(stage: FanvueStage) -> None:
    world = stage.server.world
    by_hand = world.post_as_creator(stage.creator, "by hand")
    world.pinned.add(by_hand.uuid)
    for number in range(2):
        stage.clock.forward(1)
        await stage.call("POST", "/v1/posts", {"audience": "subscribers", "text": f"{number}"})
    first = (await stage.call("GET", "/v1/posts", params={"size": 2})).json()
    second = (await stage.call("GET", "/v1/posts", params={"cursor": first["nextCursor"]})).json()

    rows = first["data"] + second["data"]
    assert [(row["text"], row["isPinned"]) for row in rows] == [("by hand", True), ("1", False), ("0", False)]
    assert [entry["client_id"] is None for entry in stage.server.ledger.of("post")] == [True, False, False]


def texts(fan: StandInFan) -> list[str | None]:
    return [message.text for message in fan.inbox()]


@pytest.mark.parametrize(
    ("path", "field"),
    [("/chats/mass-messages", "smartListUuids"), ("/v1/chats/mass-messages", "smartListIds")],
)
async def test_a_mass_message_reaches_everyone_in_the_lists_once(
    stage: FanvueStage, path: str, field: str
) -> None:
    world = stage.server.world
    left_out, blocked = (world.add_fan(name, name, stage.creator) for name in ("left-out", "blocked"))
    blocked.block()
    custom = world.add_list(stage.creator, "No", [left_out])
    body = {
        "text": "To all",
        "includedLists": {field: ["subscribers", "auto_renewing"]},
        "excludedLists": {"customListUuids": [custom.uuid]},
    }

    made = await stage.call("POST", path, body, headers={"Idempotency-Key": "once"})
    again = await stage.call("POST", path, body, headers={"Idempotency-Key": "once"})

    assert made.json() == again.json()
    assert (made.status_code, made.json()["recipientCount"]) == (201, 1)
    assert (texts(stage.fan), texts(left_out), texts(blocked)) == (["To all"], [], [])
    assert len(stage.server.ledger.of("mass")) == 1


async def test_a_mass_message_is_a_last_message_but_no_row_of_the_chat(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    body = {"text": "To all", "includedLists": {"smartListIds": ["subscribers"]}}
    made = (await stage.call("POST", "/v1/chats/mass-messages", body)).json()
    await stage.fan.read()
    [chat] = (await stage.call("GET", "/v1/chats")).json()["data"]
    rows = (await stage.call("GET", f"/v1/chats/{stage.fan.uuid}/messages")).json()["data"]
    [listed] = (await stage.call("GET", "/chats/mass-messages")).json()["data"]
    gone = await stage.call("DELETE", f"/chats/mass-messages/{made['id']}")

    assert (chat["lastMessage"]["type"], chat["lastMessage"]["text"]) == ("BROADCAST", "To all")
    assert [row["text"] for row in rows] == ["Hi"]
    assert (listed["status"], listed["recipientCount"], listed["viewCount"]) == ("SENT", 1, 1)
    assert gone.status_code == 204
    assert stage.fan.inbox() == []


async def test_a_scheduled_mass_message_goes_out_at_its_time(stage: FanvueStage) -> None:
    lists = {"smartListIds": ["subscribers"]}
    body = {"text": "Later", "includedLists": lists, "scheduledAt": "2026-11-24T12:30:00Z"}
    await stage.call("POST", "/v1/chats/mass-messages", body)
    before = stage.fan.inbox()
    stage.clock.forward(1800)
    [row] = (await stage.call("GET", "/chats/mass-messages")).json()["data"]

    assert before == []
    assert (row["status"], texts(stage.fan)) == ("SENT", ["Later"])


async def test_a_mass_message_without_lists_or_people_is_refused(stage: FanvueStage) -> None:
    none = await stage.call("POST", "/v1/chats/mass-messages", {"text": "x"})
    old = {"text": "x", "includedLists": {"smartListUuids": ["subscribers"]}}
    renamed = await stage.call("POST", "/v1/chats/mass-messages", old)
    empty = {"text": "x", "includedLists": {"smartListIds": ["muted"]}}
    nobody = await stage.call("POST", "/v1/chats/mass-messages", empty)

    assert refused(none) == (400, {"errors": ["includedLists is required"]})
    assert refused(renamed) == (400, {"errors": ["includedLists.smartListUuids is not a known field"]})
    assert nobody.status_code == 400


async def test_a_scheduled_mass_message_is_changed_in_what_is_named_and_a_sent_one_not(
    stage: FanvueStage,
) -> None:
    media = stage.server.world.add_media(stage.creator, name="A picture")
    lists = {"smartListIds": ["subscribers"]}
    body = {"text": "Later", "includedLists": lists, "scheduledAt": "2026-11-24T12:30:00Z"}
    made = (await stage.call("POST", "/v1/chats/mass-messages", body)).json()
    path = f"/chats/mass-messages/{made['id']}"

    bare = await stage.call("PATCH", path, {"price": 500})
    past = await stage.call("PATCH", path, {"scheduledAt": "2026-11-24T11:00:00Z"})
    priced = await stage.call("PATCH", path, {"mediaUuids": [media.uuid], "price": 500})
    free = await stage.call("PATCH", path, {"text": "Soon", "price": None})
    [row] = (await stage.call("GET", "/chats/mass-messages")).json()["data"]
    stage.clock.forward(1800)
    late = await stage.call("PATCH", path, {"text": "Too late"})

    assert [one.status_code for one in (bare, past, priced, free, late)] == [400, 400, 204, 204, 400]
    assert (row["text"], row["price"], row["mediaUuids"]) == ("Soon", None, [media.uuid])
    assert texts(stage.fan) == ["Soon"]
    assert [entry["fields"] for entry in stage.server.ledger.of("mass_change")] == [
        ["mediaUuids", "price"],
        ["price", "text"],
    ]
