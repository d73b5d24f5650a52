"""What a day's, a week's and a month's digest tell, quietly or beforehand."""

import asyncio
import re

import pytest

from bot.sandbox.discord.model import StandInChannel, StandInMessage, StandInOverwrite
from bot.sandbox.discord.permissions import ATTACH_FILES
from storage.database import Transaction
from storage.inbox import conversations, promises
from storage.inbox.promises import Promise
from storage.operations import fanvue_drift
from storage.operations.fanvue_drift import FanvueDrift
from storage.records import FanId
from tests.discord.discord_test_server import APPLICATION
from tests.features.money.ledger.ledger_fixtures import connected
from tests.features.money.periods.periods_scenario import PeriodsScenario

HOUR = 3_600_000
DAY = 24 * HOUR


async def wanted(bureau: PeriodsScenario, name: str = "money", **options: str) -> StandInChannel:
    """Into a channel of its own, at nine of Berlin."""
    channel = await bureau.channel(name)
    answer = await bureau.ask("money digest set", channel=channel.id, hour=9, zone="Europe/Berlin", **options)
    assert f"come to <#{channel.id}>" in answer.text
    return channel


async def at(bureau: PeriodsScenario, when: str) -> None:
    bureau.at(when, "Europe/Berlin")
    await bureau.look()


def only(found: list[StandInMessage]) -> StandInMessage:
    (message,) = found
    return message


