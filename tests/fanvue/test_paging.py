"""The three ways in which lists go on."""

import pytest

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import RequestUnclear
from bot.fanvue.paging import first_of
from storage.records import FanId
from tests.fanvue.fanvue_scenario import LINK
from tests.fanvue.peer_stand_in import PeerStandIn, reply

FAN = FanId("fan-1")


def users(*names: str) -> list[dict[str, str]]:
    return [{"uuid": name} for name in names]


async def followers(api: IdentityApi) -> list[list[str]]:
    return [[row.uuid for row in page.rows] async for page in api.lists.followers()]


@pytest.fixture
def old(fanvue: FanvueClient) -> IdentityApi:
    fanvue.addresses.prefix = ""
    return fanvue.acting(LINK, lane=RequestLane.SWEEP)


async def test_numbered_pages_end_when_there_are_no_more(old: IdentityApi, far: PeerStandIn) -> None:
    far.does(
        reply(200, {"data": users("a", "b"), "pagination": {"page": 1, "size": 2, "hasMore": True}}),
        reply(200, {"data": users("c"), "pagination": {"page": 2, "size": 1, "hasMore": False}}),
    )

    assert await followers(old) == [["a", "b"], ["c"]]
    assert [seen.query for seen in far.seen] == [
        [("page", "1"), ("size", "50")],
        [("page", "2"), ("size", "50")],
    ]


async def test_behind_an_empty_page_is_nothing(old: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(200, {"data": [], "pagination": {"page": 1, "size": 0, "hasMore": True}}))

    assert await followers(old) == [[]]


async def test_cursor_pages_end_with_a_null_cursor(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(
        reply(200, {"data": users("a"), "nextCursor": "n/2=", "total": 2}),
        reply(200, {"data": users("b"), "nextCursor": None, "total": None}),
    )

    assert await followers(api) == [["a"], ["b"]]
    assert far.last.query == [("size", "50"), ("cursor", "n/2=")]


async def test_filters_of_a_list_of_chats_stay_on_every_page(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(200, {"data": [], "nextCursor": "2"}), reply(200, {"data": [], "nextCursor": None}))

    async for _ in api.chats.list(kinds=["unread", "online"]):
        pass

    for seen in far.seen:
        assert [value for name, value in seen.query if name == "filter"] == ["unread", "online"]


async def test_later_pages_of_v1_posts_carry_the_cursor_alone(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(200, {"data": [], "nextCursor": "2"}), reply(200, {"data": [], "nextCursor": None}))

    async for _ in api.posts.list():
        pass

    assert far.seen[0].query == [("includeUnpublished", "true"), ("size", "50")]
    assert far.seen[1].query == [("cursor", "2")]


async def test_a_date_window_is_passed_back_until_it_is_null(api: IdentityApi, far: PeerStandIn) -> None:
    window = {"sentBefore": "2026-11-20T00:00:00.000Z", "receivedBefore": "2026-11-21T00:00:00.000Z"}
    far.does(
        reply(200, {"data": users("m1"), "dateFilter": window}),
        reply(200, {"data": users("m2"), "dateFilter": {"sentBefore": None, "receivedBefore": None}}),
    )

    pages = [page async for page in api.chats.messages(FAN)]

    assert [row.uuid for page in pages for row in page.rows] == ["m1", "m2"]
    assert far.last.query == [("markAsRead", "false"), ("limit", "50"), *window.items()]


@pytest.mark.parametrize("body", [{"data": [{"uuid": "a"}], "nextCursor": "same"}], ids=["cursor"])
async def test_a_list_that_leads_in_a_circle_ends(api: IdentityApi, far: PeerStandIn, body: object) -> None:
    far.does(reply(200, body))

    with pytest.raises(RequestUnclear, match="circle"):
        await followers(api)

    assert len(far.seen) == 2


async def test_a_row_that_cannot_be_read_costs_only_itself(api: IdentityApi, far: PeerStandIn) -> None:
    rows = [{"uuid": "a"}, {"handle": "no id"}, "text", None, {"uuid": "b", "handle": 5}]
    far.does(reply(200, {"data": rows, "nextCursor": None}))

    page = await first_of(api.lists.followers())

    assert [row.uuid for row in page.rows] == ["a", "b"]
    assert [skipped.reason for skipped in page.skipped] == ["no uuid", "not an object", "not an object"]


@pytest.mark.parametrize("body", [{}, {"data": None}, {"data": {}}, "rows", None, 5], ids=repr)
async def test_an_answer_that_is_no_list_is_unclear(api: IdentityApi, far: PeerStandIn, body: object) -> None:
    far.does(reply(200, body))

    with pytest.raises(RequestUnclear):
        await followers(api)


async def test_the_first_page_costs_one_request(api: IdentityApi, far: PeerStandIn) -> None:
    far.does(reply(200, {"data": users("a"), "nextCursor": "2", "total": 7}))

    page = await first_of(api.lists.followers())

    assert (len(page.rows), page.total, len(far.seen)) == (1, 7, 1)


@pytest.mark.parametrize(
    ("prefix", "first", "begin"),
    [
        ("/v1", {"nextCursor": "c2"}, [("size", "50"), ("cursor", "c2")]),
        ("", {"pagination": {"page": 1, "size": 1, "hasMore": True}}, [("page", "2"), ("size", "50")]),
    ],
    ids=["v1", "unversioned"],
)
async def test_a_list_goes_on_behind_an_earlier_page_under_the_same_filters(
    fanvue: FanvueClient,
    far: PeerStandIn,
    prefix: str,
    first: dict[str, object],
    begin: list[tuple[str, str]],
) -> None:
    fanvue.addresses.prefix = prefix
    posts = fanvue.acting(LINK, lane=RequestLane.REFRESH).posts
    far.does(reply(200, {"data": users("a"), **first}), reply(200, {"data": users("b"), "nextCursor": None}))

    one = await first_of(posts.media(kind="video", status=["ready"]))
    two = await first_of(posts.media(kind="video", status=["ready"], begin=one.next))

    assert one.next == begin
    assert [row.uuid for row in two.rows] == ["b"]
    assert two.next is None
    assert far.last.query == [("mediaType", "video"), ("status", "ready"), *begin]
