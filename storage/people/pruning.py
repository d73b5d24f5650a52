"""Rows whose time is over altogether: ids by which repeats are known, and money."""

from collections.abc import Callable
from functools import partial

from storage.database import Transaction
from storage.records import CreatorId, Millis

Told = Callable[[str, int], None]  # a table, and how many of its rows are gone for good

# Effects go with what claims them; in the order of an index, so that each batch finds its rows at once.
_EFFECTS = """SELECT id FROM outbox WHERE creator_uuid = :creator AND created_at < :before
        AND state IN ('done', 'rejected', 'absent', 'cancelled') AND attention IS NULL
    ORDER BY created_at LIMIT :limit"""

# Table, column, and which of its rows are over. In this order: a row goes after whatever refers to it.
_RECORDS = (
    ("inbox", "id", "SELECT id FROM inbox WHERE creator_uuid = :creator AND received_at < :before"),
    *(  # each direction has an index of its own; in its order, or a server reads all that there is
        (
            "messages",
            "message_uuid",
            f"SELECT message_uuid FROM messages WHERE creator_uuid = :creator AND {which}",  # noqa: S608 - constants
        )
        for which in (
            "direction = 'in' AND sent_at / 86400000 < :before / 86400000 ORDER BY sent_at / 86400000",
            "direction = 'out' AND sent_at < :before ORDER BY sent_at",
            "direction = 'mass' AND sent_at < :before ORDER BY sent_at",
        )
    ),
    (
        "offers",
        "carrier",
        "SELECT carrier FROM offers WHERE creator_uuid = :creator AND sent_at < :before",
    ),
    (
        "mass_offers",
        "effect_id",
        "SELECT effect_id FROM mass_offers WHERE creator_uuid = :creator AND sent_at < :before",
    ),
    (
        "campaigns",
        "message_uuid",
        """SELECT message_uuid FROM campaigns WHERE creator_uuid = :creator AND launched_at < :before
             AND due_at IS NULL""",
    ),
    (
        "post_comments",
        "comment_uuid",
        """SELECT comment_uuid FROM post_comments WHERE creator_uuid = :creator AND told_at < :before
             AND EXISTS (SELECT 1 FROM post_cards WHERE post_cards.creator_uuid = :creator
                           AND post_cards.post_uuid = post_comments.post_uuid
                           AND post_cards.due_at IS NULL)""",
    ),
    *(
        (
            "commands",
            "id",
            f"""SELECT id FROM commands WHERE COALESCE(creator_uuid, '') = :creator AND created_at < :before
                  AND erased_at IS {erased}""",  # noqa: S608 - constants; each has its index
        )
        for erased in ("NOT NULL", "NULL")
    ),
    (
        "typed_messages",
        "message_id",
        "SELECT message_id FROM typed_messages WHERE creator_uuid = :creator AND seen_at < :before",
    ),
    (
        "struck_lines",
        "line_id",
        "SELECT line_id FROM struck_lines WHERE creator_uuid = :creator AND deleted_at < :before",
    ),
    (
        "template_uses",
        "ref",
        "SELECT ref FROM template_uses WHERE creator_uuid = :creator AND used_at < :before",
    ),
    (
        "left_out",
        "effect_id",
        "SELECT effect_id FROM left_out WHERE creator_uuid = :creator AND made_at < :before",
    ),
    (
        "list_rows",
        "job_id",
        """SELECT job_id FROM list_rows JOIN list_jobs ON list_jobs.id = list_rows.job_id
           WHERE list_jobs.creator_uuid = :creator AND list_jobs.made_at < :before""",
    ),
    ("list_jobs", "id", "SELECT id FROM list_jobs WHERE creator_uuid = :creator AND made_at < :before"),
    (
        "proposals",
        "draft_id",
        """SELECT draft_id FROM proposals JOIN drafts ON drafts.id = proposals.draft_id
           WHERE COALESCE(drafts.creator_uuid, '') = :creator AND drafts.created_at < :before""",
    ),
    (
        "mass_requests",
        "draft_id",
        "SELECT draft_id FROM mass_requests WHERE creator_uuid = :creator AND made_at < :before",
    ),
    (  # all versions of one at once: the first says when it was put up
        "suggested_posts",
        "draft_id",
        """SELECT draft_id FROM suggested_posts AS one WHERE creator_uuid = :creator
             AND NOT EXISTS (SELECT 1 FROM suggested_posts AS other
                             WHERE other.first_id = one.first_id AND other.made_at >= :before)""",
    ),
    (
        "held_replies",
        "draft_id",
        """SELECT draft_id FROM held_replies JOIN drafts ON drafts.id = held_replies.draft_id
           WHERE held_replies.creator_uuid = :creator AND drafts.created_at < :before""",
    ),
    (
        "drafts",
        "id",
        "SELECT id FROM drafts WHERE COALESCE(creator_uuid, '') = :creator AND created_at < :before",
    ),
    (
        "uploads",
        "id",
        """SELECT id FROM uploads WHERE creator_uuid = :creator AND changed_at < :before
             AND state IN ('done', 'failed', 'cancelled')""",
    ),
    (
        "gaps",
        "id",
        "SELECT id FROM gaps WHERE creator_uuid = :creator AND began < :before AND ended IS NOT NULL",
    ),
    # Of forgotten fans. A day longer than the rest: the two sources differ in when something happened.
    (
        "subscribers",
        "fan_uuid",
        """SELECT fan_uuid FROM subscribers JOIN forgotten_fans AS gone
             ON gone.creator_uuid = subscribers.creator_uuid AND gone.name = subscribers.fan_uuid
           WHERE subscribers.creator_uuid = :creator AND changed_at < :before - 86400000
             AND noticed_at < :before - 86400000""",
    ),
    (
        "chat_marks",
        "fan_uuid",
        """SELECT fan_uuid FROM chat_marks JOIN forgotten_fans AS gone
             ON gone.creator_uuid = chat_marks.creator_uuid AND gone.name = chat_marks.fan_uuid
           WHERE chat_marks.creator_uuid = :creator AND COALESCE(last_at, 0) < :before - 86400000""",
    ),
    (
        "forgotten_fans",
        "name",
        """SELECT name FROM forgotten_fans AS gone WHERE creator_uuid = :creator
             AND at < :before - 86400000
             AND NOT EXISTS (SELECT 1 FROM subscribers AS kept
                             WHERE kept.creator_uuid = gone.creator_uuid AND kept.fan_uuid = gone.name)
             AND NOT EXISTS (SELECT 1 FROM chat_marks AS kept
                             WHERE kept.creator_uuid = gone.creator_uuid AND kept.fan_uuid = gone.name)""",
    ),
)

