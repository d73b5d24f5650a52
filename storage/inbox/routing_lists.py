"""Fanvue lists that routing rules name, and who was on them at the last look."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.database import FrequentStatement, Row, Transaction, Value
from storage.records import CreatorId, FanId, Millis
from storage.rows import record_of

_TOGETHER = 500  # fans of one statement
_OF_FAN = FrequentStatement(
    """SELECT f.list_key FROM routing_list_fans f
       JOIN routing_lists l ON l.creator_uuid = f.creator_uuid AND l.list_key = f.list_key
       WHERE f.creator_uuid = :creator AND f.fan_uuid = :fan AND l.read_at >= :since"""
)


class RoutingListProblem(StrEnum):
    """Why the last look at a list failed."""

    LATER = "later"  # Fanvue did not answer, or asks for a pause
    REFUSED = "refused"
    GONE = "gone"  # it is not on Fanvue any more


@dataclass(frozen=True)
class RoutingList:
    """One list. `name`: sealed."""

    creator: CreatorId
    key: str
    name: bytes
    due: Millis
    read: Millis | None = None
    is_whole: bool = True
    problem: RoutingListProblem | None = None


async def of_creator(tx: Transaction, creator: CreatorId) -> list[RoutingList]:
    """All that a creator's rules name."""
    rows = await tx.all(
        "SELECT * FROM routing_lists WHERE creator_uuid = :creator ORDER BY list_key", creator=creator
    )
    return [_list_of(row) for row in rows]


async def get(tx: Transaction, creator: CreatorId, key: str) -> RoutingList | None:
    """One of them."""
    row = await tx.one(
        "SELECT * FROM routing_lists WHERE creator_uuid = :creator AND list_key = :key",
        creator=creator,
        key=key,
    )
    return _list_of(row) if row else None


async def put(tx: Transaction, one: RoutingList) -> None:
    """Keep it as it is now."""
    await tx.execute(
        """INSERT INTO routing_lists (creator_uuid, list_key, body_ct, read_at, is_whole, problem, due_at)
           VALUES (:creator, :key, :name, :read, :is_whole, :problem, :due)
           ON CONFLICT (creator_uuid, list_key) DO UPDATE SET body_ct = excluded.body_ct,
               read_at = excluded.read_at, is_whole = excluded.is_whole, problem = excluded.problem,
               due_at = excluded.due_at""",
        **vars(one),
    )


async def due(tx: Transaction, creator: CreatorId, *, now: Millis) -> list[RoutingList]:
    """Those that a rule in use names and that are to be read, the longest due first."""
    rows = await tx.all(
        """SELECT l.* FROM routing_lists l WHERE l.creator_uuid = :creator AND l.due_at <= :now
             AND EXISTS (SELECT 1 FROM routing_rules r WHERE r.creator_uuid = l.creator_uuid
                         AND r.list_key = l.list_key AND r.is_on = 1)
           ORDER BY l.due_at, l.list_key""",
        creator=creator,
        now=now,
    )
    return [_list_of(row) for row in rows]


async def of_fan(tx: Transaction, creator: CreatorId, fan: FanId, *, since: Millis) -> set[str]:
    """The lists that a fan was on, of those read since then."""
    rows = await tx.all(_OF_FAN, creator=creator, fan=fan, since=since)
    return {row["list_key"] for row in rows}


async def replace_fans(tx: Transaction, creator: CreatorId, key: str, fans: Collection[FanId]) -> None:
    """Who is on a list from now on."""
    rows = await tx.all(
        "SELECT fan_uuid FROM routing_list_fans WHERE creator_uuid = :creator AND list_key = :key",
        creator=creator,
        key=key,
    )
    kept, wanted = {FanId(row["fan_uuid"]) for row in rows}, set(fans)
    for some in _parts(kept - wanted):
        names = ", ".join(f":{name}" for name in some)
        await tx.execute(
            f"""DELETE FROM routing_list_fans
                WHERE creator_uuid = :creator AND list_key = :key AND fan_uuid IN ({names})""",  # noqa: S608 - names only
            creator=creator,
            key=key,
            **some,
        )
    for some in _parts(wanted - kept):
        values = ", ".join(f"(:creator, :{name}, :key)" for name in some)
        await tx.execute(
            f"INSERT INTO routing_list_fans (creator_uuid, fan_uuid, list_key) VALUES {values}",  # noqa: S608 - names only
            creator=creator,
            key=key,
            **some,
        )


async def forget_old(tx: Transaction, *, before: Millis) -> int:
    """Delete who was on lists that were not read since; of any creator. Return how many rows."""
    return await tx.execute(
        """DELETE FROM routing_list_fans WHERE EXISTS (
               SELECT 1 FROM routing_lists l WHERE l.creator_uuid = routing_list_fans.creator_uuid
                 AND l.list_key = routing_list_fans.list_key AND l.read_at < :before)""",
        before=before,
    )


async def has_old(tx: Transaction, *, before: Millis) -> bool:
    """Whether there is anything for `forget_old`."""
    row = await tx.one(
        """SELECT 1 AS one FROM routing_lists l WHERE l.read_at < :before AND EXISTS (
               SELECT 1 FROM routing_list_fans f
               WHERE f.creator_uuid = l.creator_uuid AND f.list_key = l.list_key) LIMIT 1""",
        before=before,
    )
    return row is not None


async def drop_unused(tx: Transaction, creator: CreatorId) -> None:
    """Delete the lists that no rule names any more, and who was on them."""
    for table in ("routing_list_fans", "routing_lists"):
        await tx.execute(
            f"""DELETE FROM {table} WHERE creator_uuid = :creator AND list_key NOT IN (
                    SELECT list_key FROM routing_rules
                    WHERE creator_uuid = :creator AND list_key IS NOT NULL)""",  # noqa: S608 - constants
            creator=creator,
        )


def _parts(fans: Iterable[FanId]) -> Sequence[dict[str, Value]]:
    placed = sorted(fans)
    return [
        {f"fan{n}": fan for n, fan in enumerate(placed[begin : begin + _TOGETHER])}
        for begin in range(0, len(placed), _TOGETHER)
    ]


def _list_of(row: Row) -> RoutingList:
    return record_of(RoutingList, row, key=row["list_key"], name=bytes(row["body_ct"]))
