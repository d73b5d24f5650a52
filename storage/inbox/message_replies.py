"""The setting for messages typed in fans' threads, and the state of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.database import Transaction
from storage.records import CommandId, CreatorId, DiscordId, EffectId, FanId, Millis
from storage.rows import record_of


class TypedMessageState(StrEnum):
    """The state of a typed message."""

    INSIDE = "inside"  # the fan does not get it
    ASKED = "asked"  # its member is asked whether it goes to the fan
    STOPPED = "stopped"  # it could not be taken; nothing is kept of it
    KEPT = "kept"  # a check keeps it back, for its member
    HELD = "held"  # it waits for a lead
    TAKEN = "taken"  # it became a reply


class WriterNotice(StrEnum):
    """A notice given to a member."""

    GOES = "goes"  # that it goes to the fan; they said yes
    BARRED = "barred"  # that what they type stays inside


@dataclass(frozen=True)
class TypingMode:
    """A creator's: it is on. What begins with `inside` stays inside."""

    inside: str
    since: Millis


@dataclass(frozen=True)
class TypedMessageRecord:
    message: DiscordId
    creator: CreatorId
    fan: FanId
    channel: DiscordId
    member: DiscordId
    state: TypedMessageState
    seen_at: Millis
    why: str | None = None
    line: EffectId | None = None
    command: CommandId | None = None


async def mode(tx: Transaction, creator: CreatorId) -> TypingMode | None:
    """None: it is off."""
    row = await tx.one("SELECT inside, since FROM typed_modes WHERE creator_uuid = :creator", creator=creator)
    return record_of(TypingMode, row) if row else None


async def switched_on(tx: Transaction) -> list[CreatorId]:
    """Every creator where it is on."""
    rows = await tx.all("SELECT creator_uuid FROM typed_modes ORDER BY creator_uuid")
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def switch_on(tx: Transaction, creator: CreatorId, wanted: TypingMode, *, by: DiscordId) -> None:
    """Switch it on like this; if it was on, it keeps its start."""
    await tx.execute(
        """INSERT INTO typed_modes (creator_uuid, inside, since, changed_by)
           VALUES (:creator, :inside, :since, :by)
           ON CONFLICT (creator_uuid) DO UPDATE SET inside = excluded.inside,
               changed_by = excluded.changed_by""",
        creator=creator,
        inside=wanted.inside,
        since=wanted.since,
        by=by,
    )


async def switch_off(tx: Transaction, creator: CreatorId) -> bool:
    """Off, and nobody has been told anything; False when it was."""
    await tx.execute("DELETE FROM typed_members WHERE creator_uuid = :creator", creator=creator)
    return await tx.execute("DELETE FROM typed_modes WHERE creator_uuid = :creator", creator=creator) == 1


async def fans_with_threads(tx: Transaction, creator: CreatorId, *, after: str, limit: int) -> list[FanId]:
    """Fans whose threads show whether it is on; at most `limit`, behind `after`."""
    rows = await tx.all(
        """SELECT DISTINCT fan_uuid FROM threads
           WHERE creator_uuid = :creator AND state = 'open' AND fan_uuid > :after
           ORDER BY fan_uuid LIMIT :limit""",
        creator=creator,
        after=after,
        limit=limit,
    )
    return [FanId(row["fan_uuid"]) for row in rows]


async def knows(tx: Transaction, creator: CreatorId, member: DiscordId) -> WriterNotice | None:
    """The last notice given to a member; None: none."""
    row = await tx.one(
        "SELECT knows FROM typed_members WHERE creator_uuid = :creator AND member_id = :member",
        creator=creator,
        member=member,
    )
    return WriterNotice(row["knows"]) if row else None


async def tell(
    tx: Transaction, creator: CreatorId, member: DiscordId, what: WriterNotice, *, now: Millis
) -> None:
    """A member knows this, instead of what they knew."""
    await tx.execute(
        """INSERT INTO typed_members (creator_uuid, member_id, knows, since)
           VALUES (:creator, :member, :knows, :now)
           ON CONFLICT (creator_uuid, member_id) DO UPDATE SET knows = excluded.knows,
               since = excluded.since""",
        creator=creator,
        member=member,
        knows=what,
        now=now,
    )


async def forget_member(tx: Transaction, creator: CreatorId, member: DiscordId) -> int:
    """Ask them again, should they come back; messages asked about stay inside: return their number."""
    await tx.execute(
        "DELETE FROM typed_members WHERE creator_uuid = :creator AND member_id = :member",
        creator=creator,
        member=member,
    )
    return await tx.execute(
        """UPDATE typed_messages SET state = 'inside'
           WHERE creator_uuid = :creator AND member_id = :member AND state IN ('asked', 'stopped')""",
        creator=creator,
        member=member,
    )


async def put(tx: Transaction, typed: TypedMessageRecord) -> None:
    """Keep a message's state, in place of the one known before."""
    await tx.execute(
        """INSERT INTO typed_messages (message_id, creator_uuid, fan_uuid, channel_id, member_id, state, why,
                                       line, command_id, seen_at)
           VALUES (:message, :creator, :fan, :channel, :member, :state, :why, :line, :command, :seen_at)
           ON CONFLICT (message_id) DO UPDATE SET state = excluded.state, why = excluded.why,
               line = excluded.line, command_id = excluded.command_id""",
        **vars(typed),
    )


async def became(tx: Transaction, message: DiscordId, state: TypedMessageState) -> None:
    """Another state, all else as it was."""
    await tx.execute(
        "UPDATE typed_messages SET state = :state WHERE message_id = :message", message=message, state=state
    )


async def get(tx: Transaction, message: DiscordId) -> TypedMessageRecord | None:
    """One message; None: it was never looked at, or stayed inside without a word."""
    row = await tx.one("SELECT * FROM typed_messages WHERE message_id = :message", message=message)
    return record_of(TypedMessageRecord, row) if row else None


async def of_line(tx: Transaction, line: EffectId) -> Sequence[TypedMessageRecord]:
    """The messages that a line of the thread asks about, or says of; in the order of typing."""
    rows = await tx.all("SELECT * FROM typed_messages WHERE line = :line ORDER BY message_id", line=line)
    return [record_of(TypedMessageRecord, row) for row in rows]


async def asked(tx: Transaction, channel: DiscordId, member: DiscordId) -> Sequence[TypedMessageRecord]:
    """Messages a member is asked about in a thread, likewise."""
    rows = await tx.all(
        """SELECT * FROM typed_messages WHERE channel_id = :channel AND member_id = :member
             AND state = 'asked' ORDER BY message_id""",
        channel=channel,
        member=member,
    )
    return [record_of(TypedMessageRecord, row) for row in rows]
