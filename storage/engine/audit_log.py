"""The audit log: actions, actors and ends, in a chain, only ever added to."""

from dataclasses import dataclass

from storage.database import Row, Transaction, Value
from storage.engine.audit_chain import START, AuditChain
from storage.engine.dialect import value_of
from storage.records import CreatorId, DiscordId, Millis, Pseudonym
from storage.rows import record_of


@dataclass(frozen=True)
class AuditEntry:
    """One line of the record. No message texts, no tokens, no names of fans.

    An act and what became of it are lines of their own: the later ones say which act they follow.
    """

    id: str
    at: Millis
    actor: DiscordId | None  # None: the bridge itself
    creator: CreatorId | None
    action: str
    target: str
    cause: str | None  # the command, fact or effect behind it
    outcome: str
    fan: Pseudonym | None = None
    guild: DiscordId | None = None
    channel: DiscordId | None = None
    message: DiscordId | None = None  # whose button was pressed
    interaction: str | None = None
    follows: str | None = None  # the line whose outcome this one tells


@dataclass(frozen=True)
class AuditHead:
    """The end of the chain, and its key."""

    key: bytes  # sealed
    began: Millis
    seq: int
    newest: str
    signature: str


_COLUMNS = {
    "id": "id",
    "at": "at",
    "actor": "actor",
    "creator": "creator_uuid",
    "action": "action",
    "target": "target",
    "cause": "cause",
    "outcome": "outcome",
    "fan": "fan",
    "guild": "guild_id",
    "channel": "channel_id",
    "message": "message_id",
    "interaction": "interaction_id",
    "follows": "follows",
}
# Of an act: a person's, and something has to become of it.
AWAITED = "actor IS NOT NULL AND follows IS NULL AND outcome IN ('accepted', 'confirmed')"
_INSERT = (
    f"INSERT INTO audit ({', '.join(_COLUMNS.values())}, seq, hash) "  # noqa: S608 - our own columns
    f"VALUES ({', '.join(f':{name}' for name in _COLUMNS)}, :seq, :hash)"
)


async def begin(tx: Transaction, chain: AuditChain, *, key: bytes, now: Millis) -> None:
    """Begin the chain of an installation; `key`: the chain's own, sealed. Later ones change nothing."""
    # Lines without a head: somebody took it. The bridge goes on behind them, and `verify` will find it out.
    last = await tx.one("SELECT COALESCE(MAX(seq), 0) AS seq FROM audit")
    seq = last["seq"] if last else 0
    await tx.execute(
        """INSERT INTO audit_head (one, key_ct, began, seq, newest, signature)
           VALUES (1, :key, :now, :seq, :newest, :signature) ON CONFLICT (one) DO NOTHING""",
        key=key,
        now=now,
        seq=seq,
        newest=START,
        signature=chain.head(seq, START, now),
    )


async def head(tx: Transaction) -> AuditHead | None:
    """The end of the chain; None before it was begun."""
    row = await tx.one("SELECT * FROM audit_head WHERE one = 1")
    if row is None:
        return None
    return record_of(AuditHead, row)


async def is_empty(tx: Transaction) -> bool:
    """Whether there is no line."""
    return await tx.one("SELECT 1 AS one FROM audit LIMIT 1") is None


async def write(tx: Transaction, chain: AuditChain, entry: AuditEntry) -> None:
    """Add a line after all others. The chain was begun before."""
    # Written first: on PostgreSQL, whoever else is about to add a line waits here.
    last = await tx.one("UPDATE audit_head SET seq = seq + 1 WHERE one = 1 RETURNING seq, newest, began")
    assert last is not None, "without its head the audit takes no line, so nothing is done unseen"
    seq, own = last["seq"], said(entry)
    newest = chain.line(last["newest"], seq, list(own.values()))
    await tx.execute(_INSERT, **own, seq=seq, hash=newest)
    await tx.execute(
        "UPDATE audit_head SET newest = :newest, signature = :signature WHERE one = 1",
        newest=newest,
        signature=chain.head(seq, newest, last["began"]),
    )


