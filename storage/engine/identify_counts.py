"""Counts the IDENTIFY calls of all processes of a bot to Discord's gateway."""

from storage.database import Transaction

_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_TABLE = """CREATE TABLE IF NOT EXISTS bridge_identifies (
    application BIGINT NOT NULL, bucket BIGINT NOT NULL, at BIGINT NOT NULL)"""


async def ensure(tx: Transaction) -> None:
    """Have the table; call it before the others."""
    await tx.execute(_TABLE)


async def today(tx: Transaction, application: int, *, per_day: int) -> float:
    """Seconds until the day has room for another IDENTIFY; 0.0: it has. Nothing is counted."""
    row = await tx.one(
        """SELECT (at + :day - CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)) AS remains
           FROM bridge_identifies WHERE application = :application ORDER BY at DESC
           LIMIT 1 OFFSET :others""",
        application=application,
        day=_DAY,
        others=per_day - 1,
    )
    return max(int(row["remains"]) / _SECOND, 0.0) if row else 0.0


async def spend(
    tx: Transaction, application: int, bucket: int, *, every: float, per_day: int
) -> tuple[float, float]:
    """One IDENTIFY, now: (0.0, 0.0) if it may be sent, and it counts as sent.

    Else nothing was counted, and these are the seconds until there is room: in this bucket, which takes one
    each `every` seconds, and in the `per_day` of any 24 hours.
    """
    clock = await tx.one("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now")
    assert clock is not None
    now = int(clock["now"])
    await tx.execute(
        "DELETE FROM bridge_identifies WHERE application = :application AND at <= :before",
        application=application,
        before=now - _DAY,
    )
    rows = await tx.all(
        "SELECT bucket, at FROM bridge_identifies WHERE application = :application ORDER BY at",
        application=application,
    )
    times = [int(row["at"]) for row in rows]
    today = (times[-per_day] + _DAY - now) / _SECOND if len(times) >= per_day else 0.0
    here = [int(row["at"]) for row in rows if row["bucket"] == bucket]
    soon = max(here[-1] / _SECOND + every - now / _SECOND, 0.0) if here else 0.0
    if soon > 0 or today > 0:
        return soon, today
    await tx.execute(
        "INSERT INTO bridge_identifies (application, bucket, at) VALUES (:application, :bucket, :now)",
        application=application,
        bucket=bucket,
        now=now,
    )
    return 0.0, 0.0
