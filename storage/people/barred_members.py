"""Members who must not see a creator's channels on a server, despite their roles."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, EffectState, Millis
from storage.rows import record_of

KIND = "access.bar"  # of the effects that close a channel to somebody, or open it again


@dataclass(frozen=True)
class ChannelClosing:
    """The progress of one channel."""

    part: str
    state: EffectState
    reason: str | None


async def put(
    tx: Transaction, creator: CreatorId, guild: DiscordId, member: DiscordId, *, by: DiscordId, now: Millis
) -> None:
    """From now on; who was barred already stays so."""
    await tx.execute(
        """INSERT INTO barred (creator_uuid, guild_id, member_id, barred_by, barred_at)
           VALUES (:creator, :guild, :member, :by, :now)
           ON CONFLICT (creator_uuid, guild_id, member_id) DO NOTHING""",
        creator=creator,
        guild=guild,
        member=member,
        by=by,
        now=now,
    )


async def lift(tx: Transaction, creator: CreatorId, guild: DiscordId, member: DiscordId) -> bool:
    """No longer; False when they were not barred."""
    changed = await tx.execute(
        "DELETE FROM barred WHERE creator_uuid = :creator AND guild_id = :guild AND member_id = :member",
        creator=creator,
        guild=guild,
        member=member,
    )
    return changed == 1


async def of_creator(tx: Transaction, creator: CreatorId, guild: DiscordId) -> list[DiscordId]:
    """Everybody who is barred from a creator's channels here, the longest first."""
    rows = await tx.all(
        """SELECT member_id FROM barred WHERE creator_uuid = :creator AND guild_id = :guild
           ORDER BY barred_at, member_id""",
        creator=creator,
        guild=guild,
    )
    return [DiscordId(row["member_id"]) for row in rows]


async def progress(tx: Transaction, cause: str) -> list[ChannelClosing]:
    """The progress of the channels that one word closes."""
    rows = await tx.all(
        "SELECT part, state, reason FROM outbox WHERE cause = :cause AND kind = :kind ORDER BY part",
        cause=cause,
        kind=KIND,
    )
    return [record_of(ChannelClosing, row) for row in rows]
