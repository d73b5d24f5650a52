"""The people who write to a creator, as far as Fanvue told."""

import unicodedata

from storage.database import Row, Transaction
from storage.records import CreatorId, Fan, FanId


async def learn(tx: Transaction, fan: Fan) -> Fan:
    """Keep a fan, or take over what is newly told; return all that is known. None never erases."""
    row = await tx.one(
        """
        INSERT INTO fans (creator_uuid, fan_uuid, handle, display_name, status, first_seen, handle_folded,
                          name_folded)
        VALUES (:creator, :fan, :handle, :display_name, :status, :first_seen, :handle_folded, :name_folded)
        ON CONFLICT (creator_uuid, fan_uuid) DO UPDATE SET
            handle = COALESCE(excluded.handle, fans.handle),
            display_name = COALESCE(excluded.display_name, fans.display_name),
            status = COALESCE(excluded.status, fans.status),
            first_seen = CASE WHEN excluded.first_seen < fans.first_seen
                         THEN excluded.first_seen ELSE fans.first_seen END,
            handle_folded = COALESCE(excluded.handle_folded, fans.handle_folded),
            name_folded = COALESCE(excluded.name_folded, fans.name_folded)
        RETURNING *
        """,
        creator=fan.creator,
        fan=fan.id,
        handle=fan.handle,
        display_name=fan.display_name,
        status=fan.status,
        first_seen=fan.first_seen,
        handle_folded=_folded(fan.handle) if fan.handle is not None else None,
        name_folded=_folded(fan.display_name) if fan.display_name is not None else None,
    )
    assert row is not None  # both arms of the statement return the row
    return fan_of(row)


async def get(tx: Transaction, creator: CreatorId, fan: FanId) -> Fan | None:
    """One fan of one creator."""
    row = await tx.one(
        "SELECT * FROM fans WHERE creator_uuid = :creator AND fan_uuid = :fan", creator=creator, fan=fan
    )
    return fan_of(row) if row else None


async def search(tx: Transaction, creator: CreatorId, prefix: str, limit: int) -> list[Fan]:
    """A creator's fans whose handle or display name begins with `prefix`, whatever its case."""
    rows = await tx.all(
        r"""SELECT * FROM fans WHERE creator_uuid = :creator
              AND (handle_folded LIKE :pattern ESCAPE '\' OR name_folded LIKE :pattern ESCAPE '\')
            ORDER BY COALESCE(handle_folded, name_folded, fan_uuid), fan_uuid LIMIT :limit""",
        creator=creator,
        pattern=_literal(_folded(prefix)) + "%",
        limit=limit,
    )
    return [fan_of(row) for row in rows]


def _folded(text: str) -> str:
    # The databases disagree about case outside ASCII, and names are often written in look-alike
    # letters (𝓔𝓶𝓶𝓪), so both sides of the comparison are made here.
    return unicodedata.normalize("NFKC", text).casefold()


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def fan_of(row: Row) -> Fan:
    """The record of one row."""
    return Fan(
        creator=CreatorId(row["creator_uuid"]),
        id=FanId(row["fan_uuid"]),
        handle=row["handle"],
        display_name=row["display_name"],
        status=row["status"],
        first_seen=row["first_seen"],
    )
