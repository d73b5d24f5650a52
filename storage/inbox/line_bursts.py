"""Lines of a fan's thread that share a message, and the line before one."""

from storage.database import Transaction
from storage.engine.outbox import effect_of
from storage.records import Effect

# Of the lines that stand in a thread, those that can share a message.
_SHARE = "kind IN ('post', 'post.join')"
# What changes a line that is there already puts nothing behind it.
_CHANGES = "kind IN ('reply.edit', 'line.edit', 'line.strike')"


async def before(tx: Transaction, line: Effect) -> Effect | None:
    """The line right above one in its thread, or that was to stand there."""
    row = await tx.one(
        f"""SELECT * FROM outbox WHERE stream = :stream AND seq < :seq AND NOT {_CHANGES}
            ORDER BY seq DESC LIMIT 1""",  # noqa: S608 - a constant
        stream=line.stream,
        seq=line.seq,
    )
    return effect_of(row) if row else None


async def sharing(tx: Transaction, line: Effect) -> tuple[Effect, ...]:
    """Every line that the message shows in which this one stands, oldest first; none if it stands nowhere."""
    rows = await tx.all(
        f"""SELECT * FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan AND {_SHARE}
              AND external_id = :place AND state = 'done' ORDER BY seq""",  # noqa: S608 - a constant
        creator=line.creator,
        fan=line.fan,
        place=line.external_id,
    )
    return tuple(effect_of(row) for row in rows)
