"""The people who write to a creator, as far as Fanvue told."""

from typing import Final

from storage.database import FrequentStatement, Row, Transaction
from storage.engine.confusables import folded, likeness
from storage.records import CreatorId, Fan, FanId
from storage.rows import record_of

_GET = FrequentStatement("SELECT * FROM fans WHERE creator_uuid = :creator AND fan_uuid = :fan")

_TELLING = 6  # letters from which on a name that looks like a handle is hardly chance


async def learn(tx: Transaction, fan: Fan) -> Fan:
    """Keep a fan, or take over what is newly told; return all that is known. None never erases."""
    row = await tx.one(
        """
        INSERT INTO fans (creator_uuid, fan_uuid, handle, display_name, status, first_seen, handle_folded,
                          name_folded, handle_likeness, name_likeness)
        VALUES (:creator, :id, :handle, :display_name, :status, :first_seen, :handle_folded, :name_folded,
                :handle_likeness, :name_likeness)
        ON CONFLICT (creator_uuid, fan_uuid) DO UPDATE SET
            handle = COALESCE(excluded.handle, fans.handle),
            display_name = COALESCE(excluded.display_name, fans.display_name),
            status = COALESCE(excluded.status, fans.status),
            first_seen = CASE WHEN excluded.first_seen < fans.first_seen
                         THEN excluded.first_seen ELSE fans.first_seen END,
            handle_folded = COALESCE(excluded.handle_folded, fans.handle_folded),
            name_folded = COALESCE(excluded.name_folded, fans.name_folded),
            handle_likeness = CASE WHEN excluded.handle IS NULL
                              THEN fans.handle_likeness ELSE excluded.handle_likeness END,
            name_likeness = CASE WHEN excluded.display_name IS NULL
                            THEN fans.name_likeness ELSE excluded.name_likeness END
        RETURNING *
        """,
        **vars(fan),
        handle_folded=folded(fan.handle) if fan.handle is not None else None,
        name_folded=folded(fan.display_name) if fan.display_name is not None else None,
        handle_likeness=likeness(fan.handle),
        name_likeness=likeness(fan.display_name),
    )
    assert row is not None  # both arms of the statement return the row
    return fan_of(row)


async def get(tx: Transaction, creator: CreatorId, fan: FanId) -> Fan | None:
    """One fan of one creator."""
    row = await tx.one(_GET, creator=creator, fan=fan)
    return fan_of(row) if row else None


async def search(tx: Transaction, creator: CreatorId, prefix: str, limit: int) -> list[Fan]:
    """A creator's fans whose handle or display name begins with `prefix`, in any case."""
    rows = await tx.all(
        r"""SELECT * FROM fans WHERE creator_uuid = :creator
              AND (handle_folded LIKE :pattern ESCAPE '\' OR name_folded LIKE :pattern ESCAPE '\')
            ORDER BY COALESCE(handle_folded, name_folded, fan_uuid), fan_uuid LIMIT :limit""",
        creator=creator,
        pattern=folded(prefix).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
        limit=limit,
    )
    return [fan_of(row) for row in rows]


# Not OR: for that SQLite reads all fans of the creator. Nor "another name": of a common one there are many.
ALIKE: Final = """SELECT * FROM (
        SELECT * FROM fans WHERE creator_uuid = :creator AND handle_likeness = :handle
        UNION ALL SELECT * FROM fans WHERE creator_uuid = :creator AND handle_likeness = :telling
        UNION ALL SELECT * FROM fans
            WHERE creator_uuid = :creator AND name_likeness = :name AND name_folded < :folded
        UNION ALL SELECT * FROM fans
            WHERE creator_uuid = :creator AND name_likeness = :name AND name_folded > :folded) AS found
    WHERE fan_uuid <> :fan ORDER BY first_seen, fan_uuid LIMIT 1"""


async def alike(tx: Transaction, fan: Fan) -> Fan | None:
    """Another fan of the same creator whom this one could be taken for; of several who was there first.

    Handles that look alike, a name that looks like somebody's handle, or a name like somebody's in other
    letters. The very same name is none: many people have it, and handles tell them apart.
    """
    name = likeness(fan.display_name) or ""
    row = await tx.one(
        ALIKE,
        creator=fan.creator,
        fan=fan.id,
        handle=likeness(fan.handle) or "",
        telling=name if len(name) >= _TELLING else "",
        name=name,
        folded=folded(fan.display_name or ""),
    )
    return fan_of(row) if row else None


# Four looks into an index, each over at the first row: of a common name there are many.
MISTAKABLE: Final = """SELECT
        EXISTS (SELECT 1 FROM fans
                WHERE creator_uuid = :creator AND handle_likeness = :handle AND fan_uuid <> :fan)
        OR EXISTS (SELECT 1 FROM fans
                WHERE creator_uuid = :creator AND handle_likeness = :name AND fan_uuid <> :fan)
        OR EXISTS (SELECT 1 FROM fans
                WHERE creator_uuid = :creator AND name_likeness = :name AND fan_uuid <> :fan)
        OR EXISTS (SELECT 1 FROM fans
                WHERE creator_uuid = :creator AND name_likeness = :handle AND fan_uuid <> :fan) AS found"""


async def is_mistakable(tx: Transaction, fan: Fan) -> bool:
    """Whether another fan of this creator has a name or a handle like theirs, the very same included.

    True as well where there is too little of a handle to compare.
    """
    handle = likeness(fan.handle)
    if handle is None:
        return True
    name = likeness(fan.display_name) or ""
    row = await tx.one(MISTAKABLE, creator=fan.creator, fan=fan.id, handle=handle, name=name)
    return row is None or bool(row["found"])


def fan_of(row: Row) -> Fan:
    """The record of one row."""
    return record_of(Fan, row, id=row["fan_uuid"])
