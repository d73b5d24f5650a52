"""Places on Discord that the erasure of a creator removes, and those that stay."""

from dataclasses import dataclass
from enum import IntEnum

from storage.database import Row, Transaction, Value
from storage.engine.signed_rights import FORUMS, every
from storage.people.channel_messages import CHANNEL_KINDS
from storage.records import CreatorId, DiscordId
from storage.rows import record_of


class RemovalRank(IntEnum):
    """In which order things go from Discord."""

    FORUM = 0  # with every post in it
    CHANNEL = 1
    LINE = 2
    POST = 3  # only where the forum itself cannot go


@dataclass(frozen=True)
class ErasurePlace:
    """A channel, or one message of it, that has to go. `guild`: on which server, where that is known."""

    creator: CreatorId
    channel: DiscordId
    message: DiscordId | None
    rank: RemovalRank
    guild: DiscordId | None = None


@dataclass(frozen=True)
class RemainingPlaces:
    """The places Discord does not let the bot remove: the first few of each kind, and how many there are."""

    channels: tuple[ErasurePlace, ...]
    messages: tuple[ErasurePlace, ...]
    all_channels: int
    all_messages: int


async def list_channels(tx: Transaction, creator: CreatorId) -> None:
    """List the creator's forums and alerts channels, and let go of them: nothing new is decided from now on.

    An alerts channel in which somebody else is told, too, is left alone; so is a forum made hers by hand.
    """
    for forum in await every(tx, FORUMS, "SELECT * FROM forums WHERE creator_uuid = :her", her=creator):
        guild, alerts = DiscordId(forum["guild_id"]), DiscordId(forum["alerts_id"])
        await _list(tx, ErasurePlace(creator, DiscordId(forum["forum_id"]), None, RemovalRank.FORUM, guild))
        shared = await tx.one(
            """SELECT 1 AS one FROM forums
               WHERE alerts_id = :alerts AND COALESCE(creator_uuid, '') <> :creator""",
            alerts=alerts,
            creator=creator,
        )
        if shared is None:
            await _list(tx, ErasurePlace(creator, alerts, None, RemovalRank.CHANNEL, guild))
        # Of whom these are nobody knows any more. The time of all is over: whoever leaves takes them along.
        await tx.execute(
            "UPDATE removals SET creator_uuid = :creator WHERE creator_uuid = '' AND channel_id = :alerts",
            creator=creator,
            alerts=alerts,
        )
        await tx.execute("DELETE FROM setups WHERE forum_id = :forum", forum=forum["forum_id"])
    await tx.execute("DELETE FROM forums WHERE creator_uuid = :creator", creator=creator)


async def list_posts(tx: Transaction, creator: CreatorId) -> None:
    """List every fan's post, and lines in other channels: alerts, digests, and what was to go already."""
    await tx.execute(
        """INSERT INTO erasure_places (creator_uuid, channel_id, message_id, forum_id, rank, guild_id)
           SELECT creator_uuid, thread_id, 0, forum_id, :rank, guild_id FROM threads
           WHERE creator_uuid = :creator AND thread_id IS NOT NULL
           ON CONFLICT (creator_uuid, channel_id, message_id)
           DO UPDATE SET forum_id = excluded.forum_id, guild_id = excluded.guild_id""",
        creator=creator,
        rank=RemovalRank.POST,
    )
    await tx.execute(
        """INSERT INTO erasure_places (creator_uuid, channel_id, message_id, forum_id, rank, guild_id)
           SELECT creator_uuid, thread_id, 0, forum_id, :rank, guild_id FROM post_cards
           WHERE creator_uuid = :creator AND thread_id IS NOT NULL
           ON CONFLICT (creator_uuid, channel_id, message_id)
           DO UPDATE SET forum_id = excluded.forum_id, guild_id = excluded.guild_id""",
        creator=creator,
        rank=RemovalRank.POST,
    )
    await _take_over(tx, creator)
    lines = await tx.all(
        f"""SELECT DISTINCT external_id FROM outbox WHERE creator_uuid = :creator AND external_id LIKE '%:%'
             AND kind IN ({CHANNEL_KINDS})""",  # noqa: S608 - a constant
        creator=creator,
    )
    places = [tuple(map(int, line["external_id"].split(":"))) for line in lines]
    boards = await tx.all(
        """SELECT channel_id, message_id FROM boards WHERE creator_uuid = :creator
           UNION SELECT channel_id, message_id FROM waiting_boards WHERE creator_uuid = :creator""",
        creator=creator,
    )
    places += [(board["channel_id"], board["message_id"]) for board in boards]
    guilds = {one: await _guild_of(tx, creator, one) for one in {channel for channel, _ in places}}
    for channel, message in places:
        place = ErasurePlace(
            creator, DiscordId(channel), DiscordId(message), RemovalRank.LINE, guilds[channel]
        )
        await _list(tx, place)


async def list_post(tx: Transaction, creator: CreatorId, channel: DiscordId) -> None:
    """List a post of which no thread is known any more: it was about to go."""
    await _list(tx, ErasurePlace(creator, channel, None, RemovalRank.POST))


