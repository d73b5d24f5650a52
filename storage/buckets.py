"""Rate limits that several processes share, in the time of their database.

A bucket is the moment up to which its calls are spread out: each moves it on by one step. Whoever finds it
further ahead than there is room for a burst waits. So in no window are there more calls than the burst and
what the rate gives for it, whoever makes them and whatever their clocks say.
"""

from dataclasses import dataclass

from storage.database import Transaction

_MICROS = 1_000_000
_TABLE = "CREATE TABLE IF NOT EXISTS bridge_buckets (key TEXT PRIMARY KEY, spread BIGINT NOT NULL)"
_NOW = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now"
_UP_TO = """SELECT spread FROM bridge_buckets WHERE key = :key"""
_MOVE = """INSERT INTO bridge_buckets (key, spread) VALUES (:key, :spread)
    ON CONFLICT (key) DO UPDATE SET spread = excluded.spread"""


@dataclass(frozen=True)
class Limit:
    """`burst` calls at once, and `per_second` on average."""

    burst: int
    per_second: float

    @property
    def step(self) -> int:
        """Microseconds by which one call moves a bucket on, rounded up."""
        return -int(-_MICROS // self.per_second)

    def most(self, seconds: float) -> float:
        """How many calls there can be in any window of this length."""
        return self.burst + self.per_second * seconds


async def ensure(tx: Transaction) -> None:
    """Have the table; call it before the others."""
    await tx.execute(_TABLE)


async def take(tx: Transaction, key: str, limit: Limit, *, spared: float = 0.0) -> float:
    """One call, now: 0.0, or seconds until there is room for it and nothing was taken.

    `spared`: the share of a burst, below 1, that is left to those who matter more.
    """
    now, spread = await _state(tx, key)
    room = round((limit.burst - 1 - spared * limit.burst) * limit.step)
    if spread - now > room:
        return (spread - now - room) / _MICROS
    await tx.execute(_MOVE, key=key, spread=spread + limit.step)
    return 0.0


async def reserve(tx: Transaction, key: str, limit: Limit) -> float:
    """One call in its turn: seconds until then, 0.0 for at once. It counts as made."""
    now, spread = await _state(tx, key)
    await tx.execute(_MOVE, key=key, spread=spread + limit.step)
    return max(spread - now - (limit.burst - 1) * limit.step, 0) / _MICROS


async def _state(tx: Transaction, key: str) -> tuple[int, int]:
    """What time it is, and up to when this bucket's calls are spread. Writers take turns, so it holds."""
    clock = await tx.one(_NOW)
    assert clock is not None
    now = int(clock["now"])
    row = await tx.one(_UP_TO, key=key)
    return now, max(int(row["spread"]), now) if row else now
