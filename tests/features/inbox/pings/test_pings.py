"""Pings ring for whom they should, once, without a name, and go with the answer."""

from storage.inbox import timers
from storage.inbox.pings import PingMode
from storage.inbox.timers import TimerSettings
from storage.money import digests
from storage.operations import attention
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA
from tests.features.inbox.pings.pings_scenario import MINUTE, PingsScenario
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, NOAH


async def test_nobody_is_pinged_who_did_not_choose_it(team: PingsScenario) -> None:
    await team.fan_writes()

    assert team.rung() == []


async def test_each_member_hears_of_what_they_chose(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.CONVERSATIONS)
    await team.choose(OTTO, PingMode.MESSAGES)

    await team.fan_writes("first")
    await team.pass_time(2 * MINUTE)
    await team.fan_writes("second")

    assert team.rung() == [{NINA, OTTO}, {OTTO}]
    assert len(team.standing_pings()) == 1, "the newer one took the older one's place"


async def test_what_a_lock_screen_shows_has_neither_name_nor_text(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)

    await team.fan_writes("a secret")
    (first,) = team.standing_pings()
    await team.pass_time(2 * MINUTE)
    await team.fan_writes("another secret")
    (second,) = team.standing_pings()

    assert "New conversation" in first
    assert "New message" in second
    for said in (first, second):
        assert "Emma" not in said
        assert "secret" not in said


async def test_only_mine_are_the_fans_whom_the_member_answered_last(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MINE)
    await team.fan_writes()
    await team.fan_writes("I am Noah", NOAH)
    nobody = team.rung()
    await team.says("hello Emma", NINA)
    await team.says("hello Noah", OTTO, NOAH)
    await team.turn()
    await team.pass_time(10 * MINUTE)

    await team.fan_writes("and you?")
    await team.fan_writes("and you?", NOAH)

    assert nobody == []
    assert team.rung() == [{NINA}]


async def test_a_fan_who_writes_fast_rings_once_a_minute(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    for _ in range(5):
        await team.fan_writes("…")
        await team.pass_time(10_000)
    few = len(team.rung())
    await team.pass_time(MINUTE)
    await team.fan_writes("still here")

    assert (few, len(team.rung())) == (1, 2)


async def test_nobody_is_pinged_while_somebody_answers(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    await team.fan_writes()
    await team.begins(OTTO)
    await team.pass_time(MINUTE)
    await team.fan_writes("are you typing?")
    during = len(team.rung())
    await team.releases(OTTO)
    await team.pass_time(2 * MINUTE)
    await team.fan_writes("hello?")

    assert (during, len(team.rung())) == (1, 2)


async def test_an_answer_takes_the_ping_away(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    await team.fan_writes()
    before = len(team.standing_pings())

    await team.says("here I am", OTTO)
    await team.turn()

    assert before == 1
    assert team.standing_pings() == []


async def test_own_quiet_hours_are_in_ones_own_zone_and_nothing_rings_afterwards(team: PingsScenario) -> None:
    local = team.clock.at // MINUTE % 1440
    hours = {"quiet_from": _clock(local - 60), "quiet_to": _clock(local + 60)}
    await team.choose(NINA, PingMode.MESSAGES, zone="UTC", **hours)
    await team.choose(OTTO, PingMode.MESSAGES, zone="Asia/Tokyo", **hours)

    await team.fan_writes()
    await team.pass_time(90 * MINUTE)

    assert team.rung() == [{OTTO}]


async def test_the_teams_quiet_hours_hold_for_everybody(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    await team.database.write(lambda tx: digests.choose_zone(tx, CREATOR, "UTC"))
    local = team.clock.at // MINUTE % 1440
    quiet = TimerSettings(CREATOR, 10, None, local, (local + 60) % 1440)
    await team.database.write(lambda tx: timers.put(tx, quiet, by=NINA, now=0))

    await team.fan_writes()

    assert team.rung() == []


async def test_a_member_who_may_not_answer_any_more_is_not_pinged(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    await team.choose(VERA, PingMode.MESSAGES)  # as from a time when she still answered

    await team.fan_writes()

    assert team.rung() == [{NINA}]


async def test_a_message_that_is_found_late_rings_no_phone(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    late = team.wrote("from an hour ago")
    team.clock.at += 60 * MINUTE

    await team.happen(late)
    await team.turn()

    assert team.rung() == []


async def test_a_ping_whose_answer_got_lost_is_one_ping(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    await team.happen(team.wrote("hi"))
    team.discord.faults.add("post", LostAnswer())

    for _ in range(4):
        await team.turn()
        await team.pass_time(MINUTE)
    await team.restart()
    await team.turn()

    assert len(team.standing_pings()) == 1
    assert len(team.rung()) == 1


async def test_the_ping_of_a_snoozed_fan_goes(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    await team.came()
    await team.turn()
    before = len(team.standing_pings())

    await team.snoozes("in 1 hour")
    await team.turn()

    assert before == 1
    assert team.standing_pings() == []


def _clock(minutes: int) -> str:
    return f"{minutes % 1440 // 60:02d}:{minutes % 60:02d}"


async def test_without_an_alerts_channel_a_ping_lapses_and_troubles_nobody(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES)
    team.discord.delete(ALERTS)

    await team.fan_writes()
    troubled = await team.database.read(attention.how_many)
    await team.pass_time(60 * MINUTE)
    (ping,) = await team.database.read(
        lambda tx: tx.all("SELECT state FROM outbox WHERE kind = 'ping.message'")
    )

    assert troubled == 0
    assert ping["state"] == "cancelled"
