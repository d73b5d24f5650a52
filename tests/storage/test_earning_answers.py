"""Fans, hours of the week, what lacks a net, rows near an event; both databases."""

import random

from bot.features.money.ledger.pairing_rules import APART, paired
from storage.database import Database, Transaction
from storage.money import digests, earning_answers, earning_events, earning_sums, earnings, unpaired_earnings
from storage.money.earning_events import EarningEvent
from storage.money.earning_sums import ZoneStretch
from storage.money.earnings import LedgerRow
from storage.records import FactId, Pseudonym
from tests.storage.record_fixtures import CREATOR

HOUR, DAY = 3_600_000, 86_400_000
FIRST = 20_412  # 2025-11-20, a Thursday
SINCE = FIRST * DAY


async def put(database: Database, *lines: LedgerRow) -> None:
    async def work(tx: Transaction) -> None:
        for line in lines:
            await earnings.put(tx, CREATOR, line)

    await database.write(work)


def line(key: str, at: int, gross: int, **other: object) -> LedgerRow:
    made: dict[str, object] = {"net": gross * 80 // 100, "source": "tip", "order": f"order-{key}"} | other
    return LedgerRow(key=key, at=SINCE + at, gross=gross, **made)  # type: ignore[arg-type]  # a test's own


async def test_spenders_are_summed_by_currency_without_what_is_gone_or_nobodys(known: Database) -> None:
    emma, owl = Pseudonym("emma"), Pseudonym("owl")
    await put(
        known,
        line("a", 0, 500, fan=emma),
        line("b", 1, 700, fan=owl, net=None),
        line("c", 2, 900, fan=emma, currency="EUR"),
        line("d", 3, -100, fan=owl, source="refund"),
        line("e", 4, 300),
        line("f", DAY, 9_000, fan=owl),
        line("g", 5, 8_000, fan=owl),
        line("h", 6, -50, fan=Pseudonym("only back"), source="refund"),
    )
    await known.write(lambda tx: earnings.lose(tx, CREATOR, ["g"], now=1))

    top = await known.read(
        lambda tx: earning_answers.spenders(tx, CREATOR, since=SINCE, until=SINCE + DAY, limit=3)
    )
    nobody = await known.read(
        lambda tx: earning_answers.nameless(tx, CREATOR, since=SINCE, until=SINCE + DAY)
    )
    lacking = await known.read(
        lambda tx: earning_answers.without_net(tx, CREATOR, since=SINCE, until=SINCE + DAY)
    )

    assert [(one.fan, one.currency, one.gross, one.net, one.number) for one in top] == [
        (emma, "EUR", 900, 720, 1),
        (owl, "", 600, -80, 2),
        (emma, "", 500, 400, 1),
    ]
    assert [(one.gross, one.number) for one in nobody] == [(300, 1)]
    assert lacking == {"": 700}


async def test_hours_of_the_week_begin_on_monday(known: Database) -> None:
    await put(known, line("a", 21 * HOUR, 500), line("b", 4 * DAY, 700), line("c", 7 * DAY + 21 * HOUR, 300))
    days = ZoneStretch(SINCE, SINCE + 9 * DAY, 0)
    await known.write(lambda tx: digests.choose_zone(tx, CREATOR, "UTC"))
    await known.write(lambda tx: earning_sums.sum_up(tx, CREATOR, FIRST, FIRST + 8, [days]))

    found = await known.read(lambda tx: earning_answers.by_hour_of_week(tx, CREATOR, FIRST, FIRST + 8))

    assert [(one.weekday, one.hour, one.gross, one.number) for one in found] == [
        (0, 0, 700, 1),
        (3, 21, 800, 2),
    ]


async def test_rows_near_an_event_leave_the_same_pairs_as_all_rows(known: Database) -> None:
    rng = random.Random(11)  # noqa: S311 - repeatable
    fans = [Pseudonym("emma"), Pseudonym("owl")]
    await put(
        known,
        *(
            line(f"{n}", rng.randrange(2 * DAY), 100 * rng.randrange(1, 3), fan=rng.choice(fans))
            for n in range(300)
        ),
    )
    told = [
        EarningEvent(
            FactId(f"{n}"), SINCE + rng.randrange(2 * DAY), "tip", 100 * rng.randrange(1, 3), rng.choice(fans)
        )
        for n in range(60)
    ] + [EarningEvent(FactId("far"), SINCE + DAY, "tip", None, payment="order-7")]

    async def work(tx: Transaction) -> None:
        for one in told:
            await earning_events.add(tx, CREATOR, one)

    await known.write(work)

    until = SINCE + 2 * DAY
    alone = await known.read(lambda tx: earning_events.alone_between(tx, CREATOR, since=SINCE, until=until))
    every = await known.read(
        lambda tx: earnings.alone_between(tx, CREATOR, since=SINCE - APART, until=until + APART)
    )
    near = await known.read(
        lambda tx: unpaired_earnings.near(tx, CREATOR, since=SINCE, until=until, apart=APART)
    )

    few, many = paired(alone, near), paired(alone, every)
    assert len(near) < len(every)
    assert (set(few.pairs), few.alike, few.alone) == (set(many.pairs), many.alike, many.alone)
    assert ("far", "7") in few.pairs
