"""Lines of a fan's thread that a member cannot have read yet when they answer."""

from collections.abc import Sequence

from storage.database import Transaction
from storage.engine.outbox import effect_of
from storage.records import DiscordId, Effect, EffectId, Millis, Stream

# Whoever wrote it: a message from Fanvue has its lines numbered, a reply from here has a kind of its own.
_WRITTEN = "(l.part LIKE 'line:%' OR l.kind = 'reply.post')"


async def shown_until(tx: Transaction, stream: Stream, *, before: Millis) -> int:
    """The place in the stream up to which Discord had shown its lines at that time; 0: none.

    A line is there since its attempt began, or, where that was in doubt, since it was found.
    """
    row = await tx.one(
        """SELECT l.seq FROM outbox l WHERE l.stream = :stream AND l.state = 'done'
             AND CASE WHEN l.doubted_at IS NULL THEN COALESCE(l.attempt_started, l.settled_at)
                      ELSE l.settled_at END <= :before
           ORDER BY l.seq DESC LIMIT 1""",  # not MAX: for that every line that there ever was is looked at
        stream=stream,
        before=before,
    )
    return row["seq"] if row else 0


async def place(tx: Transaction, stream: Stream, line: EffectId) -> int:
    """A line's place in its stream; 0: it is none of this stream's."""
    row = await tx.one("SELECT seq FROM outbox WHERE id = :id AND stream = :stream", id=line, stream=stream)
    return row["seq"] if row else 0


async def written(tx: Transaction, stream: Stream, *, after: int, but: DiscordId) -> Sequence[Effect]:
    """The lines behind that place which somebody else than this member wrote, oldest first.

    What was given up or refused has reached nobody and does not count, as it is at this moment: a message
    whose line is still waiting does, and so does a colleague's reply that is under way.
    """
    rows = await tx.all(
        f"""SELECT l.* FROM outbox l
            LEFT JOIN outbox s ON l.kind = 'reply.post' AND s.id = l.cause
            LEFT JOIN commands c ON c.id = s.cause
            WHERE l.stream = :stream AND l.seq > :after AND {_WRITTEN}
              AND l.state NOT IN ('rejected', 'cancelled')
              AND COALESCE(s.state, 'done') NOT IN ('rejected', 'cancelled')
              AND COALESCE(c.actor, 0) <> :but
            ORDER BY l.seq""",  # noqa: S608 - a constant
        stream=stream,
        after=after,
        but=but,
    )
    return [effect_of(row) for row in rows]
