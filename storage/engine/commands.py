"""Requests of members, kept before Discord is answered (R9)."""

from collections.abc import Iterable

from storage.database import Row, Transaction
from storage.records import Command, CommandId, CreatorId, DiscordId, Millis
from storage.rows import record_of

_LEFT = "left"


async def stage(tx: Transaction, command: Command) -> bool:
    """Keep a command in the state it has; False when its interaction is kept already."""
    kept = await tx.execute(
        """
        INSERT INTO commands (id, interaction_id, actor, actor_name, guild_id, channel_id, creator_uuid,
                              action, target, body_ct, state, created_at, token_ct, application_id,
                              answer_message, language)
        VALUES (:id, :interaction, :actor, :actor_name, :guild, :channel, :creator, :action, :target, :body,
                :state, :created_at, :token, :application, :answer, :language)
        ON CONFLICT (interaction_id) DO NOTHING
        """,
        **vars(command),
    )
    return kept == 1


async def actor_names(tx: Transaction) -> set[str]:
    """The names of members who have asked for something."""
    # From one name to the next through the index: there are few names, and many commands.
    rows = await tx.all(
        """WITH RECURSIVE names (one) AS (
             SELECT MIN(actor_name) FROM commands
             UNION ALL
             SELECT (SELECT MIN(actor_name) FROM commands WHERE actor_name > names.one)
             FROM names WHERE names.one IS NOT NULL)
           SELECT one FROM names WHERE one IS NOT NULL"""
    )
    return {row["one"] for row in rows}


async def names_of(tx: Transaction, actors: Iterable[DiscordId]) -> dict[DiscordId, str]:
    """The name of each of these members when they last asked for something."""
    found = {}
    for actor in actors:
        row = await tx.one(
            "SELECT actor_name FROM commands WHERE actor = :actor ORDER BY created_at DESC, id LIMIT 1",
            actor=actor,
        )
        if row is not None:
            found[actor] = row["actor_name"]
    return found


async def accept(tx: Transaction, command: CommandId) -> bool:
    """Staged → accepted, once Discord took the answer; False when it is staged no more."""
    changed = await tx.execute(
        "UPDATE commands SET state = 'accepted' WHERE id = :id AND state = 'staged'", id=command
    )
    return changed == 1


async def keep(tx: Transaction, command: CommandId) -> None:
    await tx.execute("UPDATE commands SET state = 'kept' WHERE id = :id AND state = 'accepted'", id=command)


async def rewrite(tx: Transaction, command: CommandId, body: bytes) -> bool:
    """Put another body in the place of a kept command's; False when it is kept no more."""
    changed = await tx.execute(
        "UPDATE commands SET body_ct = :body WHERE id = :id AND state = 'kept'", id=command, body=body
    )
    return changed == 1


async def leave(tx: Transaction, command: CommandId) -> None:
    """Its message shows something else from now on: `left` of it."""
    await tx.execute("UPDATE commands SET target = :left WHERE id = :id", id=command, left=_LEFT)


def left(command: Command) -> bool:
    """Whether its message shows something else by now."""
    return command.target == _LEFT


async def let_go(tx: Transaction, command: CommandId) -> bool:
    """Kept back → accepted; False when it is kept no more."""
    changed = await tx.execute(
        "UPDATE commands SET state = 'accepted' WHERE id = :id AND state = 'kept'", id=command
    )
    return changed == 1


async def answered_in(tx: Transaction, command: CommandId, message: str) -> None:
    """Keep which message its private answer is, where it is not the interaction's own."""
    await tx.execute(
        "UPDATE commands SET answer_message = :message WHERE id = :id", id=command, message=message
    )


async def cancel(tx: Transaction, command: CommandId) -> bool:
    """Staged → cancelled; False when it is staged no more."""
    changed = await tx.execute(
        "UPDATE commands SET state = 'cancelled' WHERE id = :id AND state = 'staged'", id=command
    )
    return changed == 1


async def cancel_of(tx: Transaction, actor: DiscordId, creator: CreatorId) -> int:
    """Cancel all that one person has staged about a creator; return the count."""
    return await tx.execute(
        """UPDATE commands SET state = 'cancelled'
           WHERE actor = :actor AND creator_uuid = :creator AND state = 'staged'""",
        actor=actor,
        creator=creator,
    )


async def get(tx: Transaction, command: CommandId) -> Command | None:
    """One command by its id."""
    row = await tx.one("SELECT * FROM commands WHERE id = :id", id=command)
    return command_of(row) if row else None


async def staged_before(tx: Transaction, at: Millis) -> list[Command]:
    """Commands that were staged at `at` or earlier and still are, oldest first."""
    rows = await tx.all(
        "SELECT * FROM commands WHERE state = 'staged' AND created_at <= :at ORDER BY created_at, id", at=at
    )
    return [command_of(row) for row in rows]


def command_of(row: Row) -> Command:
    """The record of one row."""
    return record_of(Command, row, answer=row["answer_message"])
