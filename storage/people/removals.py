"""Messages on Discord whose time is over and that are still to be taken away.

From the moment at which a message is listed here nothing else remembers where it is. So when Discord tells
that it is gone, nobody takes that for the deed of a person.
"""

from storage.database import Transaction
from storage.people.channel_messages import ALERT_KINDS
from storage.records import OPEN, CreatorId, DiscordId, FanId, Millis, ThreadKey

_SHOWN = """outbox.network = 'discord' AND outbox.state = 'done' AND outbox.external_id IS NOT NULL
            AND outbox.kind IN ('post', 'post.join', 'post.hidden', 'reply.post')"""
_ALERTS = f"external_id IS NOT NULL AND kind IN ({ALERT_KINDS})"
_COMMENTS = "external_id IS NOT NULL AND network = 'discord' AND kind = 'postcard.line'"
_ABOUT = f"external_id IS NOT NULL AND kind IN ({ALERT_KINDS}, 'postcard.line')"
_EVER: Millis = 1 << 60
_LINES = "kind IN ('post', 'post.join', 'post.hidden', 'reply.post', 'fan.fetch')"
_ASIDE = "kind NOT LIKE 'alert%' AND kind NOT LIKE 'ping.%' AND kind NOT LIKE 'gone.%'"


async def threads_due(
    tx: Transaction, creator: CreatorId, *, before: Millis, after: ThreadKey, limit: int
) -> list[ThreadKey]:
    """The next threads, in the order of their keys, with a line that is older than this; '' begins."""
    rows = await tx.all(
        f"""SELECT DISTINCT threads.thread_key FROM threads JOIN outbox
              ON outbox.creator_uuid = threads.creator_uuid AND outbox.fan_uuid = threads.fan_uuid
             AND outbox.external_id LIKE CAST(threads.thread_id AS TEXT) || ':%'
            WHERE threads.creator_uuid = :creator AND threads.thread_key > :after
              AND outbox.created_at < :before AND {_SHOWN}
            ORDER BY threads.thread_key LIMIT :limit""",  # noqa: S608 - constants
        creator=creator,
        after=after,
        before=before,
        limit=limit,
    )
    return [ThreadKey(row["thread_key"]) for row in rows]


async def anything_since(tx: Transaction, creator: CreatorId, fan: FanId, *, since: Millis) -> bool:
    """Whether the bridge has, or still wants, anything in a fan's thread that is younger than this."""
    row = await tx.one(
        f"""SELECT 1 AS one FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan AND (
                  (created_at >= :since AND network = 'discord' AND {_LINES})
                  OR ({OPEN} AND {_ASIDE})) LIMIT 1""",  # noqa: S608 - constants
        creator=creator,
        fan=fan,
        since=since,
    )
    return row is not None


async def take_lines(
    tx: Transaction, creator: CreatorId, fan: FanId, channel: DiscordId, *, before: Millis
) -> int:
    """List every line of a fan's in this thread that is older than this; how many there are."""
    which = f"creator_uuid = :creator AND fan_uuid = :fan AND {_SHOWN}"
    return await _take(tx, which, channel, before, creator=creator, fan=fan)


async def take_alerts(tx: Transaction, creator: CreatorId, channel: DiscordId, *, before: Millis) -> int:
    """List a creator's lines in an alerts channel that are older than this; how many there are."""
    shown = f"network = 'discord' AND state = 'done' AND {_ALERTS}"
    return await _take(tx, f"creator_uuid = :creator AND {shown}", channel, before, creator=creator)


async def alerts_elsewhere(
    tx: Transaction, creator: CreatorId, alerts: DiscordId, *, before: Millis, limit: int
) -> list[DiscordId]:
    """Other channels with alerts of a creator's that are older than this, of the next few of these."""
    rows = await tx.all(
        f"""SELECT external_id FROM outbox WHERE creator_uuid = :creator AND network = 'discord'
              AND state = 'done' AND {_ALERTS} AND created_at < :before AND external_id NOT LIKE :alerts
            ORDER BY created_at, id LIMIT :limit""",  # noqa: S608 - a constant
        creator=creator,
        before=before,
        alerts=f"{alerts}:%",
        limit=limit,
    )
    return sorted({DiscordId(int(row["external_id"].partition(":")[0])) for row in rows})


