"""Chats and messages: reading, marking as read, paging, sending and its rules."""

import pytest

from bot.sandbox.fanvue import chat_actions
from tests.sandbox.fanvue.conftest import FanvueStage, refused


async def written(stage: FanvueStage, count: int) -> list[str]:
    """So many messages of the fan, a second apart; their uuids, oldest first."""
    uuids = []
    for number in range(count):
        stage.clock.forward(1)
        uuids.append((await stage.fan.write(f"number {number}")).uuid)
    return [str(uuid) for uuid in uuids]


async def test_a_fan_who_writes_opens_the_chat_and_is_unread(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")

    answer = await stage.call("GET", "/v1/chats")

    [row] = answer.json()["data"]
    assert row["user"]["uuid"] == stage.fan.uuid
    assert (row["isRead"], row["unreadMessagesCount"], row["lastMessage"]["text"]) == (False, 1, "Hi")
    assert answer.json()["total"] == 1


@pytest.mark.parametrize("prefix", ["", "/v1"])
async def test_reading_messages_marks_the_chat_as_read_by_default(stage: FanvueStage, prefix: str) -> None:
    await stage.fan.write("Hi")
    path = f"{prefix}/chats/{stage.fan.uuid}/messages"

    pure = await stage.call("GET", path, params={"markAsRead": "false"})
    assert [row["isRead"] for row in pure.json()["data"]] == [False]
    assert stage.fan.bond.unread == 1

    await stage.call("GET", path)

    assert stage.fan.bond.unread == 0


async def test_v1_messages_page_by_the_date_window_until_it_is_null(stage: FanvueStage) -> None:
    uuids = await written(stage, 7)
    stage.clock.forward(1)
    uuids.append(str(stage.server.world.write_as_creator(stage.fan, "mine").uuid))
    seen: list[str] = []
    window: dict[str, str] = {}
    for _ in range(3):
        answer = await stage.call(
            "GET",
            f"/v1/chats/{stage.fan.uuid}/messages",
            params={"limit": 3, "markAsRead": "false", **window},
        )
        seen += [row["uuid"] for row in answer.json()["data"]]
        window = answer.json()["dateFilter"]

    assert seen == uuids[::-1]
    assert window is None


async def test_messages_of_the_same_millisecond_are_not_lost_between_windows(stage: FanvueStage) -> None:
    for number in range(4):
        await stage.fan.write(f"at once {number}")
    first = await stage.call("GET", f"/v1/chats/{stage.fan.uuid}/messages", params={"limit": 2})
    window = first.json()["dateFilter"]
    second = await stage.call("GET", f"/v1/chats/{stage.fan.uuid}/messages", params={"limit": 2, **window})

    texts = [row["text"] for answer in (first, second) for row in answer.json()["data"]]
    assert texts == ["at once 3", "at once 2", "at once 1", "at once 0"]


async def test_unversioned_messages_page_by_number_and_size_is_the_row_count(stage: FanvueStage) -> None:
    uuids = await written(stage, 5)
    path = f"/chats/{stage.fan.uuid}/messages"
    first = (await stage.call("GET", path, params={"size": 3})).json()
    second = (await stage.call("GET", path, params={"size": 3, "page": 2})).json()

    assert [row["uuid"] for row in first["data"] + second["data"]] == uuids[::-1]
    assert first["pagination"] == {"page": 1, "size": 3, "hasMore": True}
    assert second["pagination"] == {"page": 2, "size": 2, "hasMore": False}


@pytest.mark.parametrize("prefix", ["", "/v1"])
async def test_a_sent_message_is_in_the_fans_inbox_once_and_echoes(stage: FanvueStage, prefix: str) -> None:
    await stage.fan.write("Hi")
    media = stage.server.world.add_media(stage.creator)
    body = {"text": "For you", "mediaUuids": [media.uuid], "price": 300}

    answer = await stage.call("POST", f"{prefix}/chats/{stage.fan.uuid}/message", body)
    await stage.settled()

    assert answer.status_code == 201
    [message] = stage.fan.inbox()
    assert answer.json() == {"messageUuid": message.uuid}
    assert (message.text, message.price, message.media) == ("For you", 300, [media.uuid])
    assert stage.receiver.types == ["creator.message.received", "creator.message.sent"]
    [entry] = stage.server.ledger.messages(fan=stage.fan.uuid, sender="creator")
    assert (entry["uuid"], entry["client_id"]) == (message.uuid, "app-1")


BAD_BODIES = [
    pytest.param({"text": ""}, {"errors": ["text must have at least 1 characters"]}, id="empty text"),
    pytest.param(
        {"text": "x" * 5001}, {"errors": ["text must have at most 5000 characters"]}, id="long text"
    ),
    pytest.param({"text": 5}, {"errors": ["text must be a string"]}, id="wrong type"),
    pytest.param({"content": "x"}, {"errors": ["content is not a known field"]}, id="unknown field"),
    pytest.param({}, {"errors": ["text or mediaUuids is required"]}, id="nothing"),
    pytest.param({"text": "x", "price": 299}, {"errors": ["price must be at least 300"]}, id="price 299"),
    pytest.param(
        {"text": "x", "price": 300}, {"errors": ["price needs mediaUuids"]}, id="price without media"
    ),
    pytest.param({"mediaUuids": "x"}, {"errors": ["mediaUuids must be an array"]}, id="media no array"),
]


@pytest.mark.parametrize(("body", "problem"), BAD_BODIES)
async def test_a_bad_message_is_refused_in_words_and_not_sent(
    stage: FanvueStage, body: dict[str, object], problem: dict[str, object]
) -> None:
    await stage.fan.write("Hi")

    answer = await stage.call("POST", f"/v1/chats/{stage.fan.uuid}/message", body)

    assert refused(answer) == (400, problem)
    assert stage.fan.inbox() == []


@pytest.mark.parametrize("status", ["created", "processing", "error"])
async def test_media_that_is_not_ready_cannot_be_sent(stage: FanvueStage, status: str) -> None:
    await stage.fan.write("Hi")
    media = stage.server.world.add_media(stage.creator, status=status)

    answer = await stage.call("POST", f"/chats/{stage.fan.uuid}/message", {"mediaUuids": [media.uuid]})

    assert refused(answer) == (400, {"message": f"Media is not ready: {media.uuid}"})


async def test_media_of_somebody_else_cannot_be_sent(stage: FanvueStage) -> None:
    message = await stage.fan.write("Look", media=1)

    answer = await stage.call("POST", f"/chats/{stage.fan.uuid}/message", {"mediaUuids": message.media})

    assert refused(answer) == (400, {"message": f"Media not found: {message.media[0]}"})


@pytest.mark.parametrize("prefix", ["", "/v1"])
async def test_a_fan_who_cannot_be_contacted_still_lists_and_reads(stage: FanvueStage, prefix: str) -> None:
    await stage.fan.write("Goodbye")
    stage.fan.block()

    answer = await stage.call("POST", f"{prefix}/chats/{stage.fan.uuid}/message", {"text": "Wait"})

    assert refused(answer) == (400, {"message": "Invalid user UUID"})
    listed = await stage.call("GET", f"{prefix}/chats/{stage.fan.uuid}/messages")
    assert [row["text"] for row in listed.json()["data"]] == ["Goodbye"]


async def test_a_follower_without_a_subscription_cannot_be_contacted(stage: FanvueStage) -> None:
    follower = stage.server.world.add_fan("shy-hare", "Shy Hare", stage.creator, subscribed=False)
    await follower.follow()

    answer = await stage.call("POST", "/chats", {"userUuid": follower.uuid})

    assert refused(answer) == (400, {"message": "Invalid user UUID"})


async def test_a_chat_must_be_open_before_the_first_message(stage: FanvueStage) -> None:
    path = f"/v1/chats/{stage.fan.uuid}/message"
    early = await stage.call("POST", path, {"text": "Hello"})
    opened = await stage.call("POST", "/v1/chats", {"userUuid": stage.fan.uuid})
    later = await stage.call("POST", path, {"text": "Hello"})

    assert (early.status_code, opened.status_code, later.status_code) == (404, 201, 201)
    assert [message.text for message in stage.fan.inbox()] == ["Hello"]


async def test_an_own_message_can_be_unsent_but_not_a_purchased_one(stage: FanvueStage) -> None:
    media = stage.server.world.add_media(stage.creator)
    words = chat_actions.ChatWords("For sale", (media.uuid,), 500)
    sold, free = (chat_actions.creator_says(stage.server.world, stage.fan.bond, words) for _ in range(2))
    await stage.fan.buy(sold.uuid)

    kept = await stage.call("DELETE", f"/chats/{stage.fan.uuid}/messages/{sold.uuid}")
    gone = await stage.call("DELETE", f"/chats/{stage.fan.uuid}/messages/{free.uuid}")

    assert refused(kept) == (400, {"message": "A purchased message cannot be deleted"})
    assert (gone.status_code, gone.content) == (204, b"")
    assert stage.fan.inbox() == [sold]


async def test_a_message_shows_that_the_fan_has_read_it(stage: FanvueStage) -> None:
    message = stage.server.world.write_as_creator(stage.fan, "Seen?")
    path = f"/v1/chats/{stage.fan.uuid}/messages/{message.uuid}"
    before = await stage.call("GET", path)
    await stage.fan.read()
    after = await stage.call("GET", path)

    assert (before.json()["isRead"], after.json()["isRead"]) == (False, True)


async def test_the_batch_reads_many_chats_and_tells_errors_per_chat(stage: FanvueStage) -> None:
    uuids = await written(stage, 3)
    stranger = "3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20"
    body = {"chatUuids": [stage.fan.uuid, stranger], "sinceMessageUuid": uuids[0], "limit": 1}

    by_chat = (await stage.call("POST", "/chats/messages/batch", body)).json()["byChat"]

    assert [row["uuid"] for row in by_chat[stage.fan.uuid]["messages"]] == [uuids[2]]
    assert (by_chat[stage.fan.uuid]["hasMore"], by_chat[stage.fan.uuid]["oldestMessageUuid"]) == (
        True,
        uuids[2],
    )
    assert by_chat[stranger] == {"error": "not_found"}
    assert stage.fan.bond.unread == 3


async def test_signed_media_urls_open_without_a_token_until_they_expire(stage: FanvueStage) -> None:
    message = await stage.fan.write("Look", media=1)
    path = f"/v1/chats/{stage.fan.uuid}/messages/{message.uuid}/media"
    query = {"mediaUuids": message.media[0], "variants": "main,thumbnail"}
    rows = (await stage.call("GET", path, params=query)).json()["results"][message.media[0]]["variants"]
    bare = (await stage.call("GET", path, params={"mediaUuids": message.media[0]})).json()["results"]

    opened = await stage.client.get(rows[0]["url"], headers={"Authorization": ""})
    forged = await stage.client.get(rows[0]["url"] + "0")
    stage.clock.forward(301)
    late = await stage.client.get(rows[0]["url"])

    assert [row["variantType"] for row in rows] == ["main", "thumbnail"]
    assert "variants" not in bare[message.media[0]]
    assert (opened.status_code, opened.content[:4]) == (200, b"\x89PNG")
    assert (forged.status_code, late.status_code) == (403, 403)
