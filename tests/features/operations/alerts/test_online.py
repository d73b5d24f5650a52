"""A top spender came online: for whoever asked, once in hours, while it is news."""

import asyncio
from pathlib import Path

import pytest

from bot.access.roles import MoneyView
from bot.model.errors import TryLater
from bot.model.events import CameOnline, Person
from bot.relay.alerts import AlertChoice
from storage.database import Transaction
from storage.inbox import fans, watermarks
from storage.money import earning_events, earnings
from storage.operations import online_fans
from storage.records import Cents, FactId, Millis
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA
from tests.features.operations.alerts.alerts_scenario import AGAIN, OTHER, AlertsScenario
from tests.features.operations.alerts.forgetting_scenario import entered
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH

KIND = "top-spender-online"
MINUTE: Millis = 60_000
HOUR = 60 * MINUTE
LONG_AGO: Millis = 1_700_000_000_000


async def spent(bell: AlertsScenario, cents: Cents, fan: Person = EMMA, currency: str | None = None) -> None:
    """The ledger has a line of theirs."""

    async def work(tx: Transaction) -> None:
        name = await bell.effects.trail.pseudonyms.of(tx, CREATOR, fan.id)
        line = earnings.LedgerRow(bell.ids.new(), LONG_AGO, "tip", cents, None, currency, fan=name)
        await earnings.put(tx, CREATOR, line)

    await bell.database.write(work)


async def comes(bell: AlertsScenario, *people: Person, ago: Millis = 0) -> None:
    """They come online, and everything is done that can be."""
    at = bell.clock.now() - ago
    await bell.comes(*(CameOnline(CREATOR, fan, at) for fan in people or (EMMA,)))


async def on(bell: AlertsScenario, **values: object) -> None:
    """The channel is told of whoever has spent so much."""
    await bell.put(kind=KIND, **values)


async def test_without_a_rule_nobody_is_told_and_nothing_is_kept(bell: AlertsScenario) -> None:
    await spent(bell, 1_000_000)

    await comes(bell)

    assert bell.posts() == []
    assert await bell.database.read(lambda tx: fans.get(tx, CREATOR, EMMA.id)) is None


async def test_a_rule_tells_who_it_is_and_what_they_have_spent_with_a_reason(bell: AlertsScenario) -> None:
    said = await bell.chooses(MAYA, "creator", AlertChoice(KIND))
    await spent(bell, 123_456)

    await comes(bell)

    (post,) = bell.posts()
    (ref,) = bell.refs()
    assert post.splitlines()[:2] == [
        "A top spender came online",
        "Emma @quiet-otter, has spent **$1,234.56**",
    ]
    whom = "of fans with the tag vip, and of those who have spent $250.00 or more"
    assert said.startswith(f"**Top spenders online**: sent in the alerts channel, {whom}.")
    why = await bell.why(VERA, ref)
    assert why.startswith("**Top spenders online** of @lola. A lead chose this for this creator")
    assert f"Change it with `/settings alerts creator kind:{KIND}`." in why


@pytest.mark.parametrize(
    ("threshold", "cents", "told"),
    [
        (0, 24_999, False),
        (0, 25_000, True),
        (5_000, 4_999, False),
        (5_000, 5_000, True),
        (90_000, 89_999, False),
    ],
)
async def test_the_threshold_is_what_the_fan_has_spent_in_all(
    bell: AlertsScenario, threshold: Cents, cents: Cents, *, told: bool
) -> None:
    await on(bell, threshold=threshold)
    await spent(bell, cents - 1_000)
    await spent(bell, 1_500)
    await spent(bell, -500)  # a refund
    await spent(bell, 99_999_999, NOAH)
    await spent(bell, 99_999_999, currency="EUR")

    await comes(bell)

    assert len(bell.posts()) == int(told)


async def test_what_only_live_events_told_counts_where_the_list_cannot_be_read(bell: AlertsScenario) -> None:
    await on(bell)

    async def work(tx: Transaction) -> None:
        name = await bell.effects.trail.pseudonyms.of(tx, CREATOR, EMMA.id)
        for number in range(2):
            told = earning_events.EarningEvent(FactId(f"told-{number}"), LONG_AGO, "tip", 12_500, name)
            await earning_events.add(tx, CREATOR, told)

    await bell.database.write(work)

    await comes(bell)

    assert "$250.00" in bell.posts()[0]


