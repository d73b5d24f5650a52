"""Lists of chats and people: filters, orders, pages, cursors, insights."""

import pytest

from bot.sandbox.fanvue import StandInFan
from tests.sandbox.fanvue.conftest import FanvueStage, refused


async def crowd(stage: FanvueStage, count: int) -> list[StandInFan]:
    """So many more fans who wrote one after the other."""
    fans = []
    for number in range(count):
        stage.clock.forward(1)
        fans.append(stage.server.world.add_fan(f"fan-{number}", f"Fan {number}", stage.creator))
        await fans[-1].write(f"I am {number}")
    return fans


async def handles(stage: FanvueStage, path: str, **query: object) -> list[str]:
    answer = await stage.call("GET", path, params=query)
    return [row["user"]["handle"] for row in answer.json()["data"]]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
async def test_a_cursor_walks_over_every_chat_once(stage: FanvueStage, size: int) -> None:
    fans = await crowd(stage, 7)
    seen: list[str] = []
    cursor = None
    while cursor is not None or not seen:
        query = {"size": size} | ({} if cursor is None else {"cursor": cursor})
        body = (await stage.call("GET", "/v1/chats", params=query)).json()
        seen += [row["user"]["uuid"] for row in body["data"]]
        cursor = body["nextCursor"]

    assert seen == [fan.uuid for fan in reversed(fans)]
    assert body["total"] == 7


async def test_a_cursor_loses_nobody_when_somebody_writes_between_the_pages(stage: FanvueStage) -> None:
    fans = await crowd(stage, 4)
    first = (await stage.call("GET", "/v1/chats", params={"size": 2})).json()
    stage.clock.forward(1)
    await fans[3].write("me again")
    second = (await stage.call("GET", "/v1/chats", params={"size": 2, "cursor": first["nextCursor"]})).json()

    rows = [row["user"]["handle"] for row in first["data"] + second["data"]]
    assert rows == ["fan-3", "fan-2", "fan-1", "fan-0"]


async def test_a_cursor_remembers_the_filters_of_its_first_page(stage: FanvueStage) -> None:
    fans = await crowd(stage, 4)
    await stage.call("GET", f"/v1/chats/{fans[0].uuid}/messages")
    first = (await stage.call("GET", "/v1/chats", params={"filter": "unread", "size": 2})).json()
    second = (await stage.call("GET", "/v1/chats", params={"cursor": first["nextCursor"]})).json()

    assert [row["user"]["handle"] for row in second["data"]] == ["fan-1"]


async def test_a_broken_cursor_is_refused(stage: FanvueStage) -> None:
    answer = await stage.call("GET", "/v1/chats", params={"cursor": "!!"})

    assert refused(answer) == (400, {"message": "Invalid cursor"})


async def test_numbered_pages_say_whether_there_is_more(stage: FanvueStage) -> None:
    await crowd(stage, 16)
    pages = [(await stage.call("GET", "/chats", params={"page": page})).json() for page in (1, 2, 3)]

    assert [page["pagination"] for page in pages] == [
        {"page": 1, "size": 15, "hasMore": True},
        {"page": 2, "size": 1, "hasMore": False},
        {"page": 3, "size": 0, "hasMore": False},
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["fan-0", "fan-2", "fan-1"]),
        ({"filter": "unread"}, ["fan-2", "fan-1"]),
        ({"filter": ["unread", "has_tipped"]}, ["fan-1"]),
        ({"filter": "not_answered"}, ["fan-2", "fan-1"]),
        ({"filter": "online"}, ["fan-2"]),
        ({"filter": "spenders"}, ["fan-1"]),
        ({"filter": "spent_more_than_50"}, ["fan-1"]),
        ({"filter": "archived"}, []),
        ({"filter": "recent_subscribers"}, ["fan-0", "fan-2", "fan-1"]),
        ({"smartListIds": ["muted", "non_renewing"]}, ["fan-0"]),
        ({"search": "FAN 1"}, ["fan-1"]),
        ({"sortBy": "online_now"}, ["fan-2", "fan-0", "fan-1"]),
        ({"sortBy": "most_unanswered_chats"}, ["fan-2", "fan-1", "fan-0"]),
    ],
)
async def test_chats_are_filtered_and_ordered(
    stage: FanvueStage, query: dict[str, object], expected: list[str]
) -> None:
    stage.server.switches.tips_show_in_chat = False
    answered, generous, present = await crowd(stage, 3)
    stage.clock.forward(1)
    await stage.call("GET", f"/v1/chats/{answered.uuid}/messages")
    stage.server.world.write_as_creator(answered, "Hello")
    await answered.cancel()
    await generous.tip(6000)
    await present.come_online()

    assert await handles(stage, "/v1/chats", **query) == expected
    assert await handles(stage, "/chats", **query) == expected


