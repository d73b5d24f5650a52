"""The relay's port: what it returns, and in which of four ways it fails."""

from dataclasses import replace

import pytest

from bot.engine.clock import SystemClock
from bot.fanvue import errors
from bot.fanvue.chats import FanvueChatAdapter, chat_message
from bot.fanvue.client import FanvueClient
from bot.fanvue.models import MessageRow
from bot.fanvue.outcomes import outcome
from bot.fanvue.part_store import UnknownPartHost
from bot.fanvue.rows import read
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.events import GIFT, ORDINARY, UNTOLD
from bot.model.ports import ChatMessage, FanvuePort, MessageToFan
from bot.model.read_purposes import ReadPurpose
from bot.relay.send_match import hides
from storage.records import CreatorId, FanId, FanvueMessageId, MediaId
from tests.fanvue.conftest import ManualClock
from tests.fanvue.fanvue_scenario import LINK
from tests.fanvue.peer_stand_in import PeerStandIn, hang_up, reply

CREATOR = CreatorId("creator-1")
FAN = FanId("fan-1")
MESSAGE = FanvueMessageId("m-1")
ROW = {
    "uuid": "m-1",
    "text": "Hey",
    "sentAt": "1970-01-01T00:00:01Z",
    "sender": {"uuid": "fan-1"},
    "mediaUuids": ["a"],
    "pricing": {"USD": {"price": 500}},
    "purchasedAt": "1970-01-01T00:00:02Z",
    "isRead": False,
    "type": "SINGLE_RECIPIENT",
}
SEEN = ChatMessage(
    message=MESSAGE,
    from_creator=False,
    text="Hey",
    media=(MediaId("a"),),
    price=500,
    sent_at=1000,
    read=False,
    bought_at=2000,
    kind="SINGLE_RECIPIENT",
)


OUTCOMES: list[tuple[errors.FanvueError, type[DeliveryFailed], type[DeliveryFailed], bool]] = [
    (errors.RequestNotSent("x"), TryLater, TryLater, False),
    (errors.RequestRateLimited("x", after=30), TryLater, TryLater, False),
    (errors.RequestUnclear("x"), DeliveryUnknown, TryLater, False),
    (errors.AnswerTooLong("x"), DeliveryUnknown, TryLater, False),
    (errors.TokenUnauthorized("x"), TryLater, TryLater, True),
    (errors.ScopeMissing("x", scopes=["write:chat"]), TryLater, TryLater, True),
    (errors.VersionRetired("x", next_version=None), TryLater, TryLater, True),
    (errors.NotContactable("x"), DeliveryRefused, DeliveryRefused, False),
    (errors.RequestInvalid("x", reasons=["price is too low"]), DeliveryRefused, DeliveryRefused, False),
    (errors.RequestInvalid("x"), DeliveryRefused, DeliveryRefused, False),
    (UnknownPartHost("x"), DeliveryRefused, DeliveryRefused, False),
    (errors.NameConflict("x"), DeliveryRefused, DeliveryRefused, False),
    (errors.OperationNotOffered("x"), DeliveryRefused, DeliveryRefused, False),
    (errors.ObjectNotFound("x"), TargetGone, TargetGone, False),
]


async def identity(creator: CreatorId) -> CallAccount:
    assert creator == CREATOR
    return CallAccount(LINK)


@pytest.fixture
def port(fanvue: FanvueClient, clock: ManualClock) -> FanvuePort:
    return FanvueChatAdapter(fanvue, identity, clock)


async def test_a_reply_is_sent_once_under_its_key(port: FanvuePort, far: PeerStandIn) -> None:
    far.does(reply(201, {"messageUuid": "m-9"}))
    message = MessageToFan("Hello", (MediaId("a"),), 500, MediaId("p"))

    assert await port.send(CREATOR, FAN, message, key="effect-1") == "m-9"

    assert far.last.json == {
        "text": "Hello",
        "mediaUuids": ["a"],
        "price": 500,
        "mediaPreviewUuid": "p",
    }
    assert far.last.headers["idempotency-key"] == "effect-1"


def page(*rows: dict[str, object]) -> dict[str, object]:
    return {"data": list(rows), "dateFilter": None}


async def test_one_message_is_read_with_its_chat_and_the_next_one_of_it_costs_nothing(
    port: FanvuePort, far: PeerStandIn, clock: ManualClock
) -> None:
    far.does(reply(200, page(ROW | {"uuid": "m-2"}, ROW)))

    assert await port.message(CREATOR, FAN, MESSAGE, ReadPurpose.TEXT) == SEEN
    assert (await port.message(CREATOR, FAN, FanvueMessageId("m-2"), ReadPurpose.OWN)).message == "m-2"
    assert [one.path for one in far.seen] == ["/v1/chats/fan-1/messages"]

    clock.forward(60_001)
    await port.message(CREATOR, FAN, MESSAGE, ReadPurpose.TEXT)
    assert len(far.seen) == 2