async def test_the_same_fan_is_told_of_once_in_hours_and_another_one_too(bell: AlertsScenario) -> None:
    await on(bell)
    for fan in (EMMA, NOAH):
        await spent(bell, 50_000, fan)

    await comes(bell)
    for _ in range(10):
        await bell.pass_time(HOUR)
        await comes(bell)
    await comes(bell, NOAH)
    of_one_night = len(bell.posts())
    await bell.pass_time(AGAIN)
    await comes(bell)

    assert of_one_night == 2
    assert len(bell.posts()) == 3


@pytest.mark.parametrize("ago", [10 * MINUTE + 1, 24 * HOUR, -10 * MINUTE - 1])
async def test_what_comes_late_or_from_a_wrong_clock_tells_nothing_and_takes_no_turn(
    bell: AlertsScenario, ago: Millis
) -> None:
    await on(bell)
    await spent(bell, 50_000)

    await comes(bell, ago=ago)
    late = bell.posts()
    await comes(bell)

    assert late == []
    assert len(bell.posts()) == 1


async def test_what_could_not_be_told_in_time_is_told_no_more(bell: AlertsScenario) -> None:
    await on(bell)
    await spent(bell, 50_000)
    await bell.keep(CameOnline(CREATOR, EMMA, bell.clock.now()), kind="alert", key="one")
    bell.discord.faults.down = TryLater("Discord is away.", after=60.0)

    await bell.turn()
    await bell.pass_time(11 * MINUTE)
    bell.discord.faults.down = None
    await bell.pass_time(11 * MINUTE)

    assert bell.posts() == []
    assert await bell.ended() == ["cancelled"]


async def test_in_quiet_hours_it_is_not_told_nor_afterwards_and_counts_as_nothing(
    bell: AlertsScenario,
) -> None:
    begin = bell.clock.now() // MINUTE % 1440
    await on(bell, quiet_from=begin, quiet_to=(begin + 60) % 1440, zone="UTC")
    for fan in (EMMA, NOAH):
        await spent(bell, 50_000, fan)
    bell.vips.add(NOAH.id)

    await comes(bell, EMMA, NOAH)
    during = bell.posts()
    await bell.pass_time(61 * MINUTE)
    after = bell.posts()
    await comes(bell, EMMA, NOAH)

    assert [post.splitlines()[0] for post in during] == ["A VIP came online"]
    assert after == during
    assert [post.splitlines()[0] for post in bell.posts()[1:]] == ["A top spender came online"]


async def test_who_sees_no_figures_is_told_of_marked_fans_alone_and_who_sees_ranges_reads_one(
    bell: AlertsScenario,
) -> None:
    for member, money in ((NINA, MoneyView.HIDDEN), (OTTO, MoneyView.BANDED), (VERA, MoneyView.EXACT)):
        await bell.sees(member, money)
    said = [await bell.chooses(member, "mine", AlertChoice(KIND)) for member in (NINA, OTTO)]
    for fan in (EMMA, NOAH):
        await spent(bell, 123_456, fan)
    bell.vips.add(NOAH.id)

    await comes(bell, EMMA, NOAH)

    assert [post.splitlines()[0] for post in bell.reads(NINA)] == ["A VIP came online"]
    assert "$" not in bell.reads(NINA)[0]
    assert sorted(post.splitlines()[0] for post in bell.reads(OTTO)) == [
        "A VIP came online",
        "A top spender came online",
    ]
    assert all("has spent **$1,000 to $2,500**" in post for post in bell.reads(OTTO))
    assert bell.reads(VERA) == []
    assert "sent privately, of fans with the tag vip." in said[0]
    assert "$250.00 or more" in said[1]


async def test_a_threshold_obeys_what_its_reader_sees(bell: AlertsScenario) -> None:
    await bell.sees(NINA, MoneyView.HIDDEN)
    await bell.sees(OTTO, MoneyView.BANDED)
    await bell.sees(VERA, MoneyView.EXACT)
    hidden = await bell.chooses(NINA, "mine", AlertChoice(KIND, cents=50_000))
    between = await bell.chooses(OTTO, "mine", AlertChoice(KIND, cents=50_001))
    await bell.chooses(VERA, "mine", AlertChoice(KIND, cents=50_001))
    await bell.sees(VERA, MoneyView.HIDDEN)
    await spent(bell, 60_000)
    bell.vips.add(EMMA.id)

    await comes(bell)

    assert hidden.startswith("You can't see figures, so you can't filter alerts by amount")
    assert between.startswith("You see figures in ranges")
    assert [bell.reads(member) for member in (NINA, OTTO, VERA)] == [[], [], []]


