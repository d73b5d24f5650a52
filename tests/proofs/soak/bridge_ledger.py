"""What the bridge itself remembers, read beside it: the second ledger.

While people and stand-ins are at work it is read in a thread: a database that is busy keeps one waiting, and
what stands still meanwhile gets at once, afterwards, all that the bridge sent in turns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.database_reader import DatabaseReader, opened

OPEN = "('pending', 'sending', 'unknown')"
ASKS = ("absent", "rejected")  # states of something confirmed that only an owner's word settles
_SENDS = """
    SELECT c.interaction_id, o.* FROM outbox o JOIN commands c ON c.id = o.cause WHERE o.kind = 'chat.send'
"""


@dataclass(frozen=True)
class AcceptedReply:
    """What became of one accepted reply."""

    state: str
    creator: str
    fan: str
    message: str | None  # Fanvue's, once it is known


@dataclass(frozen=True)
class ConfirmedAction:
    """What became of something that an owner confirmed for a whole creator."""

    id: str
    kind: str
    state: str
    creator: str
    made: str | None  # its id on Fanvue, unless only a person says that it is there


@dataclass(frozen=True)
class BridgeLedger:
    """Everything that a count needs, as of one moment."""

    commands: dict[str, str]  # interaction → state
    sends: dict[str, AcceptedReply]  # interaction → what became of it
    open_effects: int
    undecided: int
    troubles: tuple[str, ...]  # what waits for a person, or was put aside
    threads: dict[int, tuple[str, str]]  # Discord's thread → creator and fan
    posts: frozenset[int]  # threads of followed posts
    confirmed: tuple[ConfirmedAction, ...]
    shown: dict[int, tuple[str, ...]]  # a message on Discord → those of Fanvue's that stand in it


def read(url: str) -> BridgeLedger:
    """The database as it is now."""
    with opened(url) as db:
        commands = {row["interaction_id"]: row["state"] for row in db.rows("SELECT * FROM commands")}
        sends = {row["interaction_id"]: _sent(row) for row in db.rows(_SENDS)}
        return BridgeLedger(
            commands=commands,
            sends=sends,
            open_effects=_count(db, f"SELECT COUNT(*) AS number FROM outbox WHERE state IN {OPEN}"),  # noqa: S608 - ours
            undecided=_count(db, "SELECT COUNT(*) AS number FROM inbox WHERE state = 'new'"),
            troubles=tuple(_troubles(db)),
            threads={
                row["thread_id"]: (row["creator_uuid"], row["fan_uuid"])
                for row in db.rows("SELECT * FROM threads WHERE thread_id IS NOT NULL")
            },
            posts=frozenset(
                row["thread_id"]
                for row in db.rows("SELECT thread_id FROM post_cards WHERE thread_id IS NOT NULL")
            ),
            confirmed=_confirmed(db),
            shown=_shown(db),
        )


def confirmed(url: str) -> tuple[ConfirmedAction, ...]:
    """What became of all that owners confirmed."""
    with opened(url) as db:
        return _confirmed(db)


def busy(url: str) -> int:
    """How much is still to be done."""
    with opened(url) as db:
        effects = _count(db, f"SELECT COUNT(*) AS number FROM outbox WHERE state IN {OPEN}")  # noqa: S608 - ours
        files = _count(
            db, "SELECT COUNT(*) AS number FROM uploads WHERE state NOT IN ('done', 'failed', 'cancelled')"
        )
        new = _count(db, "SELECT COUNT(*) AS number FROM inbox WHERE state = 'new'")
        return effects + files + _asking(db) + new


def asking(url: str) -> int:
    """How much that was confirmed for a whole creator waits for a word of theirs."""
    with opened(url) as db:
        return _asking(db)


def lapsed(url: str, now: int) -> int:
    """How many claims are over that still stand there (milliseconds of the epoch)."""
    with opened(url) as db:
        return _count(db, f"SELECT COUNT(*) AS number FROM talks WHERE claimed_until <= {now:d}")  # noqa: S608 - ours


def unswept(url: str, since: int) -> int:
    """How many creators the bridge has not looked through whole since then (milliseconds of the epoch)."""
    with opened(url) as db:
        behind = f"COALESCE(swept_at, 0) < {since:d} OR COALESCE(paid_at, 0) < {since:d}"
        return _count(db, f"SELECT COUNT(*) AS number FROM watermarks WHERE {behind}")  # noqa: S608 - ours


def found_by_looking(url: str) -> int:
    """How much a sweep told before any webhook did."""
    with opened(url) as db:
        return _count(db, "SELECT COUNT(*) AS number FROM inbox WHERE source = 'sweep'")


def signed_out(url: str) -> list[str]:
    """The creators who must sign in to Fanvue again; only their owners can."""
    with opened(url) as db:
        rows = db.rows("SELECT creator_uuid FROM links WHERE state = 'relink_required'")
        return [row["creator_uuid"] for row in rows]


def _shown(db: DatabaseReader) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for row in db.rows("SELECT * FROM messages WHERE discord_message_id IS NOT NULL ORDER BY sent_at"):
        there = row["discord_message_id"]
        found[there] = (*found.get(there, ()), row["message_uuid"])
    return found


def _confirmed(db: DatabaseReader) -> tuple[ConfirmedAction, ...]:
    return tuple(
        ConfirmedAction(row["id"], row["kind"], row["state"], row["creator_uuid"], row["external_id"])
        for row in db.rows(
            "SELECT id, kind, state, creator_uuid, external_id FROM outbox WHERE kind LIKE 'proposed.%'"
        )
    )


def _asking(db: DatabaseReader) -> int:
    asks = f"SELECT COUNT(*) AS number FROM outbox WHERE kind LIKE 'proposed.%' AND state IN {ASKS}"  # noqa: S608 - ours
    return _count(db, asks)


def _troubles(db: DatabaseReader) -> Iterator[str]:
    for row in db.rows(
        """SELECT kind, state, COALESCE(attention, reason, '') AS why FROM outbox
           WHERE attention IS NOT NULL OR state NOT IN ('done', 'cancelled')"""
    ):
        yield f"effect {row['kind']} is {row['state']}: {row['why']}"
    for row in db.rows("SELECT kind, state, reason FROM inbox WHERE state <> 'done'"):
        yield f"fact {row['kind']} is {row['state']}: {row['reason'] or ''}"
    for row in db.rows("SELECT id, state FROM commands WHERE state = 'staged'"):
        yield f"command {row['id']} is {row['state']}"


def _sent(row: dict[str, Any]) -> AcceptedReply:
    return AcceptedReply(row["state"], row["creator_uuid"], row["fan_uuid"], row["external_id"])


def _count(db: DatabaseReader, sql: str) -> int:
    (row,) = db.rows(sql)
    return int(row["number"])
