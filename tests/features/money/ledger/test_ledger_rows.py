"""The ledger is what Fanvue lists, its sums those of its rows; both databases."""

import random
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.engine.pseudonyms import Pseudonyms
from bot.features.money.ledger.fanvue import LedgerSourceListing, LedgerSourceRow
from bot.features.money.ledger.reading_plan import DAY, HOUR, LedgerWindow
from bot.features.money.ledger.sum_rules import summed_up
from bot.features.money.ledger.writer import LedgerChanges, in_zone, keep
from bot.features.money.ledger.zone_rules import number_of
from bot.features.money.periods.currency_sums import CurrencySum, EarningsTransaction, sums
from bot.features.money.periods.days import Days, day_of
from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.database import Database
from storage.money import digests, earning_answers, earning_events, earning_sums, earnings
from storage.money.earning_events import EarningEvent
from storage.money.earnings import LedgerRow
from storage.records import FactId, FanId
from tests.storage.record_fixtures import CREATOR

NAMES = Pseudonyms(sealer=Keyring([MasterKey("test", b"k" * 32)]), random=random.Random(5).randbytes)  # noqa: S311 - repeatable
FIRST = 20_500
WINDOW = LedgerWindow(FIRST, FIRST + 6)
ROW = LedgerSourceRow(
    at=WINDOW.since + HOUR, source="tip", gross=500, net=400, order="order-1", fan=FanId("emma")
)
BACK = LedgerSourceRow(
    at=ROW.at + DAY, source="refund", gross=-500, net=-400, order="order-2", reverses="order-1", fan=ROW.fan
)


async def listed(
    database: Database, *rows: LedgerSourceRow, unreadable: int = 0, began: int = 1
) -> LedgerChanges:
    """Fanvue lists these rows of the window."""
    told = LedgerSourceListing(rows, unreadable)
    return await database.write(lambda tx: keep(tx, NAMES, CREATOR, WINDOW, told, began=began))


async def kept(database: Database) -> list[LedgerRow]:
    return await database.read(
        lambda tx: earnings.between(tx, CREATOR, since=WINDOW.since, until=WINDOW.until)
    )


async def summed(database: Database, days: Days) -> list[CurrencySum]:
    first, last = number_of(days.first), number_of(days.last)
    summed = await database.read(lambda tx: earning_sums.by_day(tx, CREATOR, first, last))
    since, until = days.since, days.until
    untold = await database.read(
        lambda tx: earning_answers.without_net(tx, CREATOR, since=since, until=until)
    )
    return summed_up(summed, [], days, untold)


def days_in(zone: ZoneInfo) -> Days:
    return Days(zone, day_of(WINDOW.since, zone), day_of(WINDOW.until - 1, zone))


async def test_what_is_listed_again_is_there_once_and_a_net_that_comes_later_is_kept(known: Database) -> None:
    assert await listed(known, replace(ROW, net=None), BACK) == LedgerChanges(2, 0)
    assert await listed(known, ROW, BACK) == LedgerChanges(1, 0)
    assert await listed(known, replace(ROW, net=None), BACK) == LedgerChanges(0, 0)

    assert [(line.gross, line.net) for line in await kept(known)] == [(500, 400), (-500, -400)]
    (found,) = await summed(known, days_in(ZoneInfo("UTC")))
    assert (found.gross, found.net, found.count) == (0, 0, 2)
    assert list(found.by_day.values())[:2] == [500, -500]


async def test_what_is_listed_no_more_counts_nowhere_until_it_is_listed_again(known: Database) -> None:
    await listed(known, ROW, BACK)

    assert await listed(known, ROW, began=7) == LedgerChanges(0, 1)
    lost = await known.read(
        lambda tx: earnings.gone_between(tx, CREATOR, since=0, until=WINDOW.until, gone_since=7)
    )
    (found,) = await summed(known, days_in(ZoneInfo("UTC")))

    assert [line.order for line in lost] == ["order-2"]
    assert (found.gross, found.count) == (500, 1)
    assert await listed(known, ROW, BACK) == LedgerChanges(1, 0)
    assert len(await kept(known)) == 2


