"""When a creator's days begin, and where and when their owner is told of each."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId


@dataclass(frozen=True)
class Digest:
    """One creator's daily digest. `told`: the newest local day that is taken care of, YYYY-MM-DD."""

    creator: CreatorId
    owner: DiscordId
    channel: DiscordId
    hour: int  # of the creator's zone
    told: str


async def get(tx: Transaction, creator: CreatorId) -> Digest | None:
    """A creator's digest, while the link of whoever wanted it is open."""
    row = await tx.one(
        """SELECT digests.* FROM digests
           JOIN links ON links.creator_uuid = digests.creator_uuid AND links.discord_user = digests.owner
           WHERE digests.creator_uuid = :creator AND links.state <> 'closed'""",
        creator=creator,
    )
    return _digest_of(row) if row else None


async def running(tx: Transaction) -> list[tuple[Digest, str | None]]:
    """Every digest whose creator Fanvue lets the bridge read now, with the name of their zone."""
    rows = await tx.all(
        """SELECT digests.*, zones.zone FROM digests
           JOIN links ON links.creator_uuid = digests.creator_uuid AND links.discord_user = digests.owner
           LEFT JOIN zones ON zones.creator_uuid = digests.creator_uuid
           WHERE links.state = 'active' ORDER BY digests.creator_uuid"""
    )
    return [(_digest_of(row), row["zone"]) for row in rows]


async def put(tx: Transaction, digest: Digest) -> None:
    """Keep a digest instead of what was wanted before."""
    await tx.execute(
        """INSERT INTO digests (creator_uuid, owner, channel_id, hour, told)
           VALUES (:creator, :owner, :channel, :hour, :told)
           ON CONFLICT (creator_uuid) DO UPDATE SET owner = excluded.owner,
               channel_id = excluded.channel_id, hour = excluded.hour, told = excluded.told""",
        creator=digest.creator,
        owner=digest.owner,
        channel=digest.channel,
        hour=digest.hour,
        told=digest.told,
    )


async def tell(tx: Transaction, creator: CreatorId, day: str) -> bool:
    """Take care of a day; False when that day, or a later one, is taken care of, or nobody wants it."""
    changed = await tx.execute(
        "UPDATE digests SET told = :day WHERE creator_uuid = :creator AND told < :day",
        creator=creator,
        day=day,
    )
    return changed == 1


async def remove(tx: Transaction, creator: CreatorId) -> None:
    """Want no digest any more."""
    await tx.execute("DELETE FROM digests WHERE creator_uuid = :creator", creator=creator)


async def zone(tx: Transaction, creator: CreatorId) -> str | None:
    """The name of a creator's zone, if one was chosen."""
    row = await tx.one("SELECT zone FROM zones WHERE creator_uuid = :creator", creator=creator)
    return str(row["zone"]) if row else None


async def choose_zone(tx: Transaction, creator: CreatorId, name: str) -> None:
    """Let a creator's days begin in another zone."""
    await tx.execute(
        """INSERT INTO zones (creator_uuid, zone) VALUES (:creator, :zone)
           ON CONFLICT (creator_uuid) DO UPDATE SET zone = excluded.zone""",
        creator=creator,
        zone=name,
    )


def _digest_of(row: Row) -> Digest:
    return Digest(
        creator=CreatorId(row["creator_uuid"]),
        owner=DiscordId(row["owner"]),
        channel=DiscordId(row["channel_id"]),
        hour=row["hour"],
        told=row["told"],
    )