async def test_filters_for_creators_are_refused_to_others(stage: FanvueStage) -> None:
    member = stage.server.world.add_member("agent", "Agent", [])
    headers = stage.token(member)
    plain = await stage.call("GET", "/chats", headers=headers, params={"filter": "unread"})
    creators_only = await stage.call("GET", "/chats", headers=headers, params={"filter": "spenders"})

    assert (plain.status_code, creators_only.status_code) == (200, 403)


async def test_a_chat_can_be_marked_muted_and_named(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    path = f"/v1/chats/{stage.fan.uuid}"
    read = await stage.call("PATCH", path, {"isRead": True})
    after_read = (await stage.call("GET", path)).json()
    await stage.call("PATCH", path, {"isRead": False, "isMuted": True, "nickname": "Otter"})
    after_all = (await stage.call("GET", path)).json()

    assert (read.status_code, after_read["isRead"], after_read["unreadMessagesCount"]) == (204, True, 0)
    assert (after_all["isRead"], after_all["isMuted"], after_all["user"]["nickname"]) == (
        False,
        True,
        "Otter",
    )


async def test_unread_and_statuses_count_what_is_there(stage: FanvueStage) -> None:
    await stage.fan.write("one")
    await stage.fan.write("two")
    await stage.fan.come_online()
    stranger = "3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20"
    unread = (await stage.call("GET", "/chats/unread")).json()
    body = {"userUuids": [stage.fan.uuid, stranger]}
    statuses = (await stage.call("POST", "/chats/statuses", body)).json()

    assert (unread["unreadChatsCount"], unread["unreadMessagesCount"]) == (1, 2)
    assert statuses[stage.fan.uuid] == {"isOnline": True, "lastSeenAt": "2026-11-24T12:00:00.000Z"}
    assert statuses[stranger] == {"isOnline": False, "lastSeenAt": None}


async def test_smart_lists_count_their_members(stage: FanvueStage) -> None:
    ended = stage.server.world.add_fan("ended", "Ended", stage.creator)
    await ended.lapse()
    follower = stage.server.world.add_fan("shy", "Shy", stage.creator, subscribed=False)
    await follower.follow()
    rows = (await stage.call("GET", "/chats/lists/smart")).json()
    members = (await stage.call("GET", "/v1/chats/lists/smart/followers")).json()["data"]

    counts = {row["uuid"]: row["count"] for row in rows if row["count"]}
    assert counts == {"subscribers": 1, "auto_renewing": 1, "followers": 1, "expired_subscribers": 1}
    assert [row["handle"] for row in members] == ["shy"]


async def test_custom_lists_are_kept_and_names_are_unique(stage: FanvueStage) -> None:
    made = (await stage.call("POST", "/chats/lists/custom", {"name": "Best"})).json()
    twice = await stage.call("POST", "/chats/lists/custom", {"name": "Best"})
    path = f"/chats/lists/custom/{made['uuid']}"
    added = await stage.call("POST", f"{path}/members", {"userUuids": [stage.fan.uuid, made["uuid"]]})
    members = (await stage.call("GET", path)).json()["data"]
    removed = await stage.call("DELETE", f"{path}/members/{stage.fan.uuid}")
    renamed = await stage.call("PATCH", path, {"name": "Better"})
    listed = (await stage.call("GET", "/v1/chats/lists/custom")).json()["data"]
    deleted = await stage.call("DELETE", path)

    assert twice.status_code == 409
    assert added.json() == {"added": 1, "skipped": 1}
    assert [row["uuid"] for row in members] == [stage.fan.uuid]
    assert [answer.status_code for answer in (removed, renamed, deleted)] == [204, 204, 204]
    assert [(row["name"], row["membersCount"]) for row in listed] == [("Better", 0)]


async def test_subscriber_rows_tell_the_subscription_on_v1_only(stage: FanvueStage) -> None:
    await stage.fan.cancel()
    [new] = (await stage.call("GET", "/v1/subscribers")).json()["data"]
    [old] = (await stage.call("GET", "/subscribers")).json()["data"]
    one = await stage.call("GET", f"/v1/subscribers/{stage.fan.uuid}")

    assert (new["subscription"]["status"], new["subscription"]["autoRenewalEnabled"]) == ("cancelled", False)
    assert "subscription" not in old
    assert one.json() == new


async def test_insights_add_up_what_the_fan_paid_and_kept(stage: FanvueStage) -> None:
    await stage.fan.tip(500)
    await stage.fan.tip(1500)
    await stage.fan.refunded((await stage.fan.tip(9000)).id)
    insights = (await stage.call("GET", f"/v1/insights/fans/{stage.fan.uuid}")).json()
    stage.fan.block()
    after = (await stage.call("POST", "/insights/fans/batch", {"userUuids": [stage.fan.uuid]})).json()

    assert (insights["status"], insights["subscription"]["autoRenewalEnabled"]) == ("subscriber", True)
    assert insights["spending"]["total"] == {"gross": 2000, "total": 2000, "net": 1600}
    assert insights["spending"]["maxSinglePayment"]["gross"] == 1500
    assert insights["spending"]["sources"] == {"tip": {"gross": 2000, "total": 2000, "net": 1600}}
    assert after[stage.fan.uuid]["status"] == "not_contactable"


async def test_earnings_are_filtered_by_source_and_by_a_period_with_an_open_end(stage: FanvueStage) -> None:
    await stage.fan.tip(500)
    stage.clock.forward(1800)
    end = "2026-11-24T12:30:00Z"
    await stage.fan.renew()
    all_rows = (await stage.call("GET", "/insights/earnings")).json()["data"]
    tips = (await stage.call("GET", "/insights/earnings", params={"source": "tip,post"})).json()["data"]
    early = (await stage.call("GET", "/v1/insights/earnings", params={"endDate": end})).json()["data"]
    top = (await stage.call("GET", "/v1/insights/top-spenders")).json()["data"]

    assert [row["source"] for row in all_rows] == ["renewal", "tip"]
    assert [row["gross"] for row in tips] == [500]
    assert [row["source"] for row in early] == ["tip"]
    assert [(row["user"]["uuid"], row["gross"]) for row in top] == [(stage.fan.uuid, 1499)]


async def test_the_earnings_summary_is_stale_for_ten_minutes_and_leaves_reversals_out(
    stage: FanvueStage,
) -> None:
    path = "/v1/insights/earnings/summary"
    await stage.fan.refunded((await stage.fan.tip(500)).id)
    await stage.fan.renew()
    first = (await stage.call("GET", path)).json()
    await stage.fan.tip(1000)
    stale = (await stage.call("GET", path)).json()
    stage.clock.forward(600)
    fresh = (await stage.call("GET", path)).json()

    assert first["totals"]["allTime"] == {"gross": 1499, "net": 1199}
    assert first["breakdownBySource"]["tips"]["gross"] == 500
    assert first["earningsByType"]["renewals"]["gross"] == 999
    assert first["overTime"] == [{"periodStart": "2026-11-24T00:00:00.000Z", "gross": 1499, "net": 1199}]
    assert stale == first
    assert fresh["totals"]["thisMonth"]["gross"] == 2499


async def test_the_earnings_summary_counts_days_in_the_time_zone_asked_for(stage: FanvueStage) -> None:
    await stage.fan.tip(700)
    query = {"timezone": "Pacific/Kiritimati", "granularity": "week"}
    body = (await stage.call("GET", "/insights/earnings/summary", params=query)).json()
    wrong = await stage.call("GET", "/insights/earnings/summary", params={"timezone": "Mars"})

    # Noon in UTC on Tuesday is Wednesday there, in the week that began on Sunday ten o'clock in UTC.
    assert body["averageByDayOfWeek"]["3"] == 700
    assert body["overTime"][0]["periodStart"] == "2026-11-22T10:00:00.000Z"
    assert refused(wrong) == (400, {"errors": ["timezone must be an IANA time zone"]})
