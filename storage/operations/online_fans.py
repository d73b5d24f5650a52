"""Of which fans it was told that they came online."""

from collections.abc import Set as AbstractSet

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, FanId, Millis


async def told_to(
    tx: Transaction, creator: CreatorId, fan: FanId, *, since: Millis
) -> AbstractSet[DiscordId]:
    """Members told of this fan since then; 0: the channel."""
    rows = await tx.all(
        """SELECT member_id FROM online_told
           WHERE creator_uuid = :creator AND fan_uuid = :fan AND told_at > :since""",
        creator=creator,
        fan=fan,
        since=since,
    )
    return {DiscordId(row["member_id"]) for row in rows}


async def tell(
    tx: Transaction, creator: CreatorId, fan: FanId, member: DiscordId, *, now: Millis, since: Millis
) -> None:
    """They were told now. Of a creator's fans nothing from before `since` is kept: it decides nothing."""
    await tx.execute(
        """DELETE FROM online_told WHERE creator_uuid = :creator
             AND (told_at <= :since OR (fan_uuid = :fan AND member_id = :member))""",
        creator=creator,
        since=since,
        fan=fan,
        member=member,
    )
    await tx.execute(
        """INSERT INTO online_told (creator_uuid, fan_uuid, member_id, told_at)
           VALUES (:creator, :fan, :member, :now)""",
        creator=creator,
        fan=fan,
        member=member,
        now=now,
    )
