"""Fanvue's list in the ledger: whole, resumed, late rows and lost ones."""

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.fanvue.budget import RequestLane
from bot.features.money.ledger.fanvue import (
    EarningsPort,
    FanvueEarnings,
    LedgerSourceListing,
    LedgerSourceTotals,
)
from bot.features.money.ledger.reader import LedgerReader
from bot.features.money.ledger.reading_plan import BACK, DAY, HELD, LedgerWindow, utc_day
from bot.model.acting_account import CallAccount
from storage.money import earnings
from storage.money.earnings import LedgerRow
from storage.records import CreatorId, Millis
from tests.fanvue.fanvue_scenario import LINK
from tests.features.money.ledger.ledger_fixtures import lists_no_more
from tests.features.money.periods.periods_scenario import PeriodsScenario


async def kept(bureau: PeriodsScenario) -> Sequence[LedgerRow]:
    creator = bureau.evening.creator
    return await bureau.database.read(lambda tx: earnings.between(tx, creator, since=0, until=10**14))


async def read_all(bureau: PeriodsScenario) -> int:
    """Look until nothing is due; how often that was."""
    rounds = 1
    while await bureau.ledger.reader.look():
        rounds += 1
    return rounds


def requests(bureau: PeriodsScenario) -> list[Any]:
    found = bureau.evening.server.ledger.of("request", method="GET")
    return [entry for entry in found if entry["path"].endswith("/insights/earnings")]


