"""All that names one fan of one creator: found, and taken out of every table."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CommandId, CreatorId, DiscordId, EffectId, FactId, FanId, Millis
from storage.rows import record_of

# Threads refer to fans.
_TABLES = (
    "outbox",
    "messages",
    "offers",
    "struck_lines",
    "talks",
    "routing_offers",
    "routing_list_fans",
    "notes",
    "fan_tags",
    "promises",
    "list_rows",
    "held_replies",
    "typed_messages",
    "cards",
    "online_told",
    "chat_marks",
    "subscribers",
    "threads",
    "fans",
)


@dataclass(frozen=True)
class FanTrace:
    """A fan's places on Discord."""

    threads: tuple[DiscordId, ...]


@dataclass(frozen=True)
class ErasableComment:
    """A comment's line. `body`: its content, sealed; None once that is erased."""

    fan: FanId
    line: EffectId
    at: Millis
    body: bytes | None


async def known(tx: Transaction, creator: CreatorId, fan: FanId) -> bool:
    """Whether anything is kept of this fan."""
    row = await tx.one(
        """SELECT 1 AS one FROM fans WHERE creator_uuid = :creator AND fan_uuid = :fan
           UNION ALL
           SELECT 1 AS one FROM post_comments WHERE creator_uuid = :creator AND fan_uuid = :fan LIMIT 1""",
        creator=creator,
        fan=fan,
    )
    return row is not None


async def commented(tx: Transaction, creator: CreatorId, *, limit: int) -> list[ErasableComment]:
    """The newest comments of fans of whom nothing else is kept."""
    rows = await tx.all(
        """SELECT post_comments.fan_uuid, post_comments.line_id, post_comments.told_at,
                  CASE WHEN outbox.erased_at IS NULL THEN outbox.body_ct END AS body_ct
           FROM post_comments LEFT JOIN outbox ON outbox.id = post_comments.line_id
           WHERE post_comments.creator_uuid = :creator AND post_comments.fan_uuid IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM fans WHERE fans.creator_uuid = post_comments.creator_uuid
                               AND fans.fan_uuid = post_comments.fan_uuid)
           ORDER BY post_comments.told_at DESC, post_comments.comment_uuid LIMIT :limit""",
        creator=creator,
        limit=limit,
    )
    return [record_of(ErasableComment, row, at=row["told_at"]) for row in rows]


async def under_way(tx: Transaction, creator: CreatorId, fan: FanId) -> bool:
    """Whether something is on its way to this fan, or to their thread, or may have arrived there.

    An event for a program, which may have arrived, is only tried again: nobody looks for it.
    """
    row = await tx.one(
        """SELECT 1 AS one FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND (state = 'sending' OR (network <> 'program' AND (
                  state = 'unknown' OR (state = 'pending' AND attempt_started IS NOT NULL)))) LIMIT 1""",
        creator=creator,
        fan=fan,
    )
    return row is not None


async def trace(tx: Transaction, creator: CreatorId, fan: FanId) -> FanTrace:
    """Every thread of this fan's, also earlier ones."""
    rows = await tx.all(
        """SELECT thread_id FROM threads WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND thread_id IS NOT NULL ORDER BY generation""",
        creator=creator,
        fan=fan,
    )
    return FanTrace(tuple(DiscordId(row["thread_id"]) for row in rows))


async def commands_in(tx: Transaction, trace: FanTrace) -> list[CommandId]:
    """Commands typed by members in this fan's threads."""
    found: list[CommandId] = []
    for channel in trace.threads:
        rows = await tx.all("SELECT id FROM commands WHERE channel_id = :channel", channel=channel)
        found += [CommandId(row["id"]) for row in rows]
    return found


async def sent(tx: Transaction, creator: CreatorId, fan: FanId) -> list[str]:
    """Fanvue's ids of all that the bridge sent to this fan."""
    rows = await tx.all(
        """SELECT claims.external_id FROM claims JOIN outbox ON outbox.id = claims.outbox_id
           WHERE outbox.creator_uuid = :creator AND outbox.fan_uuid = :fan""",
        creator=creator,
        fan=fan,
    )
    return [row["external_id"] for row in rows]


async def bodies(
    tx: Transaction, creator: CreatorId, *, since: Millis, after: FactId, limit: int
) -> list[tuple[FactId, bytes]]:
    """The next facts of a creator, in the order of their ids, whose bodies are still there; '' begins."""
    rows = await tx.all(
        """SELECT id, body_ct FROM inbox WHERE creator_uuid = :creator AND id > :after
             AND received_at >= :since AND erased_at IS NULL ORDER BY id LIMIT :limit""",
        creator=creator,
        since=since,
        after=after,
        limit=limit,
    )
    return [(FactId(row["id"]), bytes(row["body_ct"])) for row in rows]


async def take_out(tx: Transaction, creator: CreatorId, fan: FanId) -> int:
    """Delete every row about this fan; money has only ever known a pseudonym. How many rows there were."""
    whose: dict[str, str] = {"creator": creator, "fan": fan}
    await tx.execute(
        """DELETE FROM claims WHERE outbox_id IN (
               SELECT id FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan)""",
        **whose,
    )
    # A question that nobody answered names them, too; it can settle nothing any more.
    await tx.execute(
        """UPDATE drafts SET target = '{}', state = CASE WHEN state = 'open' THEN 'expired' ELSE state END
           WHERE creator_uuid = :creator AND target LIKE '%' || :fan || '%'""",
        **whose,
    )
    # A reply that waits for a lead has lost its text: nobody decides about it any more.
    await tx.execute(
        """UPDATE drafts SET state = 'expired' WHERE state = 'open' AND id IN (
               SELECT draft_id FROM held_replies WHERE creator_uuid = :creator AND fan_uuid = :fan)""",
        **whose,
    )
    # Their comments still stand on Fanvue: the keys stay, so that no line comes back.
    gone = await tx.execute(
        "UPDATE post_comments SET fan_uuid = NULL WHERE creator_uuid = :creator AND fan_uuid = :fan", **whose
    )
    for table in _TABLES:
        gone += await tx.execute(
            f"DELETE FROM {table} WHERE creator_uuid = :creator AND fan_uuid = :fan",  # noqa: S608 - constants
            **whose,
        )
    return gone
