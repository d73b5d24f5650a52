"""Ledger data for answers beside its sums: fans, hours of the week."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, Millis, Pseudonym
from storage.rows import record_of

_SHORT: Millis = 92 * 86_400_000  # for so long reading by time is the shorter way


@dataclass(frozen=True)
class Spender:
    """Income from one fan under one currency, less money that went back."""

    fan: Pseudonym | None  # None: Fanvue did not say who, or they were forgotten before they were read
    currency: str  # as Fanvue names it, '' where it does not
    gross: Cents
    net: Cents
    number: int
    without_net: int  # so many of them have no net yet


@dataclass(frozen=True)
class HourOfWeek:
    """Income at one hour of one day of the week under one currency."""

    weekday: int  # 0 is Monday
    hour: int
    currency: str
    gross: Cents
    number: int


async def spenders(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis, limit: int
) -> list[Spender]:
    """Fans whose rows of a time sum up to most, most first; `until` is outside."""
    # Of many days the rows lie in an index in the order of fans; the sign keeps SQLite from the one of times.
    at = "at" if until - since <= _SHORT else "+at"
    rows = await tx.all(
        f"""SELECT fan, currency, SUM(gross) AS gross, SUM(COALESCE(net, 0)) AS net, COUNT(*) AS number,
                   COUNT(*) - COUNT(net) AS without_net
           FROM earnings WHERE creator_uuid = :creator AND {at} >= :since AND {at} < :until
             AND gone_at IS NULL AND fan IS NOT NULL
           GROUP BY fan, currency HAVING SUM(gross) > 0
           ORDER BY SUM(gross) DESC, fan, COALESCE(currency, '') LIMIT :limit""",  # noqa: S608 - constants
        creator=creator,
        since=since,
        until=until,
        limit=limit,
    )
    return [record_of(Spender, row, currency=row["currency"] or "") for row in rows]


async def nameless(tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis) -> list[Spender]:
    """Income of a time from nobody in particular, by currency."""
    rows = await tx.all(
        """SELECT COALESCE(currency, '') AS code, SUM(gross) AS gross, SUM(COALESCE(net, 0)) AS net,
                  COUNT(*) AS number, COUNT(*) - COUNT(net) AS without_net
           FROM earnings WHERE creator_uuid = :creator AND at >= :since AND at < :until AND gone_at IS NULL
             AND fan IS NULL
           GROUP BY COALESCE(currency, '') ORDER BY code""",
        creator=creator,
        since=since,
        until=until,
    )
    return [record_of(Spender, row, fan=None, currency=row["code"]) for row in rows]


async def without_net(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis
) -> dict[str, Cents]:
    """The gross of the rows of a time for which Fanvue told no net yet, by currency."""
    rows = await tx.all(
        """SELECT COALESCE(currency, '') AS code, SUM(gross) AS gross
           FROM earnings WHERE creator_uuid = :creator AND at >= :since AND at < :until AND gone_at IS NULL
             AND net IS NULL
           GROUP BY COALESCE(currency, '')""",
        creator=creator,
        since=since,
        until=until,
    )
    return {row["code"]: int(row["gross"]) for row in rows}


async def by_hour_of_week(tx: Transaction, creator: CreatorId, first: int, last: int) -> list[HourOfWeek]:
    """Income of these days (since 1970, both inside) by weekday and hour of the sums' zone."""
    rows = await tx.all(
        """SELECT (day + 3) % 7 AS weekday, hour, currency, SUM(gross) AS gross, SUM(number) AS number
           FROM earnings_sums WHERE creator_uuid = :creator AND day BETWEEN :first AND :last
           GROUP BY (day + 3) % 7, hour, currency ORDER BY (day + 3) % 7, hour, currency""",
        creator=creator,
        first=first,
        last=last,
    )
    return [record_of(HourOfWeek, row) for row in rows]
