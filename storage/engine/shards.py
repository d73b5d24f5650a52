"""The leases of processes on shards of Discord's gateway, in database time.

A row for each shard that somebody holds: it is renewed every few seconds, and free for others once its time
is over. A number that grows with each renewal tells those who look whether its holder still does anything;
after an outage of the database all times are over, and nobody is gone.

Nothing here belongs to a session: PostgreSQL's own locks are a hint (`storage.engine.shard_locks`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.database import Row, Transaction
from storage.errors import ShardsDiffer
from storage.rows import record_of

_TABLES = (
    """CREATE TABLE IF NOT EXISTS bridge_shards (
        application BIGINT NOT NULL, shard BIGINT NOT NULL, holder TEXT NOT NULL, renewed BIGINT NOT NULL,
        until TIMESTAMPTZ NOT NULL, PRIMARY KEY (application, shard))""",
    """CREATE TABLE IF NOT EXISTS bridge_gateways (
        application BIGINT NOT NULL, token TEXT NOT NULL, shards BIGINT NOT NULL,
        until TIMESTAMPTZ NOT NULL, PRIMARY KEY (application, token))""",
)
_UNTIL = "clock_timestamp() + :lease * INTERVAL '1 second'"


@dataclass(frozen=True)
class ShardCandidate:
    """A process that can hold one of `count` shards into which the bot's servers are divided.

    `application`: Discord's id of the bot. `lease` in seconds. `token`: the process's name, always another.
    """

    application: int
    token: str
    count: int
    lease: float


@dataclass(frozen=True)
class ShardHold:
    """Somebody's hold of a shard: it is the same one for as long as `renewed` does not grow."""

    holder: str
    renewed: int


@dataclass(frozen=True)
class ShardLook:
    """The result of one look: the caller's own shard, those of others, and those of nobody."""

    mine: int | None = None
    others: Mapping[int, ShardHold] = field(default_factory=dict)
    nobodys: frozenset[int] = frozenset()


async def ensure(tx: Transaction) -> None:
    """Have the tables; call it before the others."""
    for table in _TABLES:
        await tx.execute(table)


async def look(
    tx: Transaction,
    me: ShardCandidate,
    *,
    holds: int | None,
    silent: Mapping[int, ShardHold],
    locked: frozenset[int],
) -> ShardLook:
    """Renew the shard that is held, or take one that nobody holds. Raises ShardsDiffer.

    `holds`: the shard that this process thinks it has; when it is another's, none is taken instead.
    `silent`: holds that were not renewed for some time, as the caller has seen by itself. They are over
    when their time is, or already when the shard is in `locked`: then its holder's session has ended.
    """
    await _register(tx, me)
    rows = {int(row["shard"]): row for row in await _rows(tx, me)}
    mine = next((shard for shard, row in rows.items() if row["holder"] == me.token), None)
    if mine is None and holds is None:
        mine = next((one for one in range(me.count) if _free(rows.get(one), one, silent, locked)), None)
    if mine is not None:
        await _hold(tx, me, mine)
        rows.pop(mine, None)
    past = {shard for shard, row in rows.items() if row["past"]}
    return ShardLook(
        mine,
        {shard: record_of(ShardHold, row) for shard, row in rows.items()},
        frozenset(range(me.count)) - {mine} - (rows.keys() - past),
    )


async def spoken_for(tx: Transaction, application: int) -> frozenset[int]:
    """The shards of this bot's that somebody holds now, for callers beside the bridge."""
    there = await tx.one("SELECT to_regclass('bridge_shards') IS NOT NULL AS there")
    if not there or not there["there"]:
        return frozenset()
    rows = await tx.all(
        "SELECT shard FROM bridge_shards WHERE application = :application AND until >= clock_timestamp()",
        application=application,
    )
    return frozenset(int(row["shard"]) for row in rows)


async def leave(tx: Transaction, me: ShardCandidate) -> None:
    """Let go of all of it; others may take it at once."""
    for table, column in (("bridge_shards", "holder"), ("bridge_gateways", "token")):
        await tx.execute(
            f"DELETE FROM {table} WHERE application = :application AND {column} = :token",  # noqa: S608 - our own
            application=me.application,
            token=me.token,
        )


async def _register(tx: Transaction, me: ShardCandidate) -> None:
    await tx.execute(
        "DELETE FROM bridge_gateways WHERE application = :application AND until < clock_timestamp()",
        application=me.application,
    )
    other = await tx.one(
        """SELECT shards FROM bridge_gateways
           WHERE application = :application AND shards <> :count AND token <> :token LIMIT 1""",
        **vars(me),
    )
    if other is not None:
        raise ShardsDiffer(
            f"Another process divides this bot's servers into {other['shards']} shards, and this one into "
            f"{me.count}. Set DISCORD_SHARDS to the same number for all of its gateways, stop them "
            "all, and start them anew."
        )
    await tx.execute(
        f"""INSERT INTO bridge_gateways (application, token, shards, until)
            VALUES (:application, :token, :count, {_UNTIL})
            ON CONFLICT (application, token) DO UPDATE SET until = excluded.until""",  # noqa: S608 - our own
        **vars(me),
    )
    # Of an earlier number of shards; nobody who lives holds them.
    await tx.execute(
        "DELETE FROM bridge_shards WHERE application = :application AND shard >= :count",
        application=me.application,
        count=me.count,
    )


async def _rows(tx: Transaction, me: ShardCandidate) -> list[Row]:
    return await tx.all(
        """SELECT shard, holder, renewed, until < clock_timestamp() AS past FROM bridge_shards
           WHERE application = :application ORDER BY shard""",
        application=me.application,
    )


def _free(row: Row | None, shard: int, silent: Mapping[int, ShardHold], locked: frozenset[int]) -> bool:
    """Whether a shard may be taken: nobody has it, or its holder is gone."""
    if row is None:
        return True
    return silent.get(shard) == record_of(ShardHold, row) and (bool(row["past"]) or shard in locked)


async def _hold(tx: Transaction, me: ShardCandidate, shard: int) -> None:
    await tx.execute(
        f"""INSERT INTO bridge_shards (application, shard, holder, renewed, until)
            VALUES (:application, :shard, :token, 1, {_UNTIL})
            ON CONFLICT (application, shard) DO UPDATE
            SET holder = excluded.holder, renewed = bridge_shards.renewed + 1, until = excluded.until""",  # noqa: S608 - our own
        **vars(me),
        shard=shard,
    )
