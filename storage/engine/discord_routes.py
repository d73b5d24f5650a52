"""The rate limit of one Discord route, counted across all processes of a bot.

Discord counts a route's calls in windows that begin whenever it likes, and tells with each answer how many
it takes and how long the window is. Where no more than so many calls are made in any time that is as long
as a window, and a little longer for those that travel slowly, none of its windows has too many.
"""

from dataclasses import dataclass

from storage.database import FrequentStatement, Transaction
from storage.engine.rate_limit_buckets import MICROS, NEXT, NOW, BucketLimit

LATE = 1.0  # seconds by which one call may travel longer than another

_WINDOW = 5.0  # seconds, until anybody was told
_SOON = 0.5  # seconds until whoever is told first may have said so
_TABLE = """CREATE TABLE IF NOT EXISTS bridge_routes (
    key TEXT PRIMARY KEY, calls BIGINT[] NOT NULL, most BIGINT, span BIGINT)"""
# What a route is taken for: what was told of it, else of another one of its kind, else that it takes one.
_KIND = "(SELECT kind.{} FROM bridge_routes AS kind WHERE kind.key = :kind)"
_SPAN = f"COALESCE(GREATEST(route.span, :span), {_KIND.format('span')}, {round((_WINDOW + LATE) * MICROS)})"
_TOLD = f"COALESCE(:most, route.most, {_KIND.format('most')})"
_RECENT = f"SELECT call FROM unnest(route.calls) AS call WHERE call > excluded.calls[1] - {_SPAN}"  # noqa: S608 - ours
# The turn among all calls of the bot, and with it the one of this route; no row where it has none.
_RESERVE = FrequentStatement(
    f"""{NEXT}, at AS (
            SELECT now, GREATEST(spread - :ahead, now) AS at FROM clock, turn), counted AS (
            INSERT INTO bridge_routes AS route (key, calls, most, span)
            SELECT :route, ARRAY[at], CAST(:most AS BIGINT), CAST(:span AS BIGINT) FROM at
            ON CONFLICT (key) DO UPDATE
            SET calls = ARRAY({_RECENT}) || excluded.calls,
                most = COALESCE(:most, route.most), span = GREATEST(route.span, :span)
            WHERE (SELECT COUNT(*) FROM ({_RECENT}) AS recent) < COALESCE({_TOLD}, 1)
            RETURNING 1)
        SELECT now, at FROM at WHERE EXISTS (SELECT 1 FROM counted)"""  # noqa: S608 - ours
)
# As many calls ago as it takes.
_BACK = f"(ARRAY(SELECT call FROM unnest(route.calls) AS call ORDER BY call DESC))[COALESCE({_TOLD}, 1)]"  # noqa: S608 - ours
_UNTIL = f"""SELECT {_BACK} + {_SPAN} - now AS wait, {_TOLD} AS most, {_SPAN} AS span
    FROM bridge_routes AS route, ({NOW}) AS clock WHERE route.key = :route"""  # noqa: S608 - ours
_NOTE = """INSERT INTO bridge_routes (key, calls, most, span) VALUES (:kind, '{}', :most, :span)
    ON CONFLICT (key) DO UPDATE SET most = excluded.most, span = excluded.span"""
_RESTS = 600  # seconds: nobody calls it any more
# Not those that only say of what kind others are: they have no calls.
_FORGET = f"""DELETE FROM bridge_routes AS route USING ({NOW}) AS clock
    WHERE (SELECT MAX(call) FROM unnest(route.calls) AS call) + GREATEST(route.span, :rest) < now"""  # noqa: S608 - ours


@dataclass(frozen=True)
class RouteWindow:
    """So many calls in so many seconds."""

    most: int
    window: float

    @property
    def span(self) -> int:
        """Microseconds in which no more calls are made than that."""
        return round((self.window + LATE) * MICROS)


@dataclass(frozen=True)
class RouteCall:
    """A call on this route. Those of one `kind` are likely to take the same.

    `told`: Discord's word on it. `news`: nothing was said here before of any other one of its kind.
    """

    route: str
    kind: str
    told: RouteWindow | None = None
    news: bool = False


class RouteFull(Exception):
    """Raised when a route has no room now; nothing is counted if the transaction ends with it."""

    def __init__(self, after: float, told: RouteWindow | None) -> None:
        """`after`: seconds until it has. `told`: the window told to others."""
        super().__init__(after)
        self.after = after
        self.told = told


async def ensure(tx: Transaction) -> None:
    """Have the table; call it before the others."""
    await tx.execute(_TABLE)


async def reserve(tx: Transaction, key: str, limit: BucketLimit, call: RouteCall) -> float:
    """As `storage.engine.rate_limit_buckets.reserve`, for a call on a route that has its own limit besides.
    Raises Full.
    """
    most, span = (call.told.most, call.told.span) if call.told else (None, None)
    route, kind = f"{key} {call.route}", f"{key} {call.kind}"
    if call.news:
        await tx.execute(_NOTE, kind=kind, most=most, span=span)
    row = await tx.one(
        _RESERVE, key=key, step=limit.step, ahead=limit.ahead, route=route, kind=kind, most=most, span=span
    )
    if row is None:
        raise await _full(tx, route=route, kind=kind, most=most, span=span)
    return (int(row["at"]) - int(row["now"])) / MICROS


async def _full(tx: Transaction, **said: str | int | None) -> RouteFull:
    row = await tx.one(_UNTIL, **said)
    assert row is not None
    after = max(int(row["wait"]) / MICROS, 0.0)
    if row["most"] is None:
        return RouteFull(min(after, _SOON), None)
    return RouteFull(after, RouteWindow(int(row["most"]), int(row["span"]) / MICROS - LATE))


async def forget(tx: Transaction) -> None:
    """Drop what nobody has called for ten minutes, or for longer than its window."""
    await tx.execute(_FORGET, rest=_RESTS * MICROS)
