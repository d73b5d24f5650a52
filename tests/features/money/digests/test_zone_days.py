"""T14: 400 days in six zones, with restarts and clocks that jump; each told once.

Fall-backs of the clock, an hour that is left out, half hours, and midnights that do not exist lie in it.
"""

import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.features.money.digests.period_rules import DigestPeriod, days_of, due
from bot.features.money.digests.scheduling import DigestScheduler
from bot.features.money.periods.days import day_of
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.money import digests
from storage.money.digests import Digest
from storage.people import creators
from storage.records import Creator, CreatorId, DiscordId, Link, LinkId, LinkState, Millis
from tests.context_fixtures import context_in
from tests.database_place import database_in
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # its clock changes by half an hour
    "Pacific/Chatham",  # a quarter to the hour
    "America/Havana",  # its clock changes at midnight, so that one does not exist
    "Asia/Kolkata",  # never changes
)
BEGIN = datetime(2026, 2, 20, 12, tzinfo=UTC)
DAYS = 400
MINUTE: Millis = 60_000
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR
OWNER = DiscordId(7)


@asynccontextmanager
async def process(folder: Path, clock: SettableClock) -> AsyncIterator[tuple[Database, DigestScheduler]]:
    """The part of a bridge that wants digests, from its start to its end."""
    database = await open_database(database_in(folder), now=clock.now())
    on = await context_in(database, dispatch=ManualDriver(clock), clock=clock, ids=SeededIds())
    try:
        yield database, DigestScheduler(on)
    finally:
        await database.close()


async def settle(tx: Transaction, now: Millis) -> None:
    """A creator in each zone, with all three sorts; their hours are those at which clocks change, too."""
    for number, name in enumerate(ZONES):
        creator = CreatorId(name)
        await creators.learn(tx, Creator(creator, f"c{number}", name), now=now)
        link = Link(LinkId(name), creator, OWNER, DiscordId(8), 1, LinkState.ACTIVE, "", f"c{number}")
        await creators.add_link(tx, link, now=now)
        await digests.choose_zone(tx, creator, name)
        for sort, hour in zip(DigestPeriod, (number % 4, 0, 2), strict=True):
            since = due(sort, now, ZoneInfo(name), hour).isoformat()
            await digests.put(
                tx,
                Digest(creator, sort, OWNER, None, hour, figures="exact", quiet=False, since=since),
            )


async def told(tx: Transaction) -> Counter[tuple[str, str, str]]:
    """Zone, sort and day of every effect that was ever wanted."""
    rows = await tx.all("SELECT creator_uuid, cause FROM outbox WHERE kind = 'digest.read'")
    found = Counter[tuple[str, str, str]]()
    for row in rows:
        _, _, sort, day = row["cause"].rsplit(":", 3)
        found[row["creator_uuid"], sort, day] += 1
    return found


def wanted(first: Millis, last: Millis) -> set[tuple[str, str, str]]:
    """What had to be told between two moments, counted day by day from the zones' own calendars."""
    found = set()
    for number, name in enumerate(ZONES):
        zone = ZoneInfo(name)
        for sort, hour in zip(DigestPeriod, (number % 4, 0, 2), strict=True):
            day, end = day_of(first, zone) - timedelta(days=40), day_of(last, zone)
            while day < end:
                until = datetime(day.year, day.month, day.day, hour, tzinfo=zone) + timedelta(days=1)
                comes = int(until.astimezone(UTC).timestamp()) * 1000
                if _ends(sort, day) and first < comes <= last:
                    found.add((name, str(sort), day.isoformat()))
                day += timedelta(days=1)
    return found


def _ends(sort: DigestPeriod, day: date) -> bool:
    following = day + timedelta(days=1)
    return {
        DigestPeriod.DAILY: True,
        DigestPeriod.WEEKLY: following.weekday() == 0,
        DigestPeriod.MONTHLY: following.day == 1,
    }[sort]


async def test_each_day_week_and_month_is_told_exactly_once(tmp_path: Path) -> None:
    dice = random.Random(1)  # noqa: S311 - repeatable on purpose
    clock = SettableClock(int(BEGIN.timestamp()) * 1000)
    true, end = clock.at, clock.at + DAYS * DAY
    async with process(tmp_path, clock) as (database, _):
        await database.write(lambda tx: settle(tx, clock.at))
    restarts = jumps = 0
    ahead: Millis = 0
    while true < end:
        restarts += 1
        async with process(tmp_path, clock) as (database, wanting):
            for _ in range(dice.randrange(20, 120)):
                true += dice.randrange(20, 180) * MINUTE
                ahead = 0
                if dice.random() < 0.05:  # the clock is wrong at this look, and right at the next
                    jumps += 1
                    ahead = dice.choice((-1, 1)) * dice.choice((10 * MINUTE, HOUR, 5 * HOUR, DAY, 3 * DAY))
                clock.at = true + ahead
                await wanting.look()
    clock.at = true
    async with process(tmp_path, clock) as (database, wanting):
        await wanting.look()
        found = await database.read(told)

    must = wanted(int(BEGIN.timestamp()) * 1000, true)
    early = {one for one in found if one not in must}
    assert must - set(found) == set()
    assert set(found.values()) == {1}
    # What a clock that was ahead saw early is of days that are not over yet; nothing else came besides.
    assert all(
        days_of(DigestPeriod(sort), date.fromisoformat(day), ZoneInfo(name)).until > true - DAY
        for name, sort, day in early
    )
    assert len(must) >= len(ZONES) * (DAYS - 1)
    assert (restarts > 20, jumps > 100) == (True, True)


@pytest.mark.parametrize(
    ("jump", "back"),
    [(DAY, 2 * HOUR), (3 * DAY, 30 * HOUR), (40 * DAY, 5 * HOUR)],
)
async def test_a_clock_that_is_ahead_for_long_swallows_no_day(
    tmp_path: Path, jump: Millis, back: Millis
) -> None:
    clock = SettableClock(int(BEGIN.timestamp()) * 1000)
    true = clock.at
    async with process(tmp_path, clock) as (database, wanting):
        await database.write(lambda tx: settle(tx, clock.at))
        for hours in range(24 * 50):
            true += HOUR
            wrong = 100 * HOUR <= hours * HOUR < 100 * HOUR + back
            clock.at = true + (jump if wrong else 0)
            await wanting.look()
        found = await database.read(told)

    skipped = wanted(
        int(BEGIN.timestamp()) * 1000 + 100 * HOUR, int(BEGIN.timestamp()) * 1000 + 101 * HOUR + back
    )
    must = wanted(int(BEGIN.timestamp()) * 1000, true) - skipped
    assert must - set(found) == set()
    assert set(found.values()) == {1}
