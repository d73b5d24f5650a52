"""Asks every question of a filled ledger, and keeps one more day of it."""

import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.charts import resident_mib
from benchmarks.earnings.ledger_filling import NOW, FilledLedger, filled
from bot.access.permits import Actor, Permit
from bot.access.policy import Action
from bot.access.roles import OWNER, MoneyView
from bot.engine.pseudonyms import Pseudonyms
from bot.fanvue.figures import TopSpender
from bot.features.money.ledger.fanvue import LedgerSourceListing, LedgerSourceRow, LedgerSourceTotals
from bot.features.money.ledger.reader import LedgerReader
from bot.features.money.ledger.reading_plan import DAY, HOUR, LedgerWindow, utc_day
from bot.features.money.ledger.service import LedgerService
from bot.features.money.ledger.writer import keep
from bot.features.money.periods.bands import Show
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days
from bot.features.money.reports.feature import ReportsFeature
from storage.database import Database
from storage.records import CreatorId, FanId, Millis

CREATORS = 5
_ROUNDS = 5
_YEARS, _MONTH = "last 3 years", "this month"
Ask = Callable[[], Awaitable[Any]]


@dataclass
class StandingClock:
    """A clock that stands."""

    at: Millis = NOW

    def now(self) -> Millis:
        return self.at


class UnneededFanvue:
    """Fanvue, which must not be needed: all was read, and every fan has a name."""

    async def rows(
        self, creator: CreatorId, since: Millis, until: Millis, *, most: int | None = None
    ) -> LedgerSourceListing | None:
        raise AssertionError(f"asked of {creator} from {since} to {until}, at most {most}")

    async def summary(
        self, creator: CreatorId, since: Millis, until: Millis
    ) -> dict[str, LedgerSourceTotals]:
        raise AssertionError(f"asked of {creator} from {since} to {until}")

    async def top(self, creator: CreatorId, days: Days) -> Sequence[TopSpender]:
        raise AssertionError(f"asked of {creator}, {days}")


def income(database: Database, names: Pseudonyms) -> ReportsFeature:
    """The bridge's own answers, on a ledger that is read."""
    there, clock = UnneededFanvue(), StandingClock()
    reader = LedgerReader(
        database=database, asked=there, unasked=there, names=names, clock=clock, divisor=1.0
    )
    books = LedgerService(database=database, reader=reader, clock=clock)
    return ReportsFeature(
        database=database, books=books, reading=there, names=names, clock=clock, beside=no_goals
    )


async def no_goals(
    _creator: CreatorId, _days: Days, _sums: Sequence[CurrencySum], _show: Show
) -> Sequence[str]:
    """Nobody has set one."""
    return ()


async def measured(database: Database, names: Pseudonyms, rows: int) -> dict[str, float]:
    """Milliseconds of every answer at this many rows of one creator, and MiB of memory.

    `processor`: of this process alone, which a busy machine changes little; PostgreSQL's are not in it.
    """
    asked = income(database, names)
    before = resident_mib()
    began = time.perf_counter()
    one = await filled(database, names, rows)
    made = time.perf_counter() - began
    parts = [await filled(database, names, max(rows // CREATORS, 1)) for _ in range(CREATORS)]
    filled_up = resident_mib()
    found = {"rows": float(rows), "fans": float(one.fans), "fill_s": round(made, 2)}
    for name, ask in questions(asked, one, parts).items():
        took, used = [], []
        for _ in range(_ROUNDS):
            start, before_it = time.perf_counter(), time.process_time()
            await ask()
            took.append((time.perf_counter() - start) * 1000)
            used.append((time.process_time() - before_it) * 1000)
        found[f"{name}_ms"] = round(statistics.median(took), 1)
        found[f"{name}_longest_ms"] = round(max(took), 1)
        found[f"{name}_processor_ms"] = round(statistics.median(used), 1)
    found["keep_a_day_ms"] = round(await _kept(database, names, one), 1)
    found["rss_mib"] = round(resident_mib() or 0, 1)
    found["rss_added_by_answers_mib"] = round((resident_mib() or 0) - (filled_up or 0), 1)
    found["rss_before_mib"] = round(before or 0, 1)
    return found


def questions(asked: ReportsFeature, one: FilledLedger, parts: list[FilledLedger]) -> dict[str, Ask]:
    """Each as somebody asks it: words, comparison and picture."""
    answers, link, exact = asked.answers, one.link, MoneyView.EXACT
    actor = Actor(link.discord_user, link.guild)
    permits = [Permit(actor, Action.EARNINGS, part.link.creator, part.link, OWNER) for part in parts]
    return {
        "today": lambda: answers.earnings(link, "today", exact),
        "month": lambda: answers.earnings(link, _MONTH, exact),
        "year_compared": lambda: answers.earnings(link, "last year", exact),
        "three_years": lambda: answers.earnings(link, _YEARS, exact),
        "best_hours": lambda: answers.hours(link, _YEARS, exact),
        "top_fans": lambda: answers.top(link, _YEARS, exact),
        "top_fans_month": lambda: answers.top(link, _MONTH, exact),
        "all_of_five": lambda: asked.everyone.earnings(permits, _YEARS),
    }


async def _kept(database: Database, names: Pseudonyms, one: FilledLedger) -> float:
    """Milliseconds in which one more day, as busy as the others, takes its place in the ledger."""
    today, number = utc_day(NOW) - 1, max(one.rows // 1095, 1)
    window = LedgerWindow(today, today)
    rows = tuple(
        LedgerSourceRow(
            at=window.since + n * (DAY // number),
            source="tip",
            gross=500,
            net=400,
            order=f"new-{n}",
            fan=FanId(f"{n % one.fans:08x}-0000-4000-8000-000000000000"),
        )
        for n in range(number)
    )
    creator = one.link.creator
    began = time.perf_counter()
    await database.write(
        lambda tx: keep(tx, names, creator, window, LedgerSourceListing(rows), began=NOW + HOUR)
    )
    return (time.perf_counter() - began) * 1000


def progress(text: str) -> None:
    """Beside the result."""
    sys.stderr.write(f"{text}\n")