async def test_three_years_are_read_in_rounds_the_newest_first_and_then_only_what_may_change(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2024-02-29 12:00")
    await bureau.fan.tip(100)
    bureau.at("2026-11-24 12:00")
    await bureau.fan.tip(200)

    assert await bureau.ledger.reader.look()
    assert [line.gross for line in await kept(bureau)] == [200]
    rounds = await read_all(bureau)
    before = len(requests(bureau))
    await read_all(bureau)

    assert [line.gross for line in await kept(bureau)] == [100, 200]
    assert 3 <= rounds <= 5  # the more days at once, the emptier they were
    assert len(requests(bureau)) == before
    bureau.clock.at += 5 * 60_000
    await read_all(bureau)
    assert len(requests(bureau)) == before + 1  # today and yesterday


async def test_a_row_that_comes_late_is_found_and_one_that_is_gone_counts_no_more(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-24 12:00")
    first = await bureau.fan.tip(100)
    await read_all(bureau)
    bureau.clock.at += DAY * 5
    late = await bureau.fan.tip(700)
    late.at = first.at
    lists_no_more(bureau, first)

    await read_all(bureau)

    assert [line.gross for line in await kept(bureau)] == [700]
    answer = await bureau.ask("money earnings", period="7")
    assert "Gross **$7.00**" in answer.text


async def test_what_could_not_be_read_before_is_read_the_next_time(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.fan.tip(100)
    bureau.evening.server.faults.add("error_before", "GET", r".*/insights/earnings", status=503)

    await bureau.ledger.reader.look()
    assert await kept(bureau) == []
    await read_all(bureau)

    assert [line.gross for line in await kept(bureau)] == [100]


async def test_a_rebuild_reads_every_day_anew_and_figures_stay_meanwhile(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.fan.tip(100)
    await read_all(bureau)

    answer = await bureau.ask("money rebuild")

    assert "We are reading the whole ledger of" in answer.text
    assert [line.gross for line in await kept(bureau)] == [100]
    before = len(requests(bureau))
    await read_all(bureau)
    assert len(requests(bureau)) - before >= BACK // 92
    assert [line.gross for line in await kept(bureau)] == [100]


async def test_figures_that_were_read_once_are_told_while_fanvue_is_away(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.fan.tip(100)
    await read_all(bureau)
    bureau.clock.at += 3 * 3_600_000
    bureau.evening.server.faults.add("error_before", "GET", r".*/insights/earnings", status=503, count=None)

    answer = await bureau.ask("money earnings")

    assert "Gross **$1.00**" in answer.text
    assert "Data as of 24 Nov 2026, 12:00, UTC." in answer.text


async def test_a_window_is_asked_once(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    today = utc_day(bureau.clock.at)

    await bureau.ledger.reader.fresh(bureau.evening.creator, LedgerWindow(today - 6, today))
    await bureau.ledger.reader.fresh(bureau.evening.creator, LedgerWindow(today - 6, today))

    assert len(requests(bureau)) == 1


async def busy(bureau: PeriodsScenario, day: str, payments: int) -> None:
    """So many payments lie on a day."""
    bureau.at(f"{day} 12:00")
    for number in range(payments):
        await bureau.fan.tip(100 + number)


class WatchedFanvueList:
    """Fanvue's list, and how many rows of each answer of several days were held at once."""

    def __init__(self, there: EarningsPort) -> None:
        self._there = there
        self.held: list[int] = []

    async def rows(
        self, creator: CreatorId, since: Millis, until: Millis, *, most: int | None = None
    ) -> LedgerSourceListing | None:
        listed = await self._there.rows(creator, since, until, most=most)
        if listed is not None and until - since > DAY:
            self.held.append(len(listed.rows))
        return listed

    async def summary(
        self, creator: CreatorId, since: Millis, until: Millis
    ) -> dict[str, LedgerSourceTotals]:
        return await self._there.summary(creator, since, until)


def watching(bureau: PeriodsScenario) -> tuple[LedgerReader, WatchedFanvueList]:
    """A reader of the bureau's ledger that is looked at."""

    async def identity(_creator: CreatorId) -> CallAccount:
        return CallAccount(LINK)

    there = WatchedFanvueList(
        FanvueEarnings(bureau.evening.fanvue, identity, asyncio.sleep, RequestLane.LEDGER)
    )
    names, clock = bureau.effects.trail.pseudonyms, bureau.clock
    made = LedgerReader(
        database=bureau.database, asked=there, unasked=there, names=names, clock=clock, divisor=1.0
    )
    return made, there


async def test_days_that_turn_out_busy_after_empty_years_are_not_held_at_once(
    bureau: PeriodsScenario,
) -> None:
    for day in ("2025-03-03", "2025-03-04", "2025-03-05", "2025-03-09"):
        await busy(bureau, day, 400)
    bureau.at("2026-11-24 12:00")

    reader, there = watching(bureau)

    while await reader.look():
        pass

    assert len(await kept(bureau)) == 1600
    assert max(there.held) <= HELD
    assert len(requests(bureau)) < 120  # what was stopped costs two pages, and single days are not kept to


async def test_a_busy_week_that_is_asked_for_is_read_by_days_and_others_have_a_turn_between(
    bureau: PeriodsScenario,
) -> None:
    for day in ("2026-11-20", "2026-11-21", "2026-11-22"):
        await busy(bureau, day, 400)
    bureau.at("2026-11-24 12:00")
    today = utc_day(bureau.clock.at)
    (reader, there), creator = watching(bureau), bureau.evening.creator

    await reader.fresh(creator, LedgerWindow(today - 6, today))
    again = await reader.again(creator, LedgerWindow(today - 6, today))

    assert (again.came, again.gone, again.rows) == (0, 0, 1200)
    assert len(await kept(bureau)) == 1200
    assert max(there.held, default=0) <= HELD


class HeldFanvueList(WatchedFanvueList):
    """Its first answer is kept back until it may come."""

    def __init__(self, there: EarningsPort) -> None:
        super().__init__(there)
        self.listed, self.may_come = asyncio.Event(), asyncio.Event()

    async def rows(
        self, creator: CreatorId, since: Millis, until: Millis, *, most: int | None = None
    ) -> LedgerSourceListing | None:
        found = await super().rows(creator, since, until, most=most)
        self.listed.set()
        await self.may_come.wait()
        return found


async def test_what_another_process_has_read_meanwhile_is_not_taken_for_lost(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.fan.tip(100)
    creator, today = bureau.evening.creator, utc_day(bureau.clock.at)
    (slow, there), (quick, _) = watching(bureau), watching(bureau)
    held = HeldFanvueList(there)
    slow._asked = held
    reading = asyncio.create_task(slow.again(creator, LedgerWindow(today, today)))
    await held.listed.wait()
    bureau.clock.at += 1000
    await bureau.fan.tip(200)
    await quick.again(creator, LedgerWindow(today, today))

    held.may_come.set()
    changed = await reading

    assert [line.gross for line in await kept(bureau)] == [100, 200]
    assert changed.gone == 0
