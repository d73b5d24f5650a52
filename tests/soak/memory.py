"""What the bridge itself remembers, read beside it: the second ledger."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OPEN = "('pending', 'sending', 'unknown')"
ASKS = ("absent", "rejected")  # states of something confirmed that only an owner's word settles
_SENDS = """
    SELECT c.interaction_id, o.* FROM outbox o JOIN commands c ON c.id = o.cause WHERE o.kind = 'chat.send'
"""


@dataclass(frozen=True)
class Sent:
    """What became of one accepted reply."""

    state: str
    creator: str
    fan: str
    message: str | None  # Fanvue's, once it is known


@dataclass(frozen=True)
class Confirmed:
    """What became of something that an owner confirmed for a whole creator."""

    id: str
    kind: str
    state: str
    creator: str
    made: str | None  # its id on Fanvue, unless only a person says that it is there


@dataclass(frozen=True)
class Memory:
    """Everything that a count needs, as of one moment."""

    commands: dict[str, str]  # interaction → state
    sends: dict[str, Sent]  # interaction → what became of it
    open_effects: int
    undecided: int
    troubles: tuple[str, ...]  # what waits for a person, or was put aside
    threads: dict[int, tuple[str, str]]  # Discord's thread → creator and fan
    confirmed: tuple[Confirmed, ...]


def read(path: Path) -> Memory:
    """The database as it is now."""
    with _opened(path) as db:
        commands = {row["interaction_id"]: row["state"] for row in db.execute("SELECT * FROM commands")}
        sends = {row["interaction_id"]: _sent(row) for row in db.execute(_SENDS)}
        return Memory(
            commands=commands,
            sends=sends,
            open_effects=_count(db, f"SELECT COUNT(*) FROM outbox WHERE state IN {OPEN}"),  # noqa: S608 - ours
            undecided=_count(db, "SELECT COUNT(*) FROM inbox WHERE state = 'new'"),
            troubles=tuple(_troubles(db)),
            threads={
                row["thread_id"]: (row["creator_uuid"], row["fan_uuid"])
                for row in db.execute("SELECT * FROM threads WHERE thread_id IS NOT NULL")
            },
            confirmed=tuple(
                Confirmed(row["id"], row["kind"], row["state"], row["creator_uuid"], row["external_id"])
                for row in db.execute("SELECT * FROM outbox WHERE kind LIKE 'proposed.%'")
            ),
        )


def busy(path: Path) -> int:
    """How much is still to be done."""
    with _opened(path) as db:
        effects = _count(db, f"SELECT COUNT(*) FROM outbox WHERE state IN {OPEN}")  # noqa: S608 - ours
        return effects + _asking(db) + _count(db, "SELECT COUNT(*) FROM inbox WHERE state = 'new'")


def asking(path: Path) -> int:
    """How much that was confirmed for a whole creator waits for a word of theirs."""
    with _opened(path) as db:
        return _asking(db)


def unswept(path: Path, since: int) -> int:
    """How many creators the bridge has not looked through whole since then (milliseconds of the epoch)."""
    with _opened(path) as db:
        oldest = "MIN(COALESCE(swept_at, 0), COALESCE(paid_at, 0))"
        return _count(db, f"SELECT COUNT(*) FROM watermarks WHERE {oldest} < {since:d}")  # noqa: S608 - ours


def found_by_looking(path: Path) -> int:
    """How much a sweep told before any webhook did."""
    with _opened(path) as db:
        return _count(db, "SELECT COUNT(*) FROM inbox WHERE source = 'sweep'")


def signed_out(path: Path) -> list[str]:
    """The creators who must sign in to Fanvue again; only their owners can."""
    with _opened(path) as db:
        rows = db.execute("SELECT creator_uuid FROM links WHERE state = 'relink_required'")
        return [row["creator_uuid"] for row in rows]


def _asking(db: sqlite3.Connection) -> int:
    return _count(db, f"SELECT COUNT(*) FROM outbox WHERE kind LIKE 'proposed.%' AND state IN {ASKS}")  # noqa: S608 - ours


def _troubles(db: sqlite3.Connection) -> Iterator[str]:
    for row in db.execute(
        """SELECT kind, state, COALESCE(attention, reason, '') AS why FROM outbox
           WHERE attention IS NOT NULL OR state NOT IN ('done', 'cancelled')"""
    ):
        yield f"effect {row['kind']} is {row['state']}: {row['why']}"
    for row in db.execute("SELECT kind, state, reason FROM inbox WHERE state <> 'done'"):
        yield f"fact {row['kind']} is {row['state']}: {row['reason'] or ''}"
    for row in db.execute("SELECT id, state FROM commands WHERE state = 'staged'"):
        yield f"command {row['id']} is {row['state']}"


def _sent(row: sqlite3.Row) -> Sent:
    return Sent(row["state"], row["creator_uuid"], row["fan_uuid"], row["external_id"])


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as db:
        db.row_factory = sqlite3.Row
        yield db


def _count(db: sqlite3.Connection, sql: str) -> int:
    row: Any = db.execute(sql).fetchone()
    return int(row[0])
