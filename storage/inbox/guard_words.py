"""The forbidden words of a creator, and of a server for all its creators."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.database import Row, Transaction, Value
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of

SHARED: Final = CreatorId("")  # the creator of the list that a server's creators share
ANYWHERE: Final = DiscordId(0)  # the server of a creator's own list


@dataclass(frozen=True)
class StoredGuardWords:
    """One list; its content is sealed."""

    guild: DiscordId
    creator: CreatorId
    body: bytes
    by: DiscordId
    at: Millis


async def get(tx: Transaction, guild: DiscordId, creator: CreatorId) -> StoredGuardWords | None:
    row = await tx.one(
        "SELECT * FROM guard_words WHERE guild_id = :guild AND creator_uuid = :creator",
        guild=guild,
        creator=creator,
    )
    return _kept(row) if row else None


async def acting(tx: Transaction, creator: CreatorId, guilds: Sequence[DiscordId]) -> list[StoredGuardWords]:
    """The creator's own list, and those of these servers."""
    named: dict[str, Value] = {f"guild{number}": guild for number, guild in enumerate(guilds)}
    there = f" OR (creator_uuid = '' AND guild_id IN ({', '.join(f':{one}' for one in named)}))"
    rows = await tx.all(
        f"""SELECT * FROM guard_words WHERE (guild_id = 0 AND creator_uuid = :creator){there if named else ""}
            ORDER BY guild_id""",  # noqa: S608 - names only
        creator=creator,
        **named,
    )
    return [_kept(row) for row in rows]


async def put(tx: Transaction, new: StoredGuardWords) -> None:
    """Keep a list in place of what it was."""
    await tx.execute(
        """INSERT INTO guard_words (guild_id, creator_uuid, body_ct, changed_by, changed_at)
           VALUES (:guild, :creator, :body, :by, :at)
           ON CONFLICT (guild_id, creator_uuid) DO UPDATE SET body_ct = excluded.body_ct,
               changed_by = excluded.changed_by, changed_at = excluded.changed_at""",
        **vars(new),
    )


def _kept(row: Row) -> StoredGuardWords:
    return record_of(StoredGuardWords, row, by=row["changed_by"], at=row["changed_at"])
