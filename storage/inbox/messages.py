"""Discord messages that show Fanvue messages, and what became of them."""

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId, EffectId, FanId, FanvueMessageId, MessagePair, Millis
from storage.rows import record_of

_ADD = """INSERT INTO messages (creator_uuid, message_uuid, fan_uuid, direction, sent_at, outbox_id,
                          channel_id, discord_message_id, seen_at, bought_at, price)
    VALUES (:creator, :message, :fan, :direction, :sent_at, :effect, :channel, :discord_message, :seen_at,
            :bought_at, :price)
    ON CONFLICT (creator_uuid, message_uuid) DO"""
_FILL_IN = """UPDATE SET
    outbox_id = COALESCE(messages.outbox_id, excluded.outbox_id),
    channel_id = CASE
        WHEN messages.discord_message_id IS NULL AND excluded.discord_message_id IS NOT NULL
        THEN excluded.channel_id ELSE COALESCE(messages.channel_id, excluded.channel_id) END,
    discord_message_id = COALESCE(messages.discord_message_id, excluded.discord_message_id),
    seen_at = COALESCE(messages.seen_at, excluded.seen_at),
    bought_at = COALESCE(messages.bought_at, excluded.bought_at),
    price = COALESCE(messages.price, excluded.price)"""


async def pair(tx: Transaction, new: MessagePair) -> bool:
    """Keep a message, or fill in what was not known of it; True when it was not there. Nothing is erased.

    A place on Discord is channel and message together: a known one is never mixed with another.
    """
    if await tx.execute(f"{_ADD} NOTHING", **vars(new)) == 1:
        return True
    await tx.execute(f"{_ADD} {_FILL_IN}", **vars(new))
    return False


async def get(tx: Transaction, creator: CreatorId, message: FanvueMessageId) -> MessagePair | None:
    """One message by Fanvue's id."""
    row = await tx.one(
        "SELECT * FROM messages WHERE creator_uuid = :creator AND message_uuid = :message",
        creator=creator,
        message=message,
    )
    return paired_of(row) if row else None


async def newest_in(tx: Transaction, creator: CreatorId, fan: FanId) -> FanvueMessageId | None:
    """The message that a fan wrote last, as far as it is known."""
    row = await tx.one(
        """SELECT message_uuid FROM messages WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND direction = 'in' ORDER BY sent_at DESC LIMIT 1""",
        creator=creator,
        fan=fan,
    )
    return FanvueMessageId(row["message_uuid"]) if row else None


async def first_at(tx: Transaction, creator: CreatorId, fan: FanId) -> Millis | None:
    """When the oldest known message with a fan was sent, by either side; None: none is known."""
    row = await tx.one(
        "SELECT MIN(sent_at) AS at FROM messages WHERE creator_uuid = :creator AND fan_uuid = :fan",
        creator=creator,
        fan=fan,
    )
    return row["at"] if row else None


async def of_discord(tx: Transaction, discord_message: DiscordId) -> MessagePair | None:
    """The message that a Discord message shows; the oldest, should it show several."""
    row = await tx.one(
        """SELECT * FROM messages WHERE discord_message_id = :discord_message
           ORDER BY sent_at, message_uuid LIMIT 1""",
        discord_message=discord_message,
    )
    return paired_of(row) if row else None


async def of_effect(tx: Transaction, effect: EffectId) -> MessagePair | None:
    """The message that a send made."""
    row = await tx.one(
        "SELECT * FROM messages WHERE outbox_id = :effect ORDER BY sent_at, message_uuid LIMIT 1",
        effect=effect,
    )
    return paired_of(row) if row else None


async def unseen_out(tx: Transaction, creator: CreatorId, fan: FanId) -> list[MessagePair]:
    """Messages sent to a fan and not known to be seen, oldest first."""
    rows = await tx.all(
        """SELECT * FROM messages WHERE creator_uuid = :creator AND fan_uuid = :fan AND direction = 'out'
             AND seen_at IS NULL ORDER BY sent_at, message_uuid""",
        creator=creator,
        fan=fan,
    )
    return [paired_of(row) for row in rows]


async def seen(tx: Transaction, creator: CreatorId, message: FanvueMessageId, at: Millis) -> bool:
    """Remember when a message was first known to be seen; False when that was known already."""
    return await _first(tx, "seen_at", creator, message, at)


async def bought(tx: Transaction, creator: CreatorId, message: FanvueMessageId, at: Millis) -> bool:
    """Remember when a message was bought; False when that was known already."""
    return await _first(tx, "bought_at", creator, message, at)


async def deleted(tx: Transaction, creator: CreatorId, message: FanvueMessageId, at: Millis) -> bool:
    """Remember when a message was deleted on Fanvue; False when that was known already."""
    return await _first(tx, "deleted_at", creator, message, at)


async def _first(
    tx: Transaction, column: str, creator: CreatorId, message: FanvueMessageId, at: Millis
) -> bool:
    changed = await tx.execute(
        f"""UPDATE messages SET {column} = :at
            WHERE creator_uuid = :creator AND message_uuid = :message AND {column} IS NULL""",  # noqa: S608 - our own
        creator=creator,
        message=message,
        at=at,
    )
    return changed == 1


async def kept_copies(tx: Transaction, mass: EffectId) -> list[MessagePair]:
    """The copies that this mass message made, still there and not bought: the ones that a recall takes."""
    rows = await tx.all(
        """SELECT * FROM messages WHERE outbox_id = :mass AND direction = 'mass' AND deleted_at IS NULL
             AND bought_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM payments p
                             WHERE p.creator_uuid = messages.creator_uuid AND p.source = 'message'
                               AND p.message_uuid = messages.message_uuid)
           ORDER BY sent_at, message_uuid""",
        mass=mass,
    )
    return [paired_of(row) for row in rows]


async def shown_at(
    tx: Transaction,
    creator: CreatorId,
    message: FanvueMessageId,
    channel: DiscordId,
    discord_message: DiscordId,
) -> None:
    """Remember which Discord message shows a message from now on, whichever did before."""
    await tx.execute(
        """UPDATE messages SET channel_id = :channel, discord_message_id = :discord_message
           WHERE creator_uuid = :creator AND message_uuid = :message""",
        creator=creator,
        message=message,
        channel=channel,
        discord_message=discord_message,
    )


async def is_deleted(tx: Transaction, creator: CreatorId, message: FanvueMessageId) -> bool:
    """Whether a message is known to be deleted on Fanvue."""
    row = await tx.one(
        """SELECT 1 FROM messages
           WHERE creator_uuid = :creator AND message_uuid = :message AND deleted_at IS NOT NULL""",
        creator=creator,
        message=message,
    )
    return row is not None


async def last_in(tx: Transaction, creator: CreatorId, fan: FanId) -> MessagePair | None:
    """The newest message of a fan."""
    row = await tx.one(
        """SELECT * FROM messages WHERE creator_uuid = :creator AND fan_uuid = :fan AND direction = 'in'
           ORDER BY sent_at DESC, message_uuid DESC LIMIT 1""",
        creator=creator,
        fan=fan,
    )
    return paired_of(row) if row else None


def paired_of(row: Row) -> MessagePair:
    """The record of one row."""
    return record_of(MessagePair, row, effect=row["outbox_id"])
