"""Comments of followed posts that have a line, without their texts."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, EffectId, FanId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class CommentLine:
    """A comment that has a line. `fan`: who wrote it, if known; `struck`: when it was seen to be deleted."""

    comment: str
    post: str
    fan: FanId | None
    line: EffectId
    struck: Millis | None


async def tell(tx: Transaction, creator: CreatorId, told: CommentLine, *, now: Millis) -> bool:
    """A comment has a line from now on; False when it had one."""
    return (
        await tx.execute(
            """INSERT INTO post_comments (creator_uuid, comment_uuid, post_uuid, fan_uuid, line_id, told_at)
               VALUES (:creator, :comment, :post, :fan, :line, :now) ON CONFLICT DO NOTHING""",
            creator=creator,
            **vars(told),
            now=now,
        )
        == 1
    )


async def told(tx: Transaction, creator: CreatorId, post: str) -> list[CommentLine]:
    """The comments of a post that have a line."""
    rows = await tx.all(
        """SELECT * FROM post_comments WHERE creator_uuid = :creator AND post_uuid = :post
           ORDER BY told_at, comment_uuid""",
        creator=creator,
        post=post,
    )
    return [record_of(CommentLine, row) for row in rows]


async def of_line(tx: Transaction, line: EffectId) -> CommentLine | None:
    """The comment that a line shows."""
    row = await tx.one("SELECT * FROM post_comments WHERE line_id = :line", line=line)
    return record_of(CommentLine, row) if row else None


async def strike(tx: Transaction, creator: CreatorId, comment: str, *, now: Millis) -> bool:
    """It was deleted; False when that was known."""
    changed = await tx.execute(
        """UPDATE post_comments SET struck_at = :now
           WHERE creator_uuid = :creator AND comment_uuid = :comment AND struck_at IS NULL""",
        creator=creator,
        comment=comment,
        now=now,
    )
    return changed == 1