async def test_a_week_is_told_on_its_monday_with_a_bar_for_each_day(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-11 12:00", "Europe/Berlin")
    channel = await wanted(bureau, sort="weekly")
    await bureau.fan.tip(2000)
    bureau.at("2026-11-18 12:00", "Europe/Berlin")
    await bureau.start()
    await bureau.fan.tip(3000)
    await at(bureau, "2026-11-23 08:59")
    before = bureau.posted(channel)

    await at(bureau, "2026-11-23 09:00")

    message = only([one for one in bureau.posted(channel) if one not in before])
    assert message.text.startswith("**Week of 16 Nov to 22 Nov 2026, @luna")
    assert "Gross **$30.00**" in message.text
    assert "Against the week before: **+$10.00** (+50 %), it was $20.00" in message.text
    alt = message.attachments[0].description or ""
    assert re.search(r"16 Nov \$0\.00, 17 Nov \$0\.00, 18 Nov \$30\.00, .*22 Nov \$0\.00", alt)


async def came(bureau: PeriodsScenario, *words: str) -> None:
    """Fanvue answers words that nobody knows, now."""

    async def work(tx: Transaction) -> None:
        for word in words:
            new = FanvueDrift("messages", "word", f"type: {word}", bureau.clock.at, "2025-06-26")
            await fanvue_drift.add(tx, new)

    await bureau.database.write(work)


async def test_a_weekly_digest_says_once_what_was_new_in_fanvues_answers(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-18 12:00", "Europe/Berlin")
    daily = await wanted(bureau, "days", sort="daily")
    channel = await wanted(bureau, "weeks", sort="weekly", figures="none", quiet="on")
    await bureau.start()
    await came(bureau, "VOICE", "GIFT")

    await at(bureau, "2026-11-23 09:00")
    bureau.at("2026-11-23 08:00", "Europe/Berlin")  # before the digest, and of the new week
    await came(bureau, "CALL")
    await at(bureau, "2026-11-30 09:00")
    await at(bureau, "2026-12-07 09:00")
    bureau.at("2026-12-09 12:00", "Europe/Berlin")
    await came(bureau, "POLL")
    await bureau.stop()  # over a Monday
    bureau.at("2026-12-22 12:00", "Europe/Berlin")
    await bureau.start()

    said = [re.findall(r"Fanvue answers something new: .*", one.text) for one in bureau.posted(channel)]
    end = "The bridge's operator finds {} with `doctor`."
    assert said == [
        [f"Fanvue answers something new: 2 things since 16 Nov 2026. {end.format('them')}"],
        [f"Fanvue answers something new: 1 thing since 23 Nov 2026. {end.format('it')}"],
        [f"Fanvue answers something new: 1 thing since 7 Dec 2026. {end.format('it')}"],
    ]
    assert not any("something new" in one.text for one in bureau.posted(daily))


async def test_a_month_is_told_on_its_first_day(bureau: PeriodsScenario) -> None:
    bureau.at("2026-10-15 12:00", "Europe/Berlin")
    channel = await wanted(bureau, sort="monthly")
    await bureau.fan.tip(2000)
    await bureau.start()
    bureau.at("2026-11-15 12:00", "Europe/Berlin")
    await bureau.fan.tip(3000)

    await at(bureau, "2026-12-01 09:00")

    message = only(bureau.posted(channel))
    assert message.text.startswith("**November 2026, @luna")
    assert "Against the month before: **+$10.00** (+50 %), it was $20.00" in message.text


async def test_each_sort_comes_by_itself_and_stops_by_itself(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-29 12:00", "Europe/Berlin")
    for sort in ("daily", "weekly", "monthly"):
        await wanted(bureau, sort, sort=sort)
    channels = {one.name: one for one in bureau.town.server.world.channels.values()}
    await bureau.start()
    stopped = await bureau.ask("money digest off", sort="weekly")
    shown = await bureau.ask("money digest show")
    again = await bureau.ask("money digest off", sort="weekly")

    await at(bureau, "2026-11-30 09:00")
    await at(bureau, "2026-12-01 09:00")

    assert stopped.text == "There is no weekly digest of @luna from now on."
    assert [line.split(" at ")[0] for line in shown.text.splitlines()[:2]] == [
        "Every day",
        "On the 1st of every month",
    ]
    assert again.text == "There is no weekly digest of @luna. See which exist with /money digest show."
    counted = {name: len(bureau.posted(channels[name])) for name in ("daily", "weekly", "monthly")}
    assert counted == {"daily": 2, "weekly": 0, "monthly": 1}


async def test_a_quiet_one_comes_when_there_is_something_to_say_and_not_else(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau, quiet="on")
    await bureau.start()

    await at(bureau, "2026-11-24 09:00")
    nothing = bureau.posted(channel)
    await bureau.fan.tip(100)
    await at(bureau, "2026-11-25 09:00")
    await at(bureau, "2026-11-26 09:00")

    assert nothing == []
    assert only(bureau.posted(channel)).text.startswith("**Tuesday, 24 Nov 2026")


async def test_what_waits_for_a_person_is_what_waits_when_it_leaves(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    await bureau.start()
    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    creator, fan, now = bureau.evening.creator, FanId(bureau.fan.uuid), bureau.clock.at

    async def owes(tx: Transaction) -> None:
        await promises.add(tx, Promise("p", creator, fan, None, now, now + HOUR, b""))
        await promises.add(tx, Promise("q", creator, fan, None, now, now + 2 * DAY, b""))
        await tx.execute(
            """INSERT INTO talks (creator_uuid, fan_uuid, state, version, waiting_since)
               VALUES (:creator, :fan, 'open', 1, :since)""",
            creator=creator,
            fan=fan,
            since=now - 2 * HOUR,
        )

    await bureau.database.write(owes)
    await bureau.look()

    text = only(bureau.posted(channel)).text
    assert text.startswith("**Monday, 23 Nov 2026, @luna: 2 things need your attention**")
    assert f"**1 fan** without an answer, the first wrote <t:{(now - 2 * HOUR) // 1000}:R>" in text
    assert "**1 promise** due within a day: `/fan promise list`" in text
    assert await bureau.database.read(lambda tx: conversations.get(tx, creator, fan)) is not None


async def test_the_mark_of_the_comparison_and_what_is_pending_are_said(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    await connected(bureau)
    await bureau.start()
    await bureau.fan.tip(1500)
    bureau.at("2026-11-24 04:10", "Europe/Berlin")
    await bureau.ask("money check")

    await at(bureau, "2026-11-24 09:00")

    assert "Compared with Fanvue on 24 Nov 2026, 04:10" in only(bureau.posted(channel)).text


async def test_in_ranges_neither_words_nor_chart_tell_more(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau, figures="ranges")
    await bureau.start()
    await bureau.fan.tip(1234)

    await at(bureau, "2026-11-24 09:00")

    message = only(bureau.posted(channel))
    assert "Gross **$10 to $25**" in message.text
    assert not re.search(r"\$[\d,]+\.\d\d", message.text + (message.attachments[0].description or ""))
    assert "$10 to $25" in (message.attachments[0].description or "")


async def test_without_figures_there_is_no_chart(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau, figures="none")
    await bureau.start()
    await bureau.fan.tip(1234)

    await at(bureau, "2026-11-24 09:00")

    message = only(bureau.posted(channel))
    assert message.attachments == []
    assert "$" not in message.text


async def test_where_the_bot_may_not_attach_files_the_words_come_and_say_so(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await bureau.channel("money", StandInOverwrite(APPLICATION, 1, 0, ATTACH_FILES))
    await bureau.ask("money digest set", channel=channel.id, hour=9, zone="Europe/Berlin")
    await bureau.start()
    await bureau.fan.tip(1234)

    await at(bureau, "2026-11-24 09:00")

    message = only(bureau.posted(channel))
    assert message.attachments == []
    assert "The chart is missing: allow the bot to attach files here." in message.text


@pytest.mark.parametrize("sort", ["daily", "weekly", "monthly"])
async def test_a_preview_is_private_says_so_and_takes_nothing_from_the_digest(
    bureau: PeriodsScenario, sort: str
) -> None:
    bureau.at("2026-11-30 15:00", "Europe/Berlin")
    channel = await wanted(bureau, sort=sort)
    await bureau.start()
    next_one = {"daily": "2026-12-02", "weekly": "2026-12-07", "monthly": "2027-01-01"}[sort]
    bureau.at("2026-12-01 12:00", "Europe/Berlin")
    await bureau.fan.tip(1500)
    await bureau.look()
    before = bureau.posted(channel)
    bureau.at(f"{next_one} 08:00", "Europe/Berlin")

    shown = await bureau.ask("money digest now", sort=sort)
    early = bureau.posted(channel)
    bureau.clock.at += HOUR
    await bureau.look()

    assert "The scheduled digest will still be sent" in shown.text
    assert shown.message is not None
    assert len(shown.message.attachments) == 1
    assert early == before
    first = only([one for one in bureau.posted(channel) if one not in before]).text.splitlines()[0].strip("*")
    assert first in shown.text


async def test_a_preview_of_a_quiet_one_says_that_it_would_not_come(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    await wanted(bureau, quiet="on")

    shown = await bureau.ask("money digest now")

    assert "Nothing to report, so this digest would be skipped" in shown.text


async def test_a_preview_without_fanvue_says_what_to_do(bureau: PeriodsScenario) -> None:
    bureau.evening.server.faults.add("error_before", "GET", "/insights/earnings", count=999, status=503)

    shown = await bureau.ask("money digest now")

    assert shown.text.startswith("We can't reach Fanvue right now.")


async def test_two_looks_at_once_want_one(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-23 15:00", "Europe/Berlin")
    channel = await wanted(bureau)
    await bureau.start()
    bureau.at("2026-11-24 09:00", "Europe/Berlin")
    bureau.driver.hold()
    wanting = bureau.digests.wanting
    seen = await bureau.database.read(wanting._due)  # what both have seen before either wanted it

    async def too_late(tx: Transaction) -> None:
        for one, day in seen:
            await wanting._want(tx, one, day)

    await asyncio.gather(*(wanting.look() for _ in range(4)), bureau.database.write(too_late))
    bureau.driver.let_go()
    await bureau.driver.turn()

    assert len(seen) == 1
    only(bureau.posted(channel))
