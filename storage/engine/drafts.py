"""Drafts behind buttons and modals: opened once and settled once (R10)."""

import json
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId, DraftId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class Draft:
    """Something that waits for a click; its id is all that the button carries."""

    id: DraftId
    action: str
    state: str  # "open", then the word it was settled with
    version: int  # grows when the draft's content changes, so that an old button settles nothing
    creator: CreatorId | None
    target: str  # JSON
    owner: DiscordId | None  # whose it is; of most kinds the only person who may click
    guild: DiscordId | None
    settled_by: DiscordId | None
    settled_at: Millis | None
    created_at: Millis
    expires_at: Millis | None


async def open_draft(tx: Transaction, draft: Draft) -> None:
    """Keep a draft as it is."""
    await tx.execute(
        """
        INSERT INTO drafts (id, action, state, version, creator_uuid, target, owner, guild_id, settled_by,
                            settled_at, created_at, expires_at)
        VALUES (:id, :action, :state, :version, :creator, :target, :owner, :guild, :settled_by, :settled_at,
                :created_at, :expires_at)
        """,
        **vars(draft),
    )


async def get(tx: Transaction, draft: DraftId) -> Draft | None:
    """One draft by its id."""
    row = await tx.one("SELECT * FROM drafts WHERE id = :id", id=draft)
    return draft_of(row) if row else None


async def open_since(tx: Transaction, action: str, since: Millis) -> list[Draft]:
    """Drafts opened for this at that time or later that wait for their click; oldest first."""
    rows = await tx.all(
        """SELECT * FROM drafts WHERE action = :action AND state = 'open' AND created_at >= :since
           ORDER BY created_at, id""",
        action=action,
        since=since,
    )
    return [draft_of(row) for row in rows]


async def of_owner(tx: Transaction, action: str, owner: DiscordId, *, since: Millis) -> list[Draft]:
    """Drafts given to one person for this at that time or later, in any state; oldest first."""
    rows = await tx.all(
        """SELECT * FROM drafts WHERE action = :action AND owner = :owner AND created_at >= :since
           ORDER BY created_at, id""",
        action=action,
        owner=owner,
        since=since,
    )
    return [draft_of(row) for row in rows]


async def settled_since(tx: Transaction, action: str, creator: CreatorId, state: str, since: Millis) -> int:
    """How many of a creator's were settled with this word at that time or later."""
    row = await tx.one(
        """SELECT COUNT(*) AS n FROM drafts WHERE action = :action AND creator_uuid = :creator
           AND state = :state AND settled_at >= :since""",
        action=action,
        creator=creator,
        state=state,
        since=since,
    )
    return int(row["n"]) if row else 0


async def settle(
    tx: Transaction, draft: DraftId, *, version: int, state: str, by: DiscordId | None, now: Millis
) -> bool:
    """Open → `state`; False when somebody was faster, the version is another, or its time is over.

    After its time a draft can only become "expired".
    """
    changed = await tx.execute(
        """UPDATE drafts SET state = :state, settled_by = :by, settled_at = :now
           WHERE id = :id AND state = 'open' AND version = :version
             AND (expires_at IS NULL OR expires_at > :now OR :state = 'expired')""",
        id=draft,
        version=version,
        state=state,
        by=by,
        now=now,
    )
    return changed == 1


async def change(tx: Transaction, draft: Draft, *, target: str, until: Millis) -> bool:
    """Let an open draft be about this, and wait until then; False when somebody was faster."""
    changed = await tx.execute(
        """UPDATE drafts SET target = :target, expires_at = :until, version = version + 1
           WHERE id = :id AND state = 'open' AND version = :version""",
        id=draft.id,
        version=draft.version,
        target=target,
        until=until,
    )
    return changed == 1


async def retarget(tx: Transaction, draft: DraftId, *, target: str) -> None:
    """Let an open draft be about this; buttons and windows that have its reference stay good."""
    await tx.execute(
        "UPDATE drafts SET target = :target WHERE id = :id AND state = 'open'", id=draft, target=target
    )


async def extend(tx: Transaction, draft: DraftId, *, until: Millis) -> None:
    """Let an open draft wait until then."""
    await tx.execute(
        "UPDATE drafts SET expires_at = :until WHERE id = :id AND state = 'open'", id=draft, until=until
    )


async def close_of(
    tx: Transaction, owner: DiscordId, creator: CreatorId, *, by: DiscordId, now: Millis
) -> int:
    """Close all that one person has open about a creator and could still click on; return how many.

    Their suggestions too: those are nobody's alone, and name in their target whose words they are.
    """
    return await tx.execute(
        """UPDATE drafts SET state = 'removed', settled_by = :by, settled_at = :now
           WHERE (owner = :owner OR (owner IS NULL AND target = :suggested))
             AND creator_uuid = :creator AND state = 'open'
             AND (expires_at IS NULL OR expires_at > :now)""",
        owner=owner,
        suggested=json.dumps({"by": owner}),
        creator=creator,
        by=by,
        now=now,
    )


async def blank(tx: Transaction, draft: DraftId) -> None:
    """Leave nothing of what a settled draft was about."""
    await tx.execute("UPDATE drafts SET target = '{}' WHERE id = :id AND state <> 'open'", id=draft)


def draft_of(row: Row) -> Draft:
    """The record of one row."""
    return record_of(Draft, row)