_MONEY = (
    ("payments", "fact_id"),
    ("earnings_told", "fact_id"),
    ("earnings", "row_key"),
    ("credit_moves", "id"),
    ("subscription_changes", "at"),
)
_UNIQUE = frozenset({"fact_id", "id"})  # each says by itself which row it is: the creator would only mislead


# Whose rows are found by creator and column together: by the column alone the whole table would be read.
_OF_CREATOR = frozenset(
    {"messages", "offers", "campaigns", "post_comments", "subscribers", "chat_marks", "forgotten_fans"}
)


def _nobody(_table: str, _rows: int) -> None:
    pass


async def records(
    tx: Transaction, creator: CreatorId, *, before: Millis, limit: int, told: Told = _nobody
) -> int:
    """Delete a batch of a creator's rows that are older than this, of one table; how many there were."""
    if gone := await _effects(tx, creator, before=before, limit=limit, told=told):
        return gone
    for table, column, over in _RECORDS:
        whose = "creator_uuid = :creator AND " if table in _OF_CREATOR else ""
        gone = await tx.execute(
            f"DELETE FROM {table} WHERE {whose}{column} IN ({over} LIMIT :limit)",  # noqa: S608 - constants
            creator=creator,
            before=before,
            limit=limit,
        )
        if gone:
            tx.on_commit(partial(told, table, gone))
            return gone
    return 0


async def _effects(tx: Transaction, creator: CreatorId, *, before: Millis, limit: int, told: Told) -> int:
    rows = await tx.all(_EFFECTS, creator=creator, before=before, limit=limit)
    if not rows:
        return 0
    over = {f"id_{number}": row["id"] for number, row in enumerate(rows)}
    named = ", ".join(f":{name}" for name in over)
    claimed = await tx.execute(f"DELETE FROM claims WHERE outbox_id IN ({named})", **over)  # noqa: S608 - names of our own
    gone = await tx.execute(f"DELETE FROM outbox WHERE id IN ({named})", **over)  # noqa: S608 - likewise
    tx.on_commit(partial(told, "outbox", gone))
    return claimed + gone


async def money(tx: Transaction, creator: CreatorId, *, before: Millis, limit: int) -> int:
    """Delete a batch of a creator's lines about money that are older than this; how many there were."""
    gone = 0
    for table, column in _MONEY:
        whose = "" if column in _UNIQUE else "creator_uuid = :creator AND "
        gone += await tx.execute(
            f"""DELETE FROM {table} WHERE {whose}{column} IN (
                    SELECT {column} FROM {table}
                    WHERE creator_uuid = :creator AND at < :before LIMIT :limit)""",  # noqa: S608 - constants
            creator=creator,
            before=before,
            limit=limit,
        )
    for table in ("earnings_sums", "earnings_reads"):  # as many rows as days: few
        gone += await tx.execute(
            f"DELETE FROM {table} WHERE creator_uuid = :creator AND day < :before / 86400000 - 1",  # noqa: S608 - constants
            creator=creator,
            before=before,
        )
    return gone


async def orphans(tx: Transaction, *, before: Millis, limit: int, told: Told = _nobody) -> int:
    """Delete a batch of facts about creators whom nobody has linked since then; how many there were."""
    gone = await tx.execute(
        """DELETE FROM inbox WHERE id IN (
               SELECT id FROM inbox WHERE state = 'orphan' AND received_at < :before LIMIT :limit)""",
        before=before,
        limit=limit,
    )
    if gone:
        tx.on_commit(partial(told, "inbox", gone))
    return gone
