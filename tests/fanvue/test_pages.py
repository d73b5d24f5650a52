"""One read of a chat for all who need it, and many chats with one request."""

from collections.abc import Sequence

import pytest

from bot.fanvue.chats import FanvueChatAdapter
from bot.fanvue.client import FanvueClient
from bot.model.acting_account import CallAccount
from bot.model.errors import TryLater
from bot.model.ports import ChatLook
from bot.model.read_purposes import ReadPurpose
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import UserId
from storage.records import CreatorId, FanId, FanvueMessageId, LinkId
from tests.fanvue.conftest import ManualClock
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario
from tests.fanvue.peer_stand_in import PeerStandIn, reply

BATCH = "/chats/messages/batch"


def look(newest: str | None, *beside: StandInFan, since: int = 0) -> ChatLook:
    async def others() -> Sequence[FanId]:
        return [FanId(fan.uuid) for fan in beside]

    return ChatLook(since, None if newest is None else FanvueMessageId(newest), others)


def paths(evening: FanvueScenario) -> list[str]:
    """What was asked of Fanvue so far, by the last words of each address."""
    return [entry["path"] for entry in evening.server.ledger.of("request")]


async def crowd(evening: FanvueScenario, number: int) -> dict[str, StandInFan]:
    """So many fans who wrote once, by the message."""
    creator = evening.server.world.accounts[UserId(evening.creator)]
    fans = evening.server.world.add_crowd(creator, number, "reader", subscribed=True)
    return {(await fan.write("hello")).uuid: fan for fan in fans}


async def read(
    port: FanvueChatAdapter, evening: FanvueScenario, wrote: dict[str, StandInFan], message: str
) -> list[str | None]:
    fan = FanId(wrote[message].uuid)
    found = await port.lately(evening.creator, fan, ReadPurpose.MEDIA, look(message, *wrote.values()))
    return [one.text for one in found]


async def test_fifty_chats_are_read_with_one_request_and_stay_unread(evening: FanvueScenario) -> None:
    wrote, port = await crowd(evening, 50), evening.port()
    before = len(paths(evening))

    told = [await read(port, evening, wrote, message) for message in wrote]

    assert told == [["hello"]] * 50
    asked = paths(evening)[before:]
    # Where Fanvue says of one chat how much of it is unread, one is tried first.
    tried = 3 if evening.fanvue.addresses.prefix else 0
    assert [path.endswith(BATCH) for path in asked] == [*[False, True, False][:tried], True]
    assert all(fan.bond.unread == 1 for fan in wrote.values())


async def test_what_was_written_since_is_read_again(evening: FanvueScenario) -> None:
    wrote, port = await crowd(evening, 2), evening.port()
    first, second = wrote
    await read(port, evening, wrote, first)
    newer = await wrote[second].write("and this")

    found = await port.lately(
        evening.creator, FanId(wrote[second].uuid), ReadPurpose.MEDIA, look(newer.uuid, *wrote.values())
    )

    assert [one.text for one in found] == ["and this", "hello"]


async def test_a_burst_of_more_than_a_page_is_read_to_its_first_message(evening: FanvueScenario) -> None:
    first = await evening.fan.write("first", media=1)
    for number in range(60):
        last = await evening.fan.write(str(number))
    since = round(first.sent_at.timestamp() * 1000) - 1

    found = await evening.port().lately(
        evening.creator, evening.fan_id, ReadPurpose.MEDIA, look(last.uuid, since=since)
    )

    assert (len(found), found[-1].text, len(found[-1].media)) == (61, "first", 1)


# ── a Fanvue that answers otherwise ──

CREATOR, ONE, TWO = CreatorId("creator-1"), FanId("fan-1"), FanId("fan-2")
ROW = {"uuid": "m-1", "text": "Hey", "sentAt": "1970-01-01T00:00:01Z", "sender": {"uuid": "fan-1"}}
PAGE = {"data": [ROW], "dateFilter": None}
MANY = {"byChat": {"fan-1": {"messages": [ROW], "hasMore": False}}}


async def beside() -> Sequence[FanId]:
    return [ONE, TWO]


async def own(_creator: CreatorId) -> CallAccount:
    return CallAccount(LINK)


async def managed(creator: CreatorId) -> CallAccount:
    return CallAccount(LinkId(LINK), creator)


def chat(unread: int) -> dict[str, object]:
    return {"user": {"uuid": "fan-1"}, "unreadMessagesCount": unread}


LOOK = ChatLook(0, FanvueMessageId("m-1"), beside)


async def test_a_read_that_marks_a_chat_as_read_is_made_once_and_never_of_many(
    fanvue: FanvueClient, far: PeerStandIn, clock: ManualClock
) -> None:
    port = FanvueChatAdapter(fanvue, own, clock)
    far.does(reply(200, chat(1)), reply(200, MANY), reply(200, chat(0)), reply(200, PAGE))
    await port.lately(CREATOR, ONE, ReadPurpose.MEDIA, LOOK)
    clock.forward(60_001)

    await port.lately(CREATOR, ONE, ReadPurpose.MEDIA, LOOK)

    assert [one.path for one in far.seen] == [
        "/v1/chats/fan-1",
        BATCH,
        "/v1/chats/fan-1",
        "/v1/chats/fan-1/messages",
    ]
    assert far.seen[1].json["chatUuids"] == ["fan-1"]


async def test_a_chat_that_is_read_already_proves_nothing(
    fanvue: FanvueClient, far: PeerStandIn, clock: ManualClock
) -> None:
    far.does(reply(200, chat(0)), reply(200, PAGE))

    await FanvueChatAdapter(fanvue, own, clock).lately(CREATOR, ONE, ReadPurpose.MEDIA, LOOK)

    assert [one.path for one in far.seen] == ["/v1/chats/fan-1", "/v1/chats/fan-1/messages"]


@pytest.mark.parametrize("status", [404, 410])
async def test_where_many_are_not_offered_any_more_each_is_read_by_itself(
    fanvue: FanvueClient, far: PeerStandIn, clock: ManualClock, status: int
) -> None:
    port = FanvueChatAdapter(fanvue, own, clock)
    far.does(reply(200, chat(1)), reply(status, {"error": "Gone"}), reply(200, PAGE))

    for _ in range(2):
        assert [one.text for one in await port.lately(CREATOR, ONE, ReadPurpose.MEDIA, LOOK)] == ["Hey"]
        clock.forward(60_001)

    assert [one.path for one in far.seen].count(BATCH) == 1


async def test_a_managed_creators_chats_are_read_one_by_one(
    fanvue: FanvueClient, far: PeerStandIn, clock: ManualClock
) -> None:
    far.does(reply(200, {"data": [ROW], "pagination": {"page": 1, "hasMore": False}}))

    await FanvueChatAdapter(fanvue, managed, clock).lately(CREATOR, ONE, ReadPurpose.MEDIA, LOOK)

    assert [one.path for one in far.seen] == ["/creators/creator-1/chats/fan-1/messages"]


async def test_a_read_for_which_there_is_no_room_is_tried_later(
    fanvue: FanvueClient, far: PeerStandIn, clock: ManualClock
) -> None:
    far.does(reply(429, {"error": "Too many requests"}, Retry_After="7"))

    with pytest.raises(TryLater) as caught:
        await FanvueChatAdapter(fanvue, own, clock).lately(CREATOR, ONE, ReadPurpose.MEDIA, LOOK)

    assert caught.value.after == 7
