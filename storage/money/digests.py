"""The start of a creator's days, and where and when their owner is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.people import creators
from storage.records import CreatorId, DiscordId, LinkState, Millis
from storage.rows import record_of

_NEVER = "9999-12-31"  # no day comes after it


@dataclass(frozen=True)
class Digest:
    """One of a creator's digests, as its owner wants it. Days are YYYY-MM-DD."""

    creator: CreatorId
    sort: str  # daily, weekly or monthly
    owner: DiscordId
    channel: DiscordId | None  # None: privately, to the owner
    hour: int  # of the creator's zone
    figures: str  # how exactly it shows them
    quiet: bool  # it does not come when there is nothing to say
    since: str  # what ended on this day or before was not wanted yet
    closed_at: Millis | None = None  # since when the owner takes no private messages


async def get(tx: Transaction, creator: CreatorId, sort: str) -> Digest | None:
    """One digest, while its owner's link is open."""
    return next((one for one in await of_creator(tx, creator) if one.sort == sort), None)


async def of_creator(tx: Transaction, creator: CreatorId) -> Sequence[Digest]:
    link = await creators.open_link(tx, creator)
    if link is None:
        return []
    rows = await tx.all(
        "SELECT * FROM digests WHERE creator_uuid = :creator AND owner = :owner ORDER BY sort",
        creator=creator,
        owner=link.discord_user,
    )
    return [_digest_of(row) for row in rows]


async def shows_exactly(tx: Transaction, creator: CreatorId) -> bool:
    """Whether a channel is told exact figures of a creator anyway."""
    return any(one.channel is not None and one.figures == "exact" for one in await of_creator(tx, creator))


async def running(tx: Transaction) -> list[tuple[Digest, str | None]]:
    """Every digest that can come and whose creator Fanvue lets the bridge read, with their zone's name."""
    rows = await tx.all(
        """SELECT digests.*, zones.zone FROM digests
           LEFT JOIN zones ON zones.creator_uuid = digests.creator_uuid
           WHERE digests.closed_at IS NULL ORDER BY digests.creator_uuid, digests.sort"""
    )
    linked = await creators.open_links(tx)
    owners = {(link.creator, link.discord_user) for link in linked if link.state is LinkState.ACTIVE}
    found = [(_digest_of(row), row["zone"]) for row in rows]
    return [(digest, zone) for digest, zone in found if (digest.creator, digest.owner) in owners]


async def put(tx: Transaction, digest: Digest) -> None:
    """Keep a digest instead of what was wanted of its sort before; its owner is tried again."""
    await tx.execute(
        """INSERT INTO digests (creator_uuid, sort, owner, channel_id, hour, figures, quiet, told)
           VALUES (:creator, :sort, :owner, :channel, :hour, :figures, :quiet, :since)
           ON CONFLICT (creator_uuid, sort) DO UPDATE SET owner = excluded.owner,
               channel_id = excluded.channel_id, hour = excluded.hour, figures = excluded.figures,
               quiet = excluded.quiet, told = excluded.told, closed_at = NULL""",
        **vars(digest),
    )


async def is_told(tx: Transaction, creator: CreatorId, sort: str, day: str) -> bool:
    """Whether what ended on this day is taken care of."""
    row = await tx.one(
        "SELECT 1 AS one FROM digests_told WHERE creator_uuid = :creator AND sort = :sort AND day = :day",
        creator=creator,
        sort=sort,
        day=day,
    )
    return row is not None


async def newest(tx: Transaction, creator: CreatorId, sort: str) -> str | None:
    """The newest day that is taken care of."""
    return await newest_before(tx, creator, sort, _NEVER)


async def newest_before(tx: Transaction, creator: CreatorId, sort: str, day: str) -> str | None:
    """The newest one that is taken care of and was earlier than this day."""
    row = await tx.one(
        """SELECT MAX(day) AS day FROM digests_told
           WHERE creator_uuid = :creator AND sort = :sort AND day < :day""",
        creator=creator,
        sort=sort,
        day=day,
    )
    return row["day"] if row else None


async def tell(tx: Transaction, creator: CreatorId, sort: str, day: str, *, forget: str) -> bool:
    """Take care of what ended on a day; False when somebody did, or nobody wants it.

    What ended before `forget` is remembered no longer.
    """
    await tx.execute(
        "DELETE FROM digests_told WHERE creator_uuid = :creator AND sort = :sort AND day < :forget",
        creator=creator,
        sort=sort,
        forget=forget,
    )
    added = await tx.execute(
        """INSERT INTO digests_told (creator_uuid, sort, day)
           SELECT creator_uuid, sort, :day FROM digests
           WHERE creator_uuid = :creator AND sort = :sort AND told < :day
           ON CONFLICT (creator_uuid, sort, day) DO NOTHING""",
        creator=creator,
        sort=sort,
        day=day,
    )
    return added == 1


async def close(tx: Transaction, creator: CreatorId, owner: DiscordId, *, now: Millis) -> bool:
    """Remember that this owner takes no private messages; False when that was known."""
    changed = await tx.execute(
        """UPDATE digests SET closed_at = :now WHERE creator_uuid = :creator AND owner = :owner
             AND channel_id IS NULL AND closed_at IS NULL""",
        creator=creator,
        owner=owner,
        now=now,
    )
    return changed > 0


async def remove(tx: Transaction, creator: CreatorId, sort: str) -> bool:
    """Want a digest no longer; False when there was none."""
    changed = await tx.execute(
        "DELETE FROM digests WHERE creator_uuid = :creator AND sort = :sort", creator=creator, sort=sort
    )
    return changed == 1


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
    return record_of(Digest, row, since=row["told"])
