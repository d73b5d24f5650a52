"""Three years of transactions in the ledger, as if they had been read from Fanvue."""

from dataclasses import dataclass
from itertools import count, repeat

from bot.engine.pseudonyms import Pseudonyms
from bot.features.money.ledger.reading_plan import DAY, whole
from bot.features.money.ledger.writer import in_zone
from storage.database import Database, Transaction
from storage.inbox import fans
from storage.money import digests, earning_events, earnings
from storage.money.earning_events import EarningEvent
from storage.people import creators
from storage.records import Creator, CreatorId, DiscordId, FactId, Fan, FanId, Link, LinkId, LinkState, Millis

ZONE = "Europe/Berlin"
NOW: Millis = 1_795_726_800_000  # 2026-11-26 21:00 in Berlin
_YEARS = 1095  # days
_MOST_FANS = 20_000
_EACH = 50  # transactions of one fan
_NUMBERS = count(1)

# One row each `step` milliseconds up to now; every thousandth has no net yet, every fiftieth went back.
_ROWS = """INSERT INTO earnings (creator_uuid, row_key, at, source, gross, net, currency, order_id, fan)
    WITH RECURSIVE counted (n) AS (
        SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < {rows})
    SELECT '{creator}', 'row-' || n, {begin} + n * {step},
           CASE WHEN n % 50 = 0 THEN 'refund' WHEN n % 5 = 0 THEN 'tip' WHEN n % 5 = 1 THEN 'message'
                WHEN n % 5 = 2 THEN 'renewal' WHEN n % 5 = 3 THEN 'post' ELSE 'subscription' END,
           CASE WHEN n % 50 = 0 THEN -1 ELSE 1 END * (300 + n * 7919 % 5000),
           CASE WHEN n % 1000 = 7 THEN NULL
                ELSE CASE WHEN n % 50 = 0 THEN -1 ELSE 1 END * ((300 + n * 7919 % 5000) * 80 / 100) END,
           'USD', 'order-' || n, names.fan
    FROM counted JOIN bench_fans AS names ON names.place = counted.n * 7919 % {fans}"""


@dataclass(frozen=True)
class FilledLedger:
    """A creator with so many transactions."""

    link: Link
    rows: int
    fans: int


async def filled(database: Database, names: Pseudonyms, rows: int) -> FilledLedger:
    """A new creator, their fans, and transactions evenly over three years up to now."""
    number = next(_NUMBERS)
    creator, people = CreatorId(f"creator-{number}-{rows}"), max(min(rows // _EACH, _MOST_FANS), 1)
    link = Link(
        LinkId(f"link-{creator}"),
        creator,
        DiscordId(1),
        DiscordId(2),
        1,
        LinkState.ACTIVE,
        "",
        f"creator{number}",
    )
    sql = _ROWS.format(
        rows=rows,
        creator=creator,
        begin=NOW - _YEARS * DAY,
        step=_YEARS * DAY // rows,
        fans=people,
    )

    async def work(tx: Transaction) -> None:
        await creators.learn(tx, Creator(creator, link.handle, link.handle), now=0)
        await creators.add_link(tx, link, now=0)
        await digests.choose_zone(tx, creator, ZONE)
        await _people(tx, names, creator, people)
        await tx.execute(sql)
        await tx.execute("DROP TABLE bench_fans")
        days = whole(NOW).days()
        await earnings.have_read(tx, creator, days, at=NOW, unreadable=0)
        await _unpaired(tx, creator)

    await database.write(work)
    await database.write(lambda tx: in_zone(tx, creator))
    return FilledLedger(link, rows, people)


async def _people(tx: Transaction, names: Pseudonyms, creator: CreatorId, people: int) -> None:
    """Fans with names, each with a pseudonym under a sealed key of their own, as in the bridge."""
    await tx.execute("CREATE TABLE bench_fans (place BIGINT PRIMARY KEY, fan TEXT NOT NULL)")
    for number in range(people):
        fan = FanId(f"{number:08x}-0000-4000-8000-000000000000")
        name = await names.of(tx, creator, fan)
        await fans.learn(tx, Fan(creator, fan, f"fan{number}", f"Fan {number}", None, 0))
        await tx.execute("INSERT INTO bench_fans (place, fan) VALUES (:n, :fan)", n=number, fan=name)


async def _unpaired(tx: Transaction, creator: CreatorId) -> None:
    """Live events of three years that have no row: one in each week."""
    for number, gross in zip(range(_YEARS // 7), repeat(123)):
        at = NOW - number * 7 * DAY - DAY
        fact = FactId(f"fact-{creator}-{number}")
        told = EarningEvent(fact, at, "tip", gross, payment=f"FV-{number}")
        await earning_events.add(tx, creator, told)
