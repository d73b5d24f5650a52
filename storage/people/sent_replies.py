"""Members' replies to a creator's fans, one after the other, newest first.

A wait is counted as in `storage.people.workload`: from the fan's first message after the last one sent to
them. Here it is looked up for each reply by itself, so that it costs nothing to look at few.
"""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import Cents, CreatorId, DiscordId, EffectId, FanId, FanvueMessageId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class SentReplyFilter:
    """A choice of replies for a creator; None does not matter."""

    creator: CreatorId
    since: Millis
    member: DiscordId | None = None
    priced: bool | None = None


@dataclass(frozen=True)
class SentReply:
    """A member's reply that Fanvue has."""

    creator: CreatorId
    fan: FanId
    message: FanvueMessageId
    effect: EffectId  # whose body has the text, as long as it is kept
    at: Millis
    member: DiscordId
    member_name: str
    price: Cents | None
    bought: bool
    taken_back: bool  # so that the fan no longer has it: what was bought stays theirs
    fan_name: str | None
    fan_handle: str | None
    place: tuple[DiscordId, DiscordId, DiscordId] | None  # server, thread and line that show it
    waited: Millis | None  # None: nobody waited for it
    drafted: str | None = None  # the mark of what was drafted for it, as `storage.engine.draft_marks` has it


# About the row `sent` of the messages. What has the very same time as something counts as before neither.
_ASKED = """(SELECT asked.sent_at FROM messages AS asked
    WHERE asked.creator_uuid = sent.creator_uuid AND asked.fan_uuid = sent.fan_uuid
      AND asked.direction = 'in' AND asked.sent_at < sent.sent_at
      AND asked.sent_at > COALESCE((SELECT before.sent_at FROM messages AS before
          WHERE before.creator_uuid = sent.creator_uuid AND before.fan_uuid = sent.fan_uuid
            AND before.direction = 'out' AND before.sent_at < sent.sent_at
          ORDER BY before.sent_at DESC LIMIT 1), -1)
    ORDER BY asked.sent_at LIMIT 1)"""
FOUND = f"""
    SELECT sent.*, commands.actor, commands.actor_name, fans.handle, fans.display_name, threads.guild_id,
           outbox.drafted, {_ASKED} AS asked_at
    FROM messages AS sent JOIN outbox ON outbox.id = sent.outbox_id AND outbox.kind = 'chat.send'
         JOIN commands ON commands.id = outbox.cause
         LEFT JOIN fans ON fans.creator_uuid = sent.creator_uuid AND fans.fan_uuid = sent.fan_uuid
         LEFT JOIN threads ON threads.thread_id = sent.channel_id AND threads.state = 'open'
    WHERE sent.creator_uuid = :creator AND sent.direction = 'out' AND sent.sent_at >= :since
      AND (CAST(:member AS BIGINT) IS NULL OR commands.actor = :member)
      AND (CAST(:priced AS BIGINT) IS NULL OR (COALESCE(sent.price, 0) > 0) = (:priced = 1))
    ORDER BY sent.sent_at DESC, sent.message_uuid DESC LIMIT :limit"""  # noqa: S608 - a constant


async def found(tx: Transaction, wanted: SentReplyFilter, *, limit: int) -> list[SentReply]:
    """The newest that fit, at most so many, newest first."""
    rows = await tx.all(
        FOUND,
        creator=wanted.creator,
        since=wanted.since,
        member=wanted.member,
        priced=None if wanted.priced is None else int(wanted.priced),
        limit=limit,
    )
    return [_sent_of(row) for row in rows]


def _sent_of(row: Row) -> SentReply:
    asked = row["asked_at"]
    place = (row["guild_id"], row["channel_id"], row["discord_message_id"])
    return record_of(
        SentReply,
        row,
        effect=row["outbox_id"],
        at=row["sent_at"],
        member=row["actor"],
        member_name=row["actor_name"],
        price=row["price"] or None,
        bought=row["bought_at"] is not None,
        taken_back=row["deleted_at"] is not None and row["bought_at"] is None,
        fan_name=row["display_name"],
        fan_handle=row["handle"],
        place=None if None in place else (place[0], place[1], place[2]),
        waited=row["sent_at"] - asked if asked is not None else None,
    )