async def test_one_message_that_is_not_among_the_newest_is_read_by_itself_on_v1(
    port: FanvuePort, far: PeerStandIn
) -> None:
    far.does(reply(200, page(ROW | {"uuid": "m-2"})), reply(200, ROW))

    assert await port.message(CREATOR, FAN, MESSAGE, ReadPurpose.TEXT) == SEEN
    assert far.last.path == "/v1/chats/fan-1/messages/m-1"


async def test_what_was_bought_is_read_as_it_is_now(port: FanvuePort, far: PeerStandIn) -> None:
    far.does(reply(200, page(ROW)), reply(200, ROW))
    await port.recent(CREATOR, FAN, ReadPurpose.CARD)

    await port.message(CREATOR, FAN, MESSAGE, ReadPurpose.CARD)

    assert far.last.path == "/v1/chats/fan-1/messages/m-1"


async def test_one_message_is_looked_up_in_its_chat_elsewhere(
    port: FanvuePort, fanvue: FanvueClient, far: PeerStandIn
) -> None:
    fanvue.addresses.prefix = ""
    far.does(reply(200, {"data": [ROW | {"uuid": "m-2"}, ROW], "pagination": {"page": 1, "hasMore": True}}))

    assert await port.message(CREATOR, FAN, MESSAGE, ReadPurpose.TEXT) == SEEN
    with pytest.raises(TargetGone):
        await port.message(CREATOR, FAN, FanvueMessageId("m-3"), ReadPurpose.TEXT)

    assert ("markAsRead", "false") in far.last.query


async def test_the_newest_messages_cost_one_request(port: FanvuePort, far: PeerStandIn) -> None:
    more = {"sentBefore": "1970-01-01T00:00:00Z"}
    ours = ROW | {"uuid": "m-2", "sender": {"uuid": "creator-1"}}
    far.does(reply(200, {"data": [ours, {"text": "no id"}, ROW], "dateFilter": more}))

    messages = await port.recent(CREATOR, FAN, ReadPurpose.CARD)

    read = [(message.message, message.from_creator) for message in messages if not message.unclear]
    assert read == [("m-2", True), ("m-1", False)]
    assert far.last.query == [("markAsRead", "false"), ("limit", "50")]
    assert len(far.seen) == 1


@pytest.mark.parametrize(("told", "at"), [({"text": "no id"}, 0), ({"sentAt": "1970-01-01T00:00:09Z"}, 9000)])
async def test_a_message_that_cannot_be_read_may_be_the_one_that_is_looked_for(
    port: FanvuePort, far: PeerStandIn, told: dict[str, object], at: int
) -> None:
    far.does(reply(200, page(told, ROW)))

    hidden, there = sorted(await port.sent_since(CREATOR, FAN, 0), key=lambda one: one.message == MESSAGE)
    shown = await port.recent(CREATOR, FAN, ReadPurpose.CARD)

    assert hides(hidden, MessageToFan("Hello"), started=9000)
    assert not hides(there, MessageToFan("Hello"), started=9000)
    assert not hides(replace(hidden, sent_at=1), MessageToFan("Hello"), started=9000)
    assert (hidden.sent_at, shown) == (at, [SEEN])


@pytest.mark.parametrize("reads", [ReadPurpose.TEXT, ReadPurpose.CARD])
async def test_one_that_may_be_among_what_cannot_be_read_is_not_called_gone(
    port: FanvuePort, fanvue: FanvueClient, far: PeerStandIn, reads: ReadPurpose
) -> None:
    fanvue.addresses.prefix = ""
    far.does(reply(200, page({"sentAt": ROW["sentAt"]}, ROW)))

    assert await port.message(CREATOR, FAN, MESSAGE, reads) == SEEN
    with pytest.raises(TryLater):
        await port.message(CREATOR, FAN, FanvueMessageId("m-3"), reads)


async def test_one_that_cannot_be_read_is_not_called_taken_back(
    port: FanvuePort, fanvue: FanvueClient, far: PeerStandIn
) -> None:
    fanvue.addresses.prefix = ""
    far.does(reply(200, page({"sentAt": ROW["sentAt"]})))

    with pytest.raises(TryLater):
        await port.has(CREATOR, FAN, MESSAGE, since=0)
    assert not await port.has(CREATOR, FAN, MESSAGE, since=60_000)


