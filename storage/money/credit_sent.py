"""Senders of items in a creator's name, as far as a sale can come of them."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.engine.sends import ACTOR
from storage.records import CreatorId, DiscordId, EffectId, FanId, Millis, Pseudonym
from storage.rows import record_of

REPLY, ELSEWHERE, MASS, POST = "reply", "elsewhere", "mass", "post"


@dataclass(frozen=True)
class SentItem:
    """One message, mass message or post that Fanvue has."""

    item: str  # its id on Fanvue
    kind: str
    at: Millis
    fan: Pseudonym | None = None  # None: to many
    member: DiscordId | None = None  # None: whoever it was, it was on Fanvue itself


@dataclass(frozen=True)
class MissingSentReply:
    """A member's reply that is not remembered yet."""

    item: str
    fan: FanId
    at: Millis
    member: DiscordId


async def add(tx: Transaction, creator: CreatorId, new: SentItem) -> None:
    """Remember it; the first entry stays, unless it turns out to be a member's reply."""
    await tx.execute(
        """INSERT INTO credit_sent (creator_uuid, item, kind, at, fan, member)
           VALUES (:creator, :item, :kind, :at, :fan, :member)
           ON CONFLICT (creator_uuid, item) DO UPDATE SET kind = excluded.kind, member = excluded.member
               WHERE credit_sent.kind = 'elsewhere' AND excluded.kind = 'reply'""",
        creator=creator,
        **vars(new),
    )


async def get(tx: Transaction, creator: CreatorId, item: str) -> SentItem | None:
    """One of them by its id on Fanvue."""
    row = await tx.one(
        "SELECT * FROM credit_sent WHERE creator_uuid = :creator AND item = :item", creator=creator, item=item
    )
    return record_of(SentItem, row) if row else None


async def item_of(tx: Transaction, reply: EffectId) -> str | None:
    """Under which id Fanvue has what a reply sent."""
    row = await tx.one(
        "SELECT message_uuid FROM messages WHERE outbox_id = :reply ORDER BY sent_at, message_uuid LIMIT 1",
        reply=reply,
    )
    return str(row["message_uuid"]) if row else None


async def next_sent(tx: Transaction, creator: CreatorId, *, after: Millis, limit: int) -> Millis | None:
    """Up to when the next so many messages were sent that left after this time; None: none did.

    All that were sent at one time belong together, however many they are.
    """
    row = await tx.one(
        """SELECT MAX(sent_at) AS until FROM (
               SELECT sent_at FROM messages WHERE creator_uuid = :creator AND direction = 'out'
                 AND sent_at > :after ORDER BY sent_at LIMIT :limit) AS next""",
        creator=creator,
        after=after,
        limit=limit,
    )
    return row["until"] if row else None


async def missing(
    tx: Transaction, creator: CreatorId, *, after: Millis, until: Millis
) -> list[MissingSentReply]:
    """Replies of members, sent after one time and until another, that are not remembered."""
    rows = await tx.all(
        """SELECT messages.message_uuid, messages.fan_uuid, messages.sent_at, commands.actor
           FROM messages JOIN outbox ON outbox.id = messages.outbox_id AND outbox.kind = 'chat.send'
                JOIN commands ON commands.id = outbox.cause
           WHERE messages.creator_uuid = :creator AND messages.direction = 'out'
             AND messages.sent_at > :after AND messages.sent_at <= :until
             AND NOT EXISTS (SELECT 1 FROM credit_sent AS kept WHERE kept.creator_uuid = :creator
                               AND kept.item = messages.message_uuid)
           ORDER BY messages.sent_at""",
        creator=creator,
        after=after,
        until=until,
    )
    return [
        MissingSentReply(row["message_uuid"], FanId(row["fan_uuid"]), row["sent_at"], DiscordId(row["actor"]))
        for row in rows
    ]


_POSTS = f"""FROM outbox AS o WHERE o.creator_uuid = :creator AND o.fan_uuid IS NULL AND o.kind = :posted
    AND o.state = 'done' AND o.external_id IS NOT NULL AND {ACTOR} IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM credit_sent AS kept
                    WHERE kept.creator_uuid = :creator AND kept.item = o.external_id)"""  # noqa: S608 - a constant
_MASS = """FROM campaigns WHERE creator_uuid = :creator
    AND NOT EXISTS (SELECT 1 FROM credit_sent AS kept
                    WHERE kept.creator_uuid = :creator AND kept.item = campaigns.message_uuid)"""


async def to_many_missing(tx: Transaction, creator: CreatorId, *, posted: str) -> bool:
    """Whether a mass message or a post is not remembered. `posted`: the kind of effects that are posts."""
    row = await tx.one(
        f"SELECT 1 AS one {_POSTS} UNION ALL SELECT 1 AS one {_MASS} LIMIT 1",
        creator=creator,
        posted=posted,
    )
    return row is not None


async def add_to_many(tx: Transaction, creator: CreatorId, *, posted: str) -> None:
    """Remember every mass message under its launcher, every post under its publisher."""
    await tx.execute(
        f"""INSERT INTO credit_sent (creator_uuid, item, kind, at, fan, member)
            SELECT :creator, o.external_id, '{POST}', COALESCE(o.settled_at, o.created_at), NULL, {ACTOR}
            {_POSTS}
            ON CONFLICT (creator_uuid, item) DO NOTHING""",
        creator=creator,
        posted=posted,
    )
    await tx.execute(
        f"""INSERT INTO credit_sent (creator_uuid, item, kind, at, fan, member)
            SELECT creator_uuid, message_uuid, '{MASS}', launched_at, NULL, launched_by {_MASS}
            ON CONFLICT (creator_uuid, item) DO NOTHING""",
        creator=creator,
    )


async def launchers(tx: Transaction, creator: CreatorId) -> dict[str, DiscordId]:
    """Every mass message that was launched through the bridge, and who did."""
    rows = await tx.all(
        f"""SELECT message_uuid AS item, launched_by AS member FROM campaigns WHERE creator_uuid = :creator
            UNION SELECT item, member FROM credit_sent
            WHERE creator_uuid = :creator AND fan IS NULL AND kind = '{MASS}' AND member IS NOT NULL""",  # noqa: S608 - a constant
        creator=creator,
    )
    return {row["item"]: DiscordId(row["member"]) for row in rows}


async def prune(tx: Transaction, creator: CreatorId, *, before: Millis, limit: int) -> int:
    """Delete a batch of what is older than this; how many there were."""
    return await tx.execute(
        """DELETE FROM credit_sent WHERE creator_uuid = :creator AND item IN (
               SELECT item FROM credit_sent WHERE creator_uuid = :creator AND at < :before LIMIT :limit)""",
        creator=creator,
        before=before,
        limit=limit,
    )
