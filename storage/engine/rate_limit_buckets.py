"""Rate limits that several processes share, in the time of their database.

A bucket is the moment up to which its calls are spread out: each moves it on by one step. A caller that
finds it further ahead than there is room for a burst waits. So in no window are there more calls than the
burst and the rate's share for it, regardless of the callers and their clocks.
"""

from dataclasses import dataclass

from storage.database import FrequentStatement, Transaction

MICROS = 1_000_000
_TABLE = "CREATE TABLE IF NOT EXISTS bridge_buckets (key TEXT PRIMARY KEY, spread BIGINT NOT NULL)"
NOW = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now"
_UP_TO = """SELECT spread FROM bridge_buckets WHERE key = :key"""
_MOVE = """INSERT INTO bridge_buckets (key, spread) VALUES (:key, :spread)
    ON CONFLICT (key) DO UPDATE SET spread = excluded.spread"""
# One call in its turn: what time it is, and up to when the bucket's calls are spread now. One statement,
# because it is said for every call, and all other processes wait meanwhile.
NEXT = f"""WITH clock AS MATERIALIZED ({NOW}), turn AS (
        INSERT INTO bridge_buckets AS bucket (key, spread) SELECT :key, now + :step FROM clock
        ON CONFLICT (key) DO UPDATE SET spread = GREATEST(bucket.spread + :step, excluded.spread)
        RETURNING spread)"""  # noqa: S608 - constants
_RESERVE = FrequentStatement(f"{NEXT} SELECT now, spread FROM clock, turn")  # noqa: S608 - constants


@dataclass(frozen=True)
class BucketLimit:
    """`burst` calls at once, and `per_second` on average."""

    burst: int
    per_second: float

    @property
    def step(self) -> int:
        """Microseconds by which one call moves a bucket on, rounded up."""
        return -int(-MICROS // self.per_second)

    @property
    def ahead(self) -> int:
        """Microseconds by which a bucket is ahead of the call that moved it there, when its turn is."""
        return self.burst * self.step

    def most(self, seconds: float) -> float:
        """The most calls that there can be in any window of this length."""
        return self.burst + self.per_second * seconds


async def ensure(tx: Transaction) -> None:
    """Have the table; call it before the others."""
    await tx.execute(_TABLE)


async def take(tx: Transaction, key: str, limit: BucketLimit, *, spared: float = 0.0) -> float:
    """One call, now: 0.0, or seconds until there is room for it and nothing was taken.

    `spared`: the share of a burst, below 1, that is left to those who matter more.
    """
    now, spread = await _state(tx, key)
    room = round((limit.burst - 1 - spared * limit.burst) * limit.step)
    if spread - now > room:
        return (spread - now - room) / MICROS
    await tx.execute(_MOVE, key=key, spread=spread + limit.step)
    return 0.0


async def reserve(tx: Transaction, key: str, limit: BucketLimit) -> float:
    """One call in its turn: seconds until then, 0.0 for at once. It counts as made."""
    row = await tx.one(_RESERVE, key=key, step=limit.step)
    assert row is not None
    return max(int(row["spread"]) - limit.ahead - int(row["now"]), 0) / MICROS


async def _state(tx: Transaction, key: str) -> tuple[int, int]:
    """The time now, and up to when this bucket's calls are spread. Writers take turns, so it holds."""
    clock = await tx.one(NOW)
    assert clock is not None
    now = int(clock["now"])
    row = await tx.one(_UP_TO, key=key)
    return now, max(int(row["spread"]), now) if row else now