async def test_a_chat_that_is_too_long_to_search_says_nothing(port: FanvuePort, far: PeerStandIn) -> None:
    cursors = [{"sentBefore": f"1970-01-01T00:00:{second:02d}Z"} for second in range(59, 30, -1)]
    far.does(
        *(
            reply(200, {"data": [ROW | {"uuid": f"m-{one['sentBefore']}"}], "dateFilter": one})
            for one in cursors
        )
    )

    with pytest.raises(TryLater):
        await port.sent_since(CREATOR, FAN, 0)

    assert len(far.seen) == 20


async def test_a_lost_send_is_unknown_and_a_lost_read_is_tried_again(
    port: FanvuePort, far: PeerStandIn
) -> None:
    far.does(hang_up)

    with pytest.raises(DeliveryUnknown):
        await port.send(CREATOR, FAN, MessageToFan("Hello"), key="effect-1")
    with pytest.raises(TryLater):
        await port.sent_since(CREATOR, FAN, 0)
    with pytest.raises(TryLater):
        await port.message(CREATOR, FAN, MESSAGE, ReadPurpose.TEXT)


async def test_an_identity_that_waits_for_a_person_sends_nothing(
    fanvue: FanvueClient, far: PeerStandIn
) -> None:
    async def nobody(creator: CreatorId) -> CallAccount:
        raise TryLater(f"{creator} is not linked", paused=True)

    with pytest.raises(TryLater) as caught:
        await FanvueChatAdapter(fanvue, nobody, SystemClock()).send(
            CREATOR, FAN, MessageToFan("Hello"), key="effect-1"
        )

    assert caught.value.paused
    assert far.seen == []


@pytest.mark.parametrize(
    ("error", "sending", "reading", "paused"),
    OUTCOMES,
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_each_error_ends_a_delivery_in_one_of_four_ways(
    error: errors.FanvueError,
    sending: type[DeliveryFailed],
    reading: type[DeliveryFailed],
    *,
    paused: bool,
) -> None:
    ends = [outcome(error, reading=False), outcome(error, reading=True)]

    assert [type(end) for end in ends] == [sending, reading]
    assert all(getattr(end, "paused", False) is paused for end in ends)
    assert all(end.reason.endswith(".") for end in ends)


def test_the_sentence_says_what_to_do() -> None:
    waiting = outcome(errors.RequestRateLimited("x", after=30), reading=False)
    scope = outcome(errors.ScopeMissing("x", scopes=["read:fan", "write:chat"]), reading=False)
    invalid = outcome(errors.RequestInvalid("x", reasons=["price is too low"]), reading=False)

    assert isinstance(waiting, TryLater)
    assert waiting.after == 30
    assert "read:fan and write:chat" in scope.reason
    assert "/link" in scope.reason
    assert "price is too low" in invalid.reason


def test_every_error_of_the_client_has_a_row_above() -> None:
    def below(kind: type[errors.FanvueError]) -> set[type[errors.FanvueError]]:
        return {kind}.union(*map(below, kind.__subclasses__()))

    never_raised = {errors.FanvueError, errors.RequestRejected}

    assert {type(row[0]) for row in OUTCOMES} == below(errors.FanvueError) - never_raised


EMPTY = ROW | {"text": None, "mediaUuids": [], "hasMedia": False, "pricing": None, "gif": None}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        pytest.param(EMPTY, GIFT, id="nothing in it"),
        pytest.param(EMPTY | {"text": " \n"}, GIFT, id="blank"),
        pytest.param(EMPTY | {"type": "TIP"}, "TIP", id="a tip"),
        pytest.param(EMPTY | {"sender": {"uuid": "luna"}}, ORDINARY, id="of the creator"),
        pytest.param(EMPTY | {"hasMedia": True}, ORDINARY, id="media that are not named"),
        pytest.param(EMPTY | {"gif": {"url": "https://media.example/1"}}, ORDINARY, id="a gif"),
        pytest.param(EMPTY | {"text": 5}, UNTOLD, id="a text of another form"),
        pytest.param(EMPTY | {"text": 5, "type": "TIP"}, "TIP", id="a tip with a text of another form"),
        pytest.param(EMPTY | {"pricing": {"USD": {"price": "five"}}}, ORDINARY, id="a price of another form"),
        *(
            pytest.param(
                {name: value for name, value in EMPTY.items() if name != lost}, ORDINARY, id=f"no {lost}"
            )
            for lost in ("mediaUuids", "pricing")
        ),
    ],
)
def test_only_a_message_that_is_told_to_be_empty_is_taken_for_a_gift(
    row: dict[str, object], kind: str
) -> None:
    assert chat_message(read(MessageRow, row), FAN).kind == kind
