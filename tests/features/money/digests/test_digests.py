"""/money digest and what it brings: once for each day, late rather than twice."""

import pytest

from bot.discord.asking import NOT_HERE
from bot.sandbox.discord.model import StandInChannel, StandInOverwrite
from bot.sandbox.discord.permissions import SEND_MESSAGES
from storage.database import Transaction
from storage.engine import audit_log, restore_window
from storage.people import creators
from storage.records import DiscordId
from tests.discord.discord_test_server import APPLICATION
from tests.features.money.ledger.ledger_fixtures import comes, lists_no_more
from tests.features.money.periods.periods_scenario import PeriodsScenario

HOUR = 3_600_000
DAY = 24 * HOUR


async def wanted(bureau: PeriodsScenario, hour: int = 9, zone: str = "Europe/Berlin") -> StandInChannel:
    """Olivia lives in Berlin and wants her digest in a channel of its own."""
    channel = await bureau.channel("money")
    answer = await bureau.ask("money digest set", channel=channel.id, hour=hour, zone=zone)
    assert f"come to <#{channel.id}>" in answer.text
    await bureau.start()
    return channel


async def test_it_comes_at_the_hour_of_the_creator_about_the_day_before(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    await bureau.fan.tip(1500)
    bureau.at("2026-11-24 08:59", "Europe/Berlin")
    await bureau.fan.tip(777)  # of the next day
    await bureau.look()
    assert bureau.posted(channel) == []

    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    await bureau.look()
    await bureau.look()

    (message,) = bureau.posted(channel)
    assert "**Monday, 23 Nov 2026, @luna: all clear**" in message.text
    assert "Gross **$15.00**, net **$12.00**, 1 transaction" in message.text
    assert "Data as of 24 Nov 2026, 09:00, Europe/Berlin." in message.text


async def test_what_is_pending_is_no_net_of_nothing(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00")
    channel = await wanted(bureau)
    await bureau.ask("money earnings")
    tip = await bureau.fan.tip(1500)
    lists_no_more(bureau, tip)
    await comes(bureau, tip)

    bureau.at("2026-11-24 09:00")
    await bureau.look()

    (message,) = bureau.posted(channel)
    assert "Gross **$15.00**, **net pending**, 1 transaction" in message.text


async def test_a_first_one_does_not_come_before_its_hour(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)

    shown = await bureau.ask("money digest show")

    assert bureau.posted(channel) == []
    assert shown.text == (
        "Every day at 09:00 (Europe/Berlin) the earnings and the news of the day before come "
        f"to <#{channel.id}>, the next time <t:1795507200:R>.\nStop one with `/money digest off`, "
        "preview it with `/money digest now`."
    )


async def test_after_a_time_without_the_bridge_the_latest_one_comes_late_and_alone(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-20 12:00", "Europe/Berlin")
    channel = await wanted(bureau)
    await bureau.stop()
    for _ in range(4):
        await bureau.fan.tip(1000)
        bureau.clock.at += DAY
    bureau.at("2026-11-24 02:00", "Europe/Berlin")

    await bureau.start()

    (message,) = bureau.posted(channel)
    assert "Sunday, 22 Nov 2026" in message.text


async def test_a_zone_that_was_wrong_for_a_moment_keeps_none_back(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00")
    channel = await bureau.channel("money")
    await bureau.ask("money digest set", channel=channel.id, hour=0, zone="Pacific/Midway")
    await bureau.ask("settings zone", zone="Pacific/Kiritimati")
    await bureau.digests.wanting.look()
    await bureau.ask("settings zone", zone="Pacific/Midway")
    await bureau.start()
    assert bureau.posted(channel) == []  # there the day is not over yet

    await bureau.ask("settings zone", zone="Pacific/Kiritimati")
    await bureau.driver.turn()

    (message,) = bureau.posted(channel)
    assert "Monday, 23 Nov 2026" in message.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-03-28 12:00", "2026-03-29T03:00+02:00"),  # two o'clock is skipped: it comes at three
        ("2026-10-24 12:00", "2026-10-25T02:00+02:00"),  # two o'clock comes twice: it comes with the first
    ],
)
async def test_on_the_nights_of_the_clock_change_it_comes_once(
    bureau: PeriodsScenario, before: str, after: str
) -> None:
    bureau.at(before, "Europe/Berlin")
    channel = await wanted(bureau, hour=2)
    bureau.at(after)
    bureau.clock.at -= 1
    await bureau.look()
    assert bureau.posted(channel) == []

    for _ in range(4):
        bureau.clock.at += HOUR // 2
        await bureau.look()

    assert len(bureau.posted(channel)) == 1


async def test_one_whose_answer_was_lost_is_not_posted_twice(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    bureau.town.server.faults.lose_answer("POST", "/messages$")
    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    await bureau.look()

    await bureau.stop()
    bureau.clock.at += HOUR
    await bureau.start()
    await bureau.driver.pass_time(HOUR)

    assert len(bureau.posted(channel)) == 1


async def test_a_restored_database_finds_the_one_it_has_forgotten(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    await bureau.look()
    await bureau.stop()

    async def as_it_was_the_day_before(tx: Transaction) -> None:
        await tx.execute("DELETE FROM outbox")
        await tx.execute("DELETE FROM digests_told")
        await restore_window.remember(tx, now=bureau.clock.at + HOUR)

    await bureau.database.write(as_it_was_the_day_before)
    bureau.town.server.world.nonces.clear()  # Discord forgets them within minutes
    bureau.clock.at += HOUR
    await bureau.start()
    await bureau.driver.pass_time(HOUR)

    assert len(bureau.posted(channel)) == 1


async def test_while_fanvue_is_away_it_waits_and_an_older_one_makes_room(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    bureau.evening.server.faults.add("error_before", "GET", "/insights/earnings", count=999, status=503)
    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    await bureau.look()
    bureau.at("2026-11-25 09:00", "Europe/Berlin")
    await bureau.look()
    assert bureau.posted(channel) == []

    bureau.evening.server.faults.clear()
    await bureau.driver.pass_time(HOUR)

    (message,) = bureau.posted(channel)
    assert "Tuesday, 24 Nov 2026" in message.text
    assert "Data as of 25 Nov 2026" in message.text


async def test_one_that_was_switched_off_does_not_come(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    await bureau.ask("money digest off")

    bureau.clock.at += 3 * DAY
    await bureau.look()
    shown = await bureau.ask("money digest show")

    assert bureau.posted(channel) == []
    assert shown.text.startswith("There is no digest of @luna.")


async def test_it_ends_with_the_link_of_whoever_wanted_it(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)

    await bureau.database.write(lambda tx: creators.close(tx, bureau.link.id, now=bureau.clock.at))
    bureau.clock.at += 3 * DAY
    await bureau.look()

    assert bureau.posted(channel) == []


async def test_one_whose_channel_is_gone_goes_into_the_next_one(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    del bureau.town.server.world.channels[channel.id]
    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    await bureau.look()

    other = await wanted(bureau)
    await bureau.driver.pass_time(HOUR)

    assert len(bureau.posted(other)) == 1


async def test_its_button_shows_more_to_the_owner_and_nothing_to_others(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    await bureau.fan.tip(1500)
    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    await bureau.look()
    (message,) = bureau.posted(channel)

    mine = await bureau.town.olivia.click(message, "The last 30 days")
    await mine.done()
    hers = await bureau.town.maya.click(message, "The last 30 days")
    await hers.done()

    assert mine.ephemeral
    assert "Earnings of @luna, the last 30 days" in mine.text
    assert hers.text == NOT_HERE


async def test_nobody_has_the_bot_post_where_they_may_not_or_it_cannot(bureau: PeriodsScenario) -> None:
    quiet = await bureau.channel("quiet", StandInOverwrite(APPLICATION, 1, 0, SEND_MESSAGES))

    hers = await bureau.ask("money digest set", "maya", channel=quiet.id, hour=9)
    mine = await bureau.ask("money digest set", channel=quiet.id, hour=9)

    assert hers.text == NOT_HERE
    assert mine.text.startswith("The bot may not write there")


async def test_a_zone_is_chosen_from_a_list_in_any_case_and_holds_for_earnings(
    bureau: PeriodsScenario,
) -> None:
    there = bureau.town

    offered = await there.olivia.autocomplete(there.guild, there.lobby, "settings zone", "zone", "berl")
    wrong = await bureau.ask("settings zone", zone="Mars/Olympus")
    right = await bureau.ask("settings zone", zone="america/new york")
    answer = await bureau.ask("money earnings")

    assert [choice["value"] for choice in offered] == ["Europe/Berlin"]
    assert wrong.text.startswith("We don't know the time zone “Mars\\/Olympus”.")
    assert right.text == "The days of @luna now begin and end in America/New_York time."
    assert "(America/New_York)." in answer.text


async def test_what_the_owner_decides_is_in_the_audit(bureau: PeriodsScenario) -> None:
    await wanted(bureau)
    await bureau.ask("settings zone", zone="UTC")
    await bureau.ask("money digest off")

    lines = await bureau.database.read(lambda tx: audit_log.recent(tx, bureau.evening.creator, 9))

    assert [(line.action, line.actor) for line in lines[::-1]] == [
        (action, DiscordId(bureau.town.olivia.user.id)) for action in ("digest.set", "zone.set", "digest.off")
    ]
