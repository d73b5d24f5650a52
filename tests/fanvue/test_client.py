"""What goes over the wire, and how a call ends."""

from collections.abc import AsyncIterator

import pytest

from bot.fanvue.budget import RequestBudget, RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import (
    OperationNotOffered,
    RequestInvalid,
    RequestNotSent,
    RequestRateLimited,
    RequestUnclear,
    TokenUnauthorized,
)
from bot.fanvue.lists_api import ListSelection, NewMassMessage
from bot.fanvue.posts_api import NewPost
from bot.model.errors import TryLater
from storage.records import CreatorId, FanId, FanvueMessageId, LinkId, MediaId
from tests.fanvue.conftest import CountingTokenSource, ManualClock
from tests.fanvue.fanvue_scenario import LINK
from tests.fanvue.peer_stand_in import PeerStandIn, hang_up, reply

FAN = FanId("3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20")
MESSAGE = FanvueMessageId("c7d2a8b4-1e35-4f69-a0b8-5d9e3c7f1a42")


async def test_a_message_goes_out_with_version_key_and_token(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(201, {"messageUuid": MESSAGE}))

    sent = await api.chats.send(FAN, text="Hello", media=[MediaId("x")], price=500, key="effect-1")

    assert sent == MESSAGE
    assert (far.last.method, far.last.path) == ("POST", f"/v1/chats/{FAN}/message")
    assert far.last.json == {"text": "Hello", "mediaUuids": ["x"], "price": 500}
    assert far.last.headers["x-fanvue-api-version"] == "2025-06-26"
    assert far.last.headers["idempotency-key"] == "effect-1"
    assert far.last.headers["authorization"] == "Bearer first"


async def test_a_message_without_media_sends_no_nulls(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(201, {"messageUuid": MESSAGE}))

    await api.chats.send(FAN, text="Hello", key="effect-1")

    assert far.last.json == {"text": "Hello"}


@pytest.mark.parametrize("body", [{}, {"messageUuid": None}, {"messageUuid": 7}, [], b"{broken", b"", "m"])
async def test_an_accepted_message_without_a_readable_id_is_unclear(
    api: IdentityApi, far: PeerStandIn, body: object
) -> None:
    far.does(reply(201, body))

    with pytest.raises(RequestUnclear):
        await api.chats.send(FAN, text="Hello", key="effect-1")

    assert len(far.seen) == 1


async def test_a_refused_token_is_refreshed_once_and_the_request_repeated_once(
    api: IdentityApi, far: PeerStandIn, purse: CountingTokenSource
) -> None:
    far.does(reply(401, {"error": "expired"}), reply(201, {"messageUuid": MESSAGE}))

    assert await api.chats.send(FAN, text="Hello", key="effect-1") == MESSAGE

    assert purse.refused == ["first"]
    assert [seen.headers["authorization"] for seen in far.seen] == ["Bearer first", "Bearer second"]
    assert far.seen[0].body == far.seen[1].body


async def test_a_second_refusal_is_the_answer(
    api: IdentityApi, far: PeerStandIn, purse: CountingTokenSource
) -> None:
    far.does(reply(401, {"error": "expired"}))

    with pytest.raises(TokenUnauthorized):
        await api.me()

    assert (len(far.seen), purse.refused) == (2, ["first"])


async def test_a_repeat_that_breaks_is_unclear(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(401, {}), hang_up)

    with pytest.raises(RequestUnclear):
        await api.chats.send(FAN, text="Hello", key="effect-1")


async def test_a_repeat_that_finds_no_connection_is_surely_not_sent(
    far: PeerStandIn, fanvue: FanvueClient
) -> None:
    class Interrupted(CountingTokenSource):
        async def refreshed(self, link: LinkId, rejected: str) -> str:
            assert far._server is not None
            far._server.close()
            return await super().refreshed(link, rejected)

    far.does(reply(401, {}, Connection="close"))
    fanvue.tokens = Interrupted()

    with pytest.raises(RequestNotSent):
        await fanvue.acting(LINK, lane=RequestLane.REPLY).chats.send(FAN, text="Hello", key="effect-1")


async def test_what_the_token_source_says_passes_through(far: PeerStandIn, fanvue: FanvueClient) -> None:
    class Empty(CountingTokenSource):
        async def current(self, link: LinkId) -> str:
            raise TryLater(f"{link} must be linked again", paused=True)

    fanvue.tokens = Empty()

    with pytest.raises(TryLater):
        await fanvue.acting(LINK, lane=RequestLane.REPLY).me()

    assert far.seen == []


async def test_a_spent_lane_sends_nothing(fanvue: FanvueClient, far: PeerStandIn, clock: ManualClock) -> None:
    fanvue.budget = RequestBudget(clock=clock, limit=4)
    far.does(reply(200, {"uuid": "u"}))
    reports = fanvue.acting(LINK, lane=RequestLane.REPORTS)
    await reports.me()

    with pytest.raises(RequestRateLimited):
        await reports.me()

    await fanvue.acting(LINK, lane=RequestLane.REPLY).me()
    assert len(far.seen) == 2