async def test_a_list_with_rows_that_could_not_be_read_takes_nothing_away(known: Database) -> None:
    await listed(known, ROW, BACK)

    assert await listed(known, ROW, unreadable=1) == LedgerChanges(0, 0)
    reads = await known.read(lambda tx: earnings.reads(tx, CREATOR, first=FIRST, last=FIRST + 6))

    assert len(await kept(known)) == 2
    assert {read.unreadable for read in reads.values()} == {1}


@pytest.mark.parametrize("event_first", [True, False])
async def test_an_event_finds_its_row_whichever_comes_first(known: Database, *, event_first: bool) -> None:
    emma = await known.write(lambda tx: NAMES.of(tx, CREATOR, FanId("emma")))
    told = EarningEvent(FactId("e"), ROW.at + 1, "tip", 500, fan=emma, payment="FV-1")
    if event_first:
        await known.write(lambda tx: earning_events.add(tx, CREATOR, told))
        await listed(known, ROW)
    else:
        await listed(known, ROW)
        await known.write(lambda tx: earning_events.add(tx, CREATOR, told))
        await listed(known, ROW, BACK)

    assert await known.read(lambda tx: earning_events.alone_between(tx, CREATOR, since=0, until=10**14)) == []
    await listed(known, BACK)  # its row is gone: it is a line of its own again
    alone = await known.read(lambda tx: earning_events.alone_between(tx, CREATOR, since=0, until=10**14))
    assert [one.fact for one in alone] == ["e"]


@pytest.mark.parametrize("name", ["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
async def test_sums_are_those_of_the_rows_in_any_zone_and_after_a_change_of_it(
    known: Database, name: str
) -> None:
    rows = some_rows(random.Random(name))  # noqa: S311 - repeatable
    await listed(known, *rows[:150])
    await known.write(lambda tx: digests.choose_zone(tx, CREATOR, name))
    await known.write(lambda tx: in_zone(tx, CREATOR))
    await listed(known, *rows[50:])

    days = days_in(ZoneInfo(name))

    assert await summed(known, days) == sums([transaction(line) for line in await kept(known)], days)
    hours = await known.read(
        lambda tx: earning_sums.by_hour(tx, CREATOR, number_of(days.first), number_of(days.last))
    )
    assert sum(one.gross for one in hours) == sum(row.gross for row in rows[50:])
    assert all(0 <= one.place < 24 for one in hours)


def some_rows(rng: random.Random) -> Sequence[LedgerSourceRow]:
    """Two hundred, all different."""
    return [
        LedgerSourceRow(
            at=rng.randrange(WINDOW.since, WINDOW.until),
            source=rng.choice(["tip", "message", "refund"]),
            gross=rng.randrange(-900, 900),
            net=rng.choice([None, 100]),
            currency=rng.choice([None, "USD", "EUR"]),
            order=f"order-{number}",
        )
        for number in range(200)
    ]


def transaction(line: LedgerRow) -> EarningsTransaction:
    return EarningsTransaction(line.at, line.source, line.gross, line.net, line.currency, line.order)


async def test_whether_it_can_be_paid_out_is_kept_and_what_fanvue_leaves_out_takes_nothing_away(
    database: Database,
) -> None:
    states = []
    for status in ("pendingBalance", "availableForPayout", None):
        await listed(database, replace(ROW, status=status))
        states.append((await kept(database))[0].status)

    assert states == ["pendingBalance", "availableForPayout", "availableForPayout"]


async def test_a_refund_of_another_sum_than_its_payment_is_a_finding_and_a_whole_one_is_none(
    database: Database,
) -> None:
    async def unequal() -> list[int]:
        pairs = await database.read(
            lambda tx: earnings.unequal_refunds(tx, CREATOR, since=WINDOW.since, until=WINDOW.until)
        )
        return [paid for _row, paid in pairs]

    await listed(database, ROW, BACK)
    whole = await unequal()
    await listed(database, ROW, replace(BACK, order="order-3", gross=-300))
    part = await unequal()

    assert (whole, part) == ([], [500])
