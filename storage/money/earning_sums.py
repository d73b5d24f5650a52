"""Sums of the ledger by hours of a creator's days, always made from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, Millis
from storage.rows import record_of

_HOUR: Millis = 3_600_000
_DAY: Millis = 86_400_000


@dataclass(frozen=True)
class ZoneStretch:
    """A time in which the zone's clock is ahead of UTC by the same; `until` is outside."""

    since: Millis
    until: Millis
    ahead: Millis


@dataclass(frozen=True)
class EarningSum:
    """Income from one source under one currency, on one day or at one hour of the days."""

    place: int  # the day since 1970, or the hour
    source: str
    currency: str  # as Fanvue names it, '' where it does not
    gross: Cents
    net: Cents
    number: int
    without_net: int


async def zone(tx: Transaction, creator: CreatorId) -> str | None:
    """The name of the zone in which a creator's sums are; None: there are none yet."""
    row = await tx.one("SELECT zone FROM earnings_zones WHERE creator_uuid = :creator", creator=creator)
    return str(row["zone"]) if row else None


async def begin(tx: Transaction, creator: CreatorId, name: str) -> None:
    """Throw the sums away; the caller makes those of the new zone in the same transaction."""
    await tx.execute("DELETE FROM earnings_sums WHERE creator_uuid = :creator", creator=creator)
    await tx.execute(
        """INSERT INTO earnings_zones (creator_uuid, zone) VALUES (:creator, :zone)
           ON CONFLICT (creator_uuid) DO UPDATE SET zone = excluded.zone""",
        creator=creator,
        zone=name,
    )


async def reach(tx: Transaction, creator: CreatorId) -> tuple[Millis, Millis] | None:
    """The times of a creator's first and last row; None when there is none."""
    row = await tx.one(
        "SELECT MIN(at) AS first, MAX(at) AS last FROM earnings WHERE creator_uuid = :creator",
        creator=creator,
    )
    return None if row is None or row["first"] is None else (row["first"], row["last"])


async def sum_up(
    tx: Transaction, creator: CreatorId, first: int, last: int, of: Sequence[ZoneStretch]
) -> None:
    """Make the sums of these days (since 1970, both inside) from the rows; `of`: their parts."""
    await tx.execute(
        "DELETE FROM earnings_sums WHERE creator_uuid = :creator AND day BETWEEN :first AND :last",
        creator=creator,
        first=first,
        last=last,
    )
    for stretch in of:
        await tx.execute(
            f"""INSERT INTO earnings_sums (creator_uuid, day, hour, source, currency, gross, net, number,
                                           without_net)
                SELECT creator_uuid, day, hour, source, code, SUM(gross), SUM(COALESCE(net, 0)), COUNT(*),
                       SUM(CASE WHEN net IS NULL THEN 1 ELSE 0 END)
                FROM (SELECT creator_uuid, source, gross, net, COALESCE(currency, '') AS code,
                             (at + :ahead) / {_DAY} AS day, ((at + :ahead) / {_HOUR}) % 24 AS hour
                      FROM earnings WHERE creator_uuid = :creator AND at >= :since AND at < :until
                        AND gone_at IS NULL) AS lines
                GROUP BY creator_uuid, day, hour, source, code
                ON CONFLICT (creator_uuid, day, hour, source, currency) DO UPDATE SET
                    gross = earnings_sums.gross + excluded.gross, net = earnings_sums.net + excluded.net,
                    number = earnings_sums.number + excluded.number,
                    without_net = earnings_sums.without_net + excluded.without_net""",  # noqa: S608 - constants
            creator=creator,
            since=stretch.since,
            until=stretch.until,
            ahead=stretch.ahead,
        )


async def by_day(tx: Transaction, creator: CreatorId, first: int, last: int) -> list[EarningSum]:
    """Income on each of these days, oldest first."""
    return await _by(tx, "day", creator, first, last)


async def by_hour(tx: Transaction, creator: CreatorId, first: int, last: int) -> list[EarningSum]:
    """Income at each hour of these days together."""
    return await _by(tx, "hour", creator, first, last)


async def number(tx: Transaction, creator: CreatorId, first: int, last: int) -> int:
    """Count the rows of these days."""
    row = await tx.one(
        """SELECT COALESCE(SUM(number), 0) AS number FROM earnings_sums
           WHERE creator_uuid = :creator AND day BETWEEN :first AND :last""",
        creator=creator,
        first=first,
        last=last,
    )
    assert row is not None, "a sum has a row"
    return int(row["number"])


async def _by(tx: Transaction, place: str, creator: CreatorId, first: int, last: int) -> list[EarningSum]:
    rows = await tx.all(
        f"""SELECT {place} AS place, source, currency, SUM(gross) AS gross, SUM(net) AS net,
                   SUM(number) AS number, SUM(without_net) AS without_net
            FROM earnings_sums WHERE creator_uuid = :creator AND day BETWEEN :first AND :last
            GROUP BY {place}, source, currency ORDER BY {place}, source, currency""",  # noqa: S608 - constants
        creator=creator,
        first=first,
        last=last,
    )
    return [record_of(EarningSum, row) for row in rows]