async def test_a_429_is_told_and_closes_the_bucket(fanvue: FanvueClient, far: PeerStandIn) -> None:
    far.does(reply(429, {"error": "slow down"}, Retry_After="30"))
    api = fanvue.acting(LINK, lane=RequestLane.REPLY)

    for _ in range(2):
        with pytest.raises(RequestRateLimited) as caught:
            await api.me()
        assert caught.value.after == 30.0

    assert len(far.seen) == 1


async def test_statuses_have_a_bucket_of_their_own(fanvue: FanvueClient, far: PeerStandIn) -> None:
    limited = {"X_RateLimit_Limit": "80", "X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "1795521660"}
    far.does(reply(200, {FAN: {"isOnline": True}}, **limited), reply(200, {"uuid": "u"}))
    api = fanvue.acting(LINK, lane=RequestLane.REFRESH)

    assert (await api.chats.statuses([FAN]))[FAN].is_online is True
    with pytest.raises(RequestRateLimited):
        await api.chats.statuses([FAN])
    assert (await api.me()).uuid == "u"


async def test_a_managed_creator_is_reached_through_the_twin(fanvue: FanvueClient, far: PeerStandIn) -> None:
    far.does(reply(201, {"messageUuid": MESSAGE}))
    api = fanvue.acting(LINK, lane=RequestLane.REPLY, creator=CreatorId("c-1"))

    await api.chats.send(FAN, text="Hello", key="effect-1")
    with pytest.raises(OperationNotOffered):
        await api.chats.message(FAN, MESSAGE)

    assert far.last.path == f"/creators/c-1/chats/{FAN}/message"
    assert len(far.seen) == 1


async def test_an_empty_prefix_means_the_unversioned_surface(fanvue: FanvueClient, far: PeerStandIn) -> None:
    fanvue.addresses.prefix = ""
    far.does(reply(200, {"uuid": "u"}))

    await fanvue.acting(LINK, lane=RequestLane.REPLY).me()

    assert far.last.path == "/users/me"


@pytest.mark.parametrize("part", ["", ".", "..", "..."])
async def test_an_id_that_would_lead_elsewhere_is_refused(
    api: IdentityApi, far: PeerStandIn, part: str
) -> None:
    with pytest.raises(RequestInvalid):
        await api.chats.send(FanId(part), text="Hello", key="effect-1")

    assert far.seen == []


async def test_an_id_stays_inside_its_part_of_the_path(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(201, {"messageUuid": MESSAGE}))

    await api.chats.send(FanId("a/../b?c#d%2F"), text="Hello", key="effect-1")

    assert far.last.target == "/v1/chats/a%2F..%2Fb%3Fc%23d%252F/message"


async def test_a_text_that_cannot_be_written_is_refused_before_it_is_sent(
    api: IdentityApi, far: PeerStandIn
) -> None:
    with pytest.raises(RequestInvalid):
        await api.chats.send(FAN, text="half \ud800", key="effect-1")

    assert far.seen == []


async def test_reading_messages_never_marks_them_as_read(fanvue: FanvueClient, far: PeerStandIn) -> None:
    far.does(reply(200, {"data": [], "dateFilter": None}), reply(200, {"data": [], "pagination": {}}))

    for prefix in ("/v1", ""):
        fanvue.addresses.prefix = prefix
        pages = fanvue.acting(LINK, lane=RequestLane.SWEEP).chats.messages(FAN)
        assert [page.rows async for page in pages] == [()]

    assert all(("markAsRead", "false") in seen.query for seen in far.seen)


@pytest.mark.parametrize(("prefix", "smart"), [("/v1", "smartListIds"), ("", "smartListUuids")])
async def test_a_mass_message_names_its_lists_as_the_surface_does(
    fanvue: FanvueClient, far: PeerStandIn, prefix: str, smart: str
) -> None:
    far.does(reply(201, {"id": "mass-1", "recipientCount": 12, "createdAt": "2026-11-24T12:00:00.000Z"}))
    fanvue.addresses.prefix = prefix
    mass = NewMassMessage(
        to=ListSelection(smart=("subscribers",), custom=("l-1",)),
        text="Hi all",
        excluding=ListSelection(smart=("muted",)),
        scheduled_at=1_795_521_600_000,
    )

    sent = await fanvue.acting(LINK, lane=RequestLane.REPLY).lists.send_mass(mass, key="effect-1")

    assert (sent.id, sent.recipient_count, sent.created_at) == ("mass-1", 12, 1_795_521_600_000)
    assert far.last.json == {
        "text": "Hi all",
        "scheduledAt": "2026-11-24T12:00:00.000Z",
        "includedLists": {smart: ["subscribers"], "customListUuids": ["l-1"]},
        "excludedLists": {smart: ["muted"]},
    }
    assert far.last.headers["idempotency-key"] == "effect-1"


async def test_a_post_is_made_with_what_it_has(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(201, {"uuid": "p-1", "createdAt": "2026-11-24T12:00:00Z"}))
    post = NewPost(audience="subscribers", text="New", media=(MediaId("m"),), price=300)

    assert (await api.posts.create(post)).uuid == "p-1"
    assert far.last.json == {"audience": "subscribers", "text": "New", "mediaUuids": ["m"], "price": 300}


async def test_smart_lists_are_read_in_either_shape(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(
        reply(200, [{"name": "Subscribers", "uuid": "subscribers", "count": 3}]),
        reply(200, {"data": [{"name": "Subscribers", "id": "subscribers", "count": 3}]}),
    )

    assert (await api.lists.smart()) == (await api.lists.smart())


async def test_media_that_fanvue_refuses_are_absent(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(200, {"results": {"a": {"uuid": "a", "status": "ready"}, "b": None}, "errors": [{}]}))

    found = await api.posts.media_bulk([MediaId("a"), MediaId("b")], variants=["main", "thumbnail"])

    assert list(found) == ["a"]
    assert far.last.query == [("mediaUuids", "a,b"), ("variants", "main,thumbnail")]


async def test_a_batch_keeps_the_chats_apart(api: IdentityApi, far: PeerStandIn) -> None:
    good = {"messages": [{"uuid": MESSAGE, "text": "hi"}, {"text": "no id"}], "hasMore": True}
    far.does(reply(200, {"byChat": {FAN: good, "other": {"error": "forbidden"}, "odd": 5}}))

    chats = await api.chats.batch([FAN])

    assert [row.text for row in chats[FAN].page.rows] == ["hi"]
    assert [skipped.reason for skipped in chats[FAN].page.skipped] == ["no uuid"]
    assert chats[FAN].has_more
    assert chats[FanId("other")].error == "forbidden"
    assert chats[FanId("odd")].error == "not an object"


async def test_whatever_a_delete_answers_with_2xx_is_done(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(200, b"deleted"))

    await api.chats.delete(FAN, MESSAGE)

    assert (far.last.method, far.last.path) == ("DELETE", f"/chats/{FAN}/messages/{MESSAGE}")


async def test_who_signed_in_is_read_with_the_new_token_alone(fanvue: FanvueClient, far: PeerStandIn) -> None:
    far.does(reply(200, {"uuid": "c-1", "handle": "luna", "displayName": "Luna", "email": "x@example.test"}))

    me = await fanvue.whoami("fresh")

    assert (me.uuid, me.handle, me.display_name) == ("c-1", "luna", "Luna")
    assert "example.test" not in repr(me)
    assert far.last.headers["authorization"] == "Bearer fresh"


async def test_a_period_includes_its_start_and_excludes_its_end(api: IdentityApi, far: PeerStandIn) -> None:
    spender = {"user": {"uuid": FAN, "handle": "otter"}, "gross": 4000, "net": 3200, "messages": 7}
    summary = {"totals": {"allTime": {"gross": 10, "net": 8}}, "breakdownBySource": {"tips": {"gross": 1}}}
    far.does(reply(200, {"data": [spender], "nextCursor": None}), reply(200, summary))
    period = {"since": 1_795_521_600_000, "until": 1_795_608_000_000}

    spenders = [row async for page in api.money.top_spenders(**period) for row in page.rows]
    sums = await api.money.summary(**period)

    assert [(row.user.uuid, row.gross, row.messages) for row in spenders] == [(FAN, 4000, 7)]
    assert sums.totals is not None
    assert sums.totals.all_time is not None
    assert sums.totals.all_time.net == 8
    for seen in far.seen:
        assert ("startDate", "2026-11-24T12:00:00.000Z") in seen.query
        assert ("endDate", "2026-11-25T12:00:00.000Z") in seen.query


async def test_maps_that_are_none_are_unclear(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(200, []))

    with pytest.raises(RequestUnclear):
        await api.chats.batch([FAN])
    with pytest.raises(RequestUnclear):
        await api.chats.statuses([FAN])
    with pytest.raises(RequestUnclear):
        await api.posts.media_bulk([MediaId("a")])


@pytest.fixture(autouse=True)
async def _nothing_is_asked_twice(far: PeerStandIn) -> AsyncIterator[None]:
    """Every POST that arrives in this file arrives once with one token."""
    yield
    posts = [(seen.target, seen.body, seen.headers.get("authorization")) for seen in far.seen]
    posts = [post for post, seen in zip(posts, far.seen, strict=True) if seen.method == "POST"]
    assert len(posts) == len(set(posts))
