"""Replies that wait for a lead: which, since when, and what became of their text."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CommandId, CreatorId, DiscordId, DraftId, FanId, Millis
from storage.rows import record_of

_WAITING = "h.told_at IS NULL AND d.state = 'open' AND d.expires_at > :now"


@dataclass(frozen=True)
class HeldReply:
    """One reply; its draft says whose it is and how it ended."""

    draft: DraftId
    creator: CreatorId
    fan: FanId
    word: CommandId | None = None  # in which a lead said why it is returned, or what is sent instead
    again: DraftId | None = None  # the kept reply in which its writer has the text back
    told_at: Millis | None = None  # when its thread was told how it ended


async def add(tx: Transaction, draft: DraftId, creator: CreatorId, fan: FanId) -> None:
    await tx.execute(
        "INSERT INTO held_replies (draft_id, creator_uuid, fan_uuid) VALUES (:draft, :creator, :fan)",
        draft=draft,
        creator=creator,
        fan=fan,
    )


async def get(tx: Transaction, draft: DraftId) -> HeldReply | None:
    """The reply that was held with this draft, whatever became of it."""
    row = await tx.one("SELECT * FROM held_replies WHERE draft_id = :draft", draft=draft)
    return record_of(HeldReply, row) if row else None


async def waiting(
    tx: Transaction, creators: Sequence[CreatorId], guild: DiscordId, *, now: Millis
) -> list[HeldReply]:
    """Replies waiting for a lead of these creators on this server, oldest first."""
    found: list[tuple[Millis, DraftId, HeldReply]] = []
    for creator in creators:
        rows = await tx.all(
            f"""SELECT h.*, d.created_at FROM held_replies h JOIN drafts d ON d.id = h.draft_id
                WHERE h.creator_uuid = :creator AND d.guild_id = :guild AND {_WAITING}""",  # noqa: S608 - a constant
            creator=creator,
            guild=guild,
            now=now,
        )
        found += [(row["created_at"], DraftId(row["draft_id"]), record_of(HeldReply, row)) for row in rows]
    return [held for _, _, held in sorted(found, key=lambda one: one[:2])]


async def number(tx: Transaction, creator: CreatorId, *, now: Millis) -> int:
    """Count replies that wait for a lead of this creator, on any server."""
    row = await tx.one(
        f"""SELECT COUNT(*) AS number FROM held_replies h JOIN drafts d ON d.id = h.draft_id
            WHERE h.creator_uuid = :creator AND {_WAITING}""",  # noqa: S608 - a constant
        creator=creator,
        now=now,
    )
    return int(row["number"]) if row else 0


async def still_open(tx: Transaction, creator: CreatorId) -> list[HeldReply]:
    """All of a creator's that nobody decided about, also those whose time is over; oldest first."""
    rows = await tx.all(
        """SELECT h.* FROM held_replies h JOIN drafts d ON d.id = h.draft_id
           WHERE h.creator_uuid = :creator AND h.told_at IS NULL AND d.state = 'open'
           ORDER BY d.created_at, d.id""",
        creator=creator,
    )
    return [record_of(HeldReply, row) for row in rows]


async def ended(tx: Transaction, *, now: Millis, limit: int) -> list[HeldReply]:
    """Replies that wait no more, or for too long, whose thread was not told so yet."""
    rows = await tx.all(
        """SELECT h.* FROM held_replies h JOIN drafts d ON d.id = h.draft_id
           WHERE h.told_at IS NULL AND (d.state <> 'open' OR d.expires_at <= :now)
           ORDER BY d.created_at, d.id LIMIT :limit""",
        now=now,
        limit=limit,
    )
    return [record_of(HeldReply, row) for row in rows]


async def told(tx: Transaction, draft: DraftId, *, now: Millis) -> None:
    """Its thread is told how it ended."""
    await tx.execute(
        "UPDATE held_replies SET told_at = :now WHERE draft_id = :draft AND told_at IS NULL",
        draft=draft,
        now=now,
    )


async def said(tx: Transaction, draft: DraftId, word: CommandId) -> None:
    """A lead gave their word in this command."""
    await tx.execute(
        "UPDATE held_replies SET word_id = :word WHERE draft_id = :draft", draft=draft, word=word
    )


async def handed_back(tx: Transaction, draft: DraftId, again: DraftId) -> None:
    """Its writer has the text back in this kept reply."""
    await tx.execute(
        "UPDATE held_replies SET again_id = :again WHERE draft_id = :draft", draft=draft, again=again
    )
