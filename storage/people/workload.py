"""Members' replies to a creator's fans, and how long those had waited.

A fan waits from their first message after the last one sent to them; the next one sent ends that,
from any sender. Only replies that the bridge sent for a member count for somebody.
"""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of

# A wait that is longer than this began before what is looked at: it is counted as a reply, not as an answer.
LOOKS_BACK: Millis = 7 * 86_400_000


@dataclass(frozen=True)
class MemberReplies:
    """A member's replies: all, those with a price, and those of them that were bought."""

    member: DiscordId
    name: str
    replies: int
    priced: int
    bought: int


@dataclass(frozen=True)
class AnsweredWait:
    """A member ended a fan's wait after so long."""

    member: DiscordId
    waited: Millis


async def sent(tx: Transaction, creator: CreatorId, *, since: Millis) -> list[MemberReplies]:
    """Each member's replies since then that Fanvue has, the member with most first."""
    rows = await tx.all(
        """SELECT commands.actor, MAX(commands.actor_name) AS name, COUNT(*) AS replies,
                  SUM(CASE WHEN messages.price > 0 AND (messages.deleted_at IS NULL
                                                         OR messages.bought_at IS NOT NULL)
                           THEN 1 ELSE 0 END) AS priced,
                  SUM(CASE WHEN messages.price > 0 AND messages.bought_at IS NOT NULL THEN 1 ELSE 0 END)
                      AS bought
           FROM messages JOIN outbox ON outbox.id = messages.outbox_id AND outbox.kind = 'chat.send'
                JOIN commands ON commands.id = outbox.cause
           WHERE messages.creator_uuid = :creator AND messages.direction = 'out'
             AND messages.sent_at >= :since
           GROUP BY commands.actor ORDER BY replies DESC, commands.actor""",
        creator=creator,
        since=since,
    )
    return [record_of(MemberReplies, row, member=row["actor"]) for row in rows]


async def answered(tx: Transaction, creator: CreatorId, *, since: Millis, limit: int) -> list[AnsweredWait]:
    """The newest answers since then, at most so many."""
    rows = await tx.all(
        """WITH said AS (
               SELECT fan_uuid, sent_at, direction, outbox_id,
                      SUM(CASE WHEN direction = 'out' THEN 1 ELSE 0 END) OVER (
                          PARTITION BY fan_uuid ORDER BY sent_at, message_uuid
                          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
                      - CASE WHEN direction = 'out' THEN 1 ELSE 0 END AS turn
               FROM messages WHERE creator_uuid = :creator AND sent_at >= :back),
           turns AS (
               SELECT MIN(CASE WHEN direction = 'in' THEN sent_at END) AS asked,
                      MAX(CASE WHEN direction = 'out' THEN sent_at END) AS ended,
                      MAX(CASE WHEN direction = 'out' THEN outbox_id END) AS effect
               FROM said GROUP BY fan_uuid, turn)
           SELECT commands.actor, turns.ended - turns.asked AS waited
           FROM turns JOIN outbox ON outbox.id = turns.effect AND outbox.kind = 'chat.send'
                JOIN commands ON commands.id = outbox.cause
           WHERE turns.asked IS NOT NULL AND turns.ended >= :since
           ORDER BY turns.ended DESC LIMIT :limit""",
        back=since - LOOKS_BACK,
        creator=creator,
        since=since,
        limit=limit,
    )
    return [AnsweredWait(DiscordId(row["actor"]), row["waited"]) for row in rows]