async def recent(tx: Transaction, creator: CreatorId, limit: int) -> list[AuditEntry]:
    """The newest lines about a creator, newest first."""
    rows = await tx.all(
        "SELECT * FROM audit WHERE creator_uuid = :creator ORDER BY seq DESC LIMIT :limit",
        creator=creator,
        limit=limit,
    )
    return [entry_of(row) for row in rows]


async def of_person(
    tx: Transaction, creator: CreatorId, actor: DiscordId, *, since: Millis, limit: int
) -> list[AuditEntry]:
    """One person's actions about a creator since then, newest first; their results are left out."""
    rows = await tx.all(
        """SELECT * FROM audit WHERE creator_uuid = :creator AND actor = :actor AND at >= :since
             AND follows IS NULL ORDER BY seq DESC LIMIT :limit""",
        creator=creator,
        actor=actor,
        since=since,
        limit=limit,
    )
    return [entry_of(row) for row in rows]


async def actors(tx: Transaction, creator: CreatorId, *, limit: int) -> list[DiscordId]:
    """The people who did anything about a creator, the latest one first."""
    rows = await tx.all(
        # From one member to the next through an index; GROUP BY would read every line that there is.
        """WITH RECURSIVE who (actor) AS (
               SELECT MIN(actor) FROM audit WHERE creator_uuid = :creator AND actor IS NOT NULL
               UNION ALL SELECT (SELECT MIN(actor) FROM audit
                                 WHERE creator_uuid = :creator AND actor > who.actor)
               FROM who WHERE who.actor IS NOT NULL)
           SELECT actor, (SELECT MAX(seq) FROM audit
                          WHERE creator_uuid = :creator AND actor = who.actor) AS newest
           FROM who WHERE actor IS NOT NULL ORDER BY newest DESC LIMIT :limit""",
        creator=creator,
        limit=limit,
    )
    return [DiscordId(row["actor"]) for row in rows]


async def last_by_a_person(tx: Transaction, cause: str) -> AuditEntry | None:
    """The newest act of a person that is behind a command, fact or effect, or about it."""
    row = await tx.one(
        """SELECT * FROM audit WHERE cause = :cause AND actor IS NOT NULL AND follows IS NULL
           ORDER BY seq DESC LIMIT 1""",
        cause=cause,
    )
    return entry_of(row) if row else None


async def awaited(tx: Transaction, cause: str) -> AuditEntry | None:
    """The newest act of a person with this cause that something has to become of."""
    row = await tx.one(
        f"SELECT * FROM audit WHERE cause = :cause AND {AWAITED} ORDER BY seq DESC LIMIT 1",  # noqa: S608 - a constant
        cause=cause,
    )
    return entry_of(row) if row else None


async def newest(tx: Transaction, action: str) -> AuditEntry | None:
    """The last line about this action."""
    row = await tx.one("SELECT * FROM audit WHERE action = :action ORDER BY seq DESC LIMIT 1", action=action)
    return entry_of(row) if row else None


async def has(tx: Transaction, action: str) -> bool:
    """Whether any line tells of this."""
    row = await tx.one("SELECT 1 AS one FROM audit WHERE action = :action LIMIT 1", action=action)
    return row is not None


async def is_written(tx: Transaction, cause: str, action: str, outcome: str) -> bool:
    """Whether a line says that this came of it already."""
    row = await tx.one(
        "SELECT 1 AS one FROM audit WHERE cause = :cause AND action = :action AND outcome = :outcome LIMIT 1",
        cause=cause,
        action=action,
        outcome=outcome,
    )
    return row is not None


async def became(tx: Transaction, act: str) -> str | None:
    """The newest outcome of an act beyond its own; None when there is none yet."""
    row = await tx.one("SELECT outcome FROM audit WHERE follows = :act ORDER BY seq DESC LIMIT 1", act=act)
    return str(row["outcome"]) if row else None


def said(entry: AuditEntry) -> dict[str, Value]:
    """A line's values, by name, in the order in which they are hashed, as every database gives them back."""
    return {name: value_of(getattr(entry, name)) for name in _COLUMNS}


def entry_of(row: Row) -> AuditEntry:
    """The record of one row."""
    return AuditEntry(**{name: row[column] for name, column in _COLUMNS.items()})
