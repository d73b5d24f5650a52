"""Bursts: several alerts of one target are one message, each delivered once."""

from bot.model.events import Event, Person
from bot.relay.alerts import AlertChoice
from storage.records import FanId
from tests.features.inbox.claims.claims_scenario import NINA
from tests.features.operations.alerts.alerts_scenario import AlertsScenario
from tests.relay.fault_switchboard import LateCall, LostAnswer
from tests.relay.relay_scenario import ALERTS, NOAH

MINUTE, HOUR = 60_000, 3_600_000


def crowd(bell: AlertsScenario, number: int) -> list[Event]:
    """So many tips of a dollar, each by somebody else."""
    fans = (Person(FanId(f"fan-{n:05}"), f"fan{n}", f"Fan {n}") for n in range(number))
    return [bell.tip(100, fan) for fan in fans]


async def test_a_burst_is_one_message_newest_first_with_the_sum_in_its_first_line(
    bell: AlertsScenario,
) -> None:
    await bell.comes(*crowd(bell, 12))
    await bell.pass_time(6_000)

    (post,) = bell.posts()
    lines = post.splitlines()
    assert lines[0] == "12 tips ($12.00)"
    assert lines[1].startswith("A tip · **$1.00** from Fan 11 ")
    assert lines[11] == "… and 2 before."
    assert await bell.ended() == ["done"] * 12


async def test_what_comes_within_the_window_joins_and_later_ones_begin_anew(bell: AlertsScenario) -> None:
    await bell.comes(bell.tip(100))
    await bell.pass_time(10_000)
    await bell.comes(bell.follow(NOAH), bell.tip(200))
    await bell.pass_time(6_000)  # whatever was decided a moment after the first edit comes with the next
    joined = bell.posts()
    await bell.pass_time(30_000)
    await bell.comes(bell.tip(300))

    assert [post.splitlines()[0] for post in joined] == ["2 tips ($3.00), 1 new follower"]
    assert [post.splitlines()[0] for post in bell.posts()] == ["2 tips ($3.00), 1 new follower", "A tip"]


async def test_the_time_below_is_one_moment_or_two_and_names_the_day_where_it_is_another(
    bell: AlertsScenario,
) -> None:
    at = bell.clock.now() // 60_000 * 60
    begin = at // 60 % 1440
    end = {"quiet_to": (begin + 14 * 60) % 1440, "zone": "UTC"}
    for kind in ("tip", "follower"):
        await bell.put(kind=kind, quiet_from=begin, **end)
    bell.clock.at = at * 1000
    await bell.comes(bell.tip(100), bell.follow(NOAH))
    for wait in (HOUR, 12 * HOUR):
        await bell.pass_time(wait)
        await bell.comes(bell.tip(100))
    await bell.pass_time(2 * HOUR)
    gathered = bell.posts()[0].splitlines()[-1]
    await bell.put(kind="tip")
    await bell.pass_time(MINUTE)
    now = bell.clock.at = bell.clock.at // MINUTE * MINUTE
    await bell.comes(bell.tip(100), bell.tip(100))
    await bell.pass_time(6_000)
    at_once = bell.posts()[1].splitlines()[-1]
    await bell.pass_time(60_000 - 6_000 - 10_000)
    later = bell.clock.now()
    await bell.comes(bell.tip(100))
    await bell.pass_time(20_000)
    await bell.comes(bell.tip(100))
    await bell.pass_time(6_000)

    assert gathered == f"<t:{at}:f> to <t:{at + 13 * 3600}:f>"
    assert at_once == f"<t:{now // 1000}:f>"
    assert bell.posts()[2].splitlines()[-1] == f"<t:{later // 1000}:f> to <t:{later // 1000 + 20}:t>"


async def test_between_two_edits_there_is_a_pause_in_which_others_gather(bell: AlertsScenario) -> None:
    await bell.comes(bell.tip(100))
    await bell.comes(bell.tip(100))
    at_once = bell.posts()
    for _ in range(20):
        await bell.comes(bell.tip(100))
    await bell.pass_time(5_000)

    assert at_once[0].startswith("A tip")
    assert [post.splitlines()[0] for post in bell.posts()] == ["22 tips ($22.00)"]
    assert await bell.ended() == ["done"] * 22