async def test_a_channel_that_a_lead_without_figures_chose_hears_of_marked_fans_alone(
    bell: AlertsScenario,
) -> None:
    await on(bell, channel=OTHER, money="hidden")
    for fan in (EMMA, NOAH):
        await spent(bell, 50_000, fan)
    bell.vips.add(NOAH.id)

    await comes(bell, EMMA, NOAH)

    assert [post.splitlines()[:2] for post in bell.posts(OTHER)] == [["A VIP came online", "Noah @loud-owl"]]
    assert bell.posts() == []


async def test_several_share_a_message_of_their_own_and_none_joins_a_burst_of_tips(
    bell: AlertsScenario,
) -> None:
    await on(bell)
    for fan in (EMMA, NOAH):
        await spent(bell, 50_000, fan)

    await bell.comes(bell.tip(100))
    await comes(bell, EMMA, NOAH)
    await bell.pass_time(6_000)

    assert sorted(post.splitlines()[0] for post in bell.posts()) == [
        "2 top spenders online",
        "A tip",
    ]


async def test_everything_takes_it_in_without_its_amount_and_usual_is_nothing(bell: AlertsScenario) -> None:
    await bell.sees(VERA, MoneyView.EXACT)
    await bell.chooses(VERA, "mine", AlertChoice("everything", cents=1_000_000))
    await spent(bell, 30_000)
    await comes(bell)
    await bell.chooses(VERA, "mine", AlertChoice(KIND, state="usual"))
    await bell.pass_time(AGAIN)

    await comes(bell)

    assert len(bell.reads(VERA)) == 1


async def test_show_says_what_it_needs_until_such_an_event_has_come(bell: AlertsScenario) -> None:
    said = await bell.chooses(NINA, "mine", AlertChoice(KIND))
    before = await bell.shows(NINA)
    await bell.chooses(OTTO, "mine", AlertChoice("tip"))
    of_another = await bell.shows(OTTO)
    await bell.database.write(
        lambda tx: watermarks.heard(tx, CREATOR, "creator.fan.presence_changed", at=bell.clock.now())
    )
    after = await bell.shows(NINA)
    again = await bell.chooses(NINA, "mine", AlertChoice(KIND))

    assert "creator.fan.presence_changed" in said
    assert "which we haven't received yet" in before
    assert "Developer Area" in before
    assert "sent privately" in before
    assert "which we haven't received yet" not in of_another + after + again


async def test_show_lists_the_rules_and_says_what_holds_of_the_others(bell: AlertsScenario) -> None:
    without = await bell.shows(VERA)
    await bell.chooses(MAYA, "team", AlertChoice("follower", state="off"))
    await bell.chooses(VERA, "mine", AlertChoice("tip"))

    lines = (await bell.shows(VERA)).splitlines()

    assert "All alerts go to the alerts channel (except “top spender online”)." in without
    assert lines[2:] == [
        "- **New followers** (team's rule): off.",
        "- **Tips** (for you, about all here): sent privately.",
        "-# Default: shown in the alerts channel; top spenders online only with a rule.",
    ]


async def test_a_lost_answer_and_a_restart_tell_it_once(bell: AlertsScenario) -> None:
    await on(bell)
    await spent(bell, 50_000)
    bell.discord.faults.add("post", LostAnswer())

    await comes(bell)
    await bell.restart()
    await bell.pass_time(5 * MINUTE)

    assert len(bell.posts()) == 1


async def test_a_forgotten_fan_is_taken_out_with_what_was_told(tmp_path: Path) -> None:
    async with entered(tmp_path) as hall, asyncio.timeout(60):
        await on(hall)
        for fan in (EMMA, NOAH):
            await spent(hall, 50_000, fan)
        await comes(hall, EMMA, NOAH)
        await hall.pass_time(6_000)

        await hall.forgets(EMMA)
        await hall.turn()
        await hall.pass_time(AGAIN + HOUR)
        await comes(hall)

        assert [post.splitlines()[0] for post in hall.posts()] == ["A top spender came online"]
        assert "Noah" in hall.posts()[0]
        left = await hall.database.read(lambda tx: online_fans.told_to(tx, CREATOR, EMMA.id, since=0))
        assert left == set()