async def comments_due(tx: Transaction, creator: CreatorId, *, before: Millis, limit: int) -> list[DiscordId]:
    """The next threads of followed posts with a comment's line that is older than this."""
    rows = await tx.all(
        f"""SELECT thread_id FROM post_cards WHERE creator_uuid = :creator AND thread_id IS NOT NULL
              AND EXISTS (SELECT 1 FROM outbox WHERE outbox.creator_uuid = :creator AND {_COMMENTS}
                            AND external_id LIKE CAST(post_cards.thread_id AS TEXT) || ':%'
                            AND created_at < :before)
            ORDER BY thread_id LIMIT :limit""",  # noqa: S608 - a constant
        creator=creator,
        before=before,
        limit=limit,
    )
    return [DiscordId(row["thread_id"]) for row in rows]


async def take_comments(tx: Transaction, creator: CreatorId, channel: DiscordId, *, before: Millis) -> int:
    """List every comment's line in a post's thread that is older than this; how many there are."""
    return await _take(tx, f"creator_uuid = :creator AND {_COMMENTS}", channel, before, creator=creator)


async def take_lines_about(tx: Transaction, creator: CreatorId, fan: FanId) -> list[DiscordId]:
    """List every alert and comment's line that names a fan; the channels in which there are some."""
    rows = await tx.all(
        f"""SELECT DISTINCT external_id FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND {_ABOUT}""",  # noqa: S608 - a constant
        creator=creator,
        fan=fan,
    )
    channels = sorted({DiscordId(int(row["external_id"].split(":")[0])) for row in rows})
    which = f"creator_uuid = :creator AND fan_uuid = :fan AND {_ABOUT}"
    for channel in channels:
        await _take(tx, which, channel, _EVER, creator=creator, fan=fan)
    return channels


async def next_in(tx: Transaction, channel: DiscordId) -> DiscordId | None:
    """The oldest message of a channel that is still there."""
    row = await tx.one(
        "SELECT MIN(message_id) AS message FROM removals WHERE channel_id = :channel", channel=channel
    )
    return DiscordId(row["message"]) if row and row["message"] is not None else None


async def gone(tx: Transaction, channel: DiscordId, message: DiscordId) -> None:
    """A message is taken away."""
    await tx.execute(
        "DELETE FROM removals WHERE channel_id = :channel AND message_id = :message",
        channel=channel,
        message=message,
    )


async def all_gone(tx: Transaction, channel: DiscordId) -> None:
    """A whole channel is taken away."""
    await tx.execute("DELETE FROM removals WHERE channel_id = :channel", channel=channel)


async def _take(
    tx: Transaction, which: str, channel: DiscordId, before: Millis, *, creator: CreatorId, **given: str
) -> int:
    rows = await tx.all(
        f"""SELECT id, external_id FROM outbox WHERE {which} AND created_at < :before
              AND external_id LIKE :place ORDER BY created_at""",  # noqa: S608 - constants
        before=before,
        place=f"{channel}:%",
        creator=creator,
        **given,
    )
    for row in rows:
        message = int(row["external_id"].split(":")[1])
        await tx.execute(
            """INSERT INTO removals (channel_id, message_id, creator_uuid)
               VALUES (:channel, :message, :creator) ON CONFLICT (channel_id, message_id) DO NOTHING""",
            creator=creator,
            channel=channel,
            message=message,
        )
        await tx.execute("UPDATE outbox SET external_id = NULL WHERE id = :id", id=row["id"])
        await tx.execute(
            """UPDATE messages SET channel_id = NULL, discord_message_id = NULL
               WHERE discord_message_id = :message""",
            message=message,
        )
    return len(rows)