async def test_a_restart_between_two_of_them_neither_loses_nor_doubles_any(bell: AlertsScenario) -> None:
    await bell.comes(bell.tip(100))
    await bell.comes(*crowd(bell, 5))

    await bell.restart()
    await bell.pass_time(10_000)

    assert [post.splitlines()[0] for post in bell.posts()] == ["6 tips ($6.00)"]
    assert await bell.ended() == ["done"] * 6


async def test_a_lost_answer_to_the_edit_repeats_the_edit_and_shows_each_once(bell: AlertsScenario) -> None:
    await bell.comes(bell.tip(100))
    bell.discord.faults.add("edit", LostAnswer())
    await bell.pass_time(6_000)
    await bell.comes(bell.tip(200), bell.tip(300))

    await bell.pass_time(60_000)

    assert [post.splitlines()[0] for post in bell.posts()] == ["3 tips ($6.00)"]
    assert await bell.ended() == ["done"] * 3


async def test_a_lost_answer_to_the_first_of_many_ends_in_one_message_with_all(bell: AlertsScenario) -> None:
    bell.discord.faults.add("post", LostAnswer())

    await bell.comes(*crowd(bell, 7))
    await bell.pass_time(60_000)

    assert [post.splitlines()[0] for post in bell.posts()] == ["7 tips ($7.00)"]
    assert await bell.ended() == ["done"] * 7


async def test_a_message_that_somebody_deleted_is_followed_by_a_new_one(bell: AlertsScenario) -> None:
    await bell.comes(bell.tip(100))
    bell.discord.channels[ALERTS].posts.clear()
    await bell.pass_time(6_000)

    await bell.comes(bell.tip(200))

    assert [post.splitlines()[:2] for post in bell.posts()] == [["A tip", "**$2.00** from Emma @quiet-otter"]]


async def test_who_sees_ranges_reads_no_sum_and_who_sees_none_no_amount(bell: AlertsScenario) -> None:
    await bell.chooses(NINA, "mine", AlertChoice("tip"))

    await bell.comes(*crowd(bell, 3))
    await bell.pass_time(6_000)

    (post,) = bell.reads(NINA)
    assert post.splitlines()[0] == "3 tips"
    assert "$" not in post


async def test_a_thousand_in_a_minute_are_few_messages_and_few_edits(bell: AlertsScenario) -> None:
    for _ in range(60):
        await bell.comes(*crowd(bell, 17))
        await bell.pass_time(1_000)
    await bell.pass_time(60_000)

    calls = bell.discord.faults.calls
    assert await bell.ended() == ["done"] * 1_020
    assert sum(int(post.split(" ", 1)[0].replace(",", "")) for post in bell.posts()) == 1_020
    assert len(bell.posts()) <= 3
    assert calls["post"] + calls["edit"] <= 20


async def test_the_quiet_hours_of_one_kind_hold_no_other_up(bell: AlertsScenario) -> None:
    await bell.put(kind="tip", quiet_from=0, quiet_to=24 * 60 - 1, zone="UTC")

    await bell.comes(bell.tip(), bell.follow())

    (post,) = bell.posts()
    assert "follow" in post


async def test_kinds_with_the_same_quiet_hours_are_one_message_at_their_end(bell: AlertsScenario) -> None:
    for kind in ("tip", "follower"):
        await bell.put(kind=kind, quiet_from=0, quiet_to=24 * 60 - 1, zone="UTC")

    await bell.comes(bell.tip(), bell.follow())
    during = bell.posts()
    await bell.pass_time(24 * 60 * 60_000)

    assert during == []
    assert len(bell.posts()) == 1


async def test_an_edit_that_is_carried_out_late_takes_nothing_away_that_joined_after_it(
    bell: AlertsScenario,
) -> None:
    await bell.comes(bell.tip(100))
    bell.discord.faults.add("edit", LateCall(by=20_000))
    await bell.pass_time(6_000)
    await bell.comes(bell.tip(200))
    await bell.pass_time(6_000)
    await bell.comes(bell.tip(300))

    await bell.pass_time(120_000)
    bell.discord.faults.catch_up()

    assert [post.splitlines()[0] for post in bell.posts()] == ["3 tips ($6.00)"]