async def _take_over(tx: Transaction, creator: CreatorId) -> None:
    """Messages that were to go because their time was over; in the fans' posts they go with the post."""
    channels = await tx.all(
        """SELECT DISTINCT channel_id FROM removals WHERE creator_uuid = :creator AND NOT EXISTS (
               SELECT 1 FROM erasure_places AS post WHERE post.creator_uuid = removals.creator_uuid
                 AND post.channel_id = removals.channel_id AND post.message_id = 0 AND post.rank = :post)""",
        creator=creator,
        post=RemovalRank.POST,
    )
    for row in channels:
        await tx.execute(
            """INSERT INTO erasure_places (creator_uuid, channel_id, message_id, rank, guild_id)
               SELECT creator_uuid, channel_id, message_id, :rank, :guild FROM removals
               WHERE creator_uuid = :creator AND channel_id = :channel
               ON CONFLICT (creator_uuid, channel_id, message_id) DO NOTHING""",
            creator=creator,
            channel=row["channel_id"],
            rank=RemovalRank.LINE,
            guild=await _guild_of(tx, creator, row["channel_id"]),
        )
    await tx.execute("DELETE FROM removals WHERE creator_uuid = :creator", creator=creator)


async def next_place(tx: Transaction, creator: CreatorId) -> ErasurePlace | None:
    row = await tx.one(
        """SELECT * FROM erasure_places WHERE creator_uuid = :creator AND refused = 0
           ORDER BY rank, channel_id, message_id LIMIT 1""",
        creator=creator,
    )
    return _place_of(row) if row else None


async def taken(tx: Transaction, place: ErasurePlace) -> None:
    """Forget a gone place and everything in it."""
    given: dict[str, Value] = {"creator": place.creator, "channel": place.channel}
    if place.message is None:
        await tx.execute(
            """DELETE FROM erasure_places WHERE creator_uuid = :creator
                 AND (channel_id = :channel OR forum_id = :channel)""",
            **given,
        )
        return
    await tx.execute(
        """DELETE FROM erasure_places WHERE creator_uuid = :creator AND channel_id = :channel
             AND message_id = :message""",
        message=place.message,
        **given,
    )


async def refused(tx: Transaction, place: ErasurePlace) -> None:
    """Discord does not let the bot take it away: a person must."""
    await tx.execute(
        """UPDATE erasure_places SET refused = 1 WHERE creator_uuid = :creator AND channel_id = :channel
             AND message_id = :message""",
        creator=place.creator,
        channel=place.channel,
        message=place.message or 0,
    )


async def left_to_take(tx: Transaction, creator: CreatorId) -> int:
    """Count the channels and messages that still have to go."""
    row = await tx.one(
        "SELECT COUNT(*) AS number FROM erasure_places WHERE creator_uuid = :creator AND refused = 0",
        creator=creator,
    )
    return int(row["number"]) if row else 0


# What lies in something that stays itself goes with it, when a person deletes that.
_CHANNELS = """FROM erasure_places AS one WHERE creator_uuid = :creator AND refused = 1 AND message_id = 0
    AND NOT EXISTS (SELECT 1 FROM erasure_places AS forum WHERE forum.creator_uuid = one.creator_uuid
                    AND forum.channel_id = one.forum_id AND forum.message_id = 0 AND forum.refused = 1)"""
_MESSAGES = """FROM erasure_places AS one WHERE creator_uuid = :creator AND refused = 1 AND message_id <> 0
    AND NOT EXISTS (SELECT 1 FROM erasure_places AS whole WHERE whole.creator_uuid = one.creator_uuid
                    AND whole.channel_id = one.channel_id AND whole.message_id = 0 AND whole.refused = 1)"""


async def what_stays(tx: Transaction, creator: CreatorId, *, most: int) -> RemainingPlaces:
    """Places that a person must delete by hand; at most `most` channels and as many messages."""
    channels, all_channels = await _some_of(tx, _CHANNELS, creator, most)
    messages, all_messages = await _some_of(tx, _MESSAGES, creator, most)
    return RemainingPlaces(channels, messages, all_channels, all_messages)


async def _some_of(
    tx: Transaction, which: str, creator: CreatorId, most: int
) -> tuple[tuple[ErasurePlace, ...], int]:
    rows = await tx.all(
        f"SELECT * {which} ORDER BY rank, channel_id, message_id LIMIT :most",
        creator=creator,
        most=most,
    )
    number = await tx.one(f"SELECT COUNT(*) AS number {which}", creator=creator)
    return tuple(_place_of(row) for row in rows), int(number["number"]) if number else 0


async def _guild_of(tx: Transaction, creator: CreatorId, channel: int) -> DiscordId | None:
    """On which server a channel is: by what is known of it, or because the creator is on only one."""
    rows = await tx.all(
        """SELECT guild_id FROM forums WHERE alerts_id = :channel
           UNION SELECT guild_id FROM erasure_places WHERE creator_uuid = :creator
             AND channel_id = :channel AND message_id = 0 AND guild_id IS NOT NULL""",
        channel=channel,
        creator=creator,
    )
    if not rows:
        rows = await tx.all(
            """SELECT guild_id FROM links WHERE creator_uuid = :creator
               UNION SELECT guild_id FROM consents WHERE creator_uuid = :creator
               UNION SELECT guild_id FROM erasure_places WHERE creator_uuid = :creator
                 AND guild_id IS NOT NULL""",
            creator=creator,
        )
    return DiscordId(rows[0]["guild_id"]) if len(rows) == 1 else None


async def _list(tx: Transaction, place: ErasurePlace) -> None:
    await tx.execute(
        """INSERT INTO erasure_places (creator_uuid, channel_id, message_id, rank, guild_id)
           VALUES (:creator, :channel, :message_or_none, :rank, :guild)
           ON CONFLICT (creator_uuid, channel_id, message_id) DO NOTHING""",
        message_or_none=place.message or 0,
        **vars(place),
    )


def _place_of(row: Row) -> ErasurePlace:
    return record_of(ErasurePlace, row, message=row["message_id"] or None, rank=RemovalRank(row["rank"]))
