"""Sealed texts whose time is over: their rows stay, with nothing left in them.

The caller passes the sealed nothing that takes their place, so every sealed value can still be opened.
An effect under way, or one that may have arrived somewhere, keeps its text until that has ended.
"""

from dataclasses import dataclass

from storage.database import Transaction, Value
from storage.records import CommandId, CreatorId, DraftId, EffectId, FactId, Millis

# Effects without anybody's words, some of which wait for as long as a server lacks a forum.
_OVER = """erased_at IS NULL AND kind NOT IN ('thread.open', 'board', 'alert.anew') AND kind NOT LIKE 'gone.%'
            AND (state IN ('done', 'rejected', 'absent', 'cancelled')
                 OR (state = 'pending' AND attempt_started IS NULL))"""
WAITED_TOO_LONG = "Its text's time was over before this could be done."


@dataclass(frozen=True)
class ExpiredTexts:
    """Rows of each kind whose texts are over, at most so many."""

    facts: tuple[FactId, ...]
    effects: tuple[EffectId, ...]
    commands: tuple[CommandId, ...]
    proposals: tuple[DraftId, ...]

    def __len__(self) -> int:
        return len(self.facts) + len(self.effects) + len(self.commands) + len(self.proposals)


async def due(tx: Transaction, creator: CreatorId, *, before: Millis, limit: int) -> ExpiredTexts:
    """A creator's texts older than this; '' takes those of no creator."""
    given: dict[str, Value] = {"creator": creator, "before": before, "limit": limit}
    facts = await tx.all(
        """SELECT id FROM inbox WHERE creator_uuid = :creator AND received_at < :before
             AND erased_at IS NULL ORDER BY received_at LIMIT :limit""",
        **given,
    )
    effects = await tx.all(
        f"""SELECT id FROM outbox WHERE creator_uuid = :creator AND created_at < :before AND {_OVER}
            ORDER BY created_at LIMIT :limit""",  # noqa: S608 - constants
        **given,
    )
    commands = await tx.all(
        """SELECT id FROM commands WHERE COALESCE(creator_uuid, '') = :creator AND created_at < :before
             AND erased_at IS NULL ORDER BY created_at LIMIT :limit""",
        **given,
    )
    proposals = await tx.all(
        """SELECT draft_id FROM proposals JOIN drafts ON drafts.id = proposals.draft_id
           WHERE COALESCE(drafts.creator_uuid, '') = :creator AND drafts.created_at < :before
             AND proposals.erased_at IS NULL ORDER BY drafts.created_at LIMIT :limit""",
        **given,
    )
    return ExpiredTexts(
        tuple(FactId(row["id"]) for row in facts),
        tuple(EffectId(row["id"]) for row in effects),
        tuple(CommandId(row["id"]) for row in commands),
        tuple(DraftId(row["draft_id"]) for row in proposals),
    )


async def fact(tx: Transaction, which: FactId, nothing: bytes, *, now: Millis) -> None:
    """Erase a fact's body; an undecided one is done with, for there is nothing left to decide."""
    await tx.execute(
        """UPDATE inbox SET body_ct = :nothing, erased_at = :now,
                  reason = CASE WHEN state = 'done' THEN reason ELSE :why END, state = 'done'
           WHERE id = :id""",
        id=which,
        nothing=nothing,
        now=now,
        why=WAITED_TOO_LONG,
    )


async def effect(tx: Transaction, which: EffectId, nothing: bytes, *, now: Millis) -> None:
    """Erase an effect's body, unless it was begun meanwhile; one that still waited is given up."""
    await tx.execute(
        f"""UPDATE outbox SET body_ct = :nothing, erased_at = :now, attention = NULL,
                  reason = CASE WHEN state IN ('pending', 'absent') THEN :why ELSE reason END,
                  settled_at = CASE WHEN state IN ('pending', 'absent') THEN :now ELSE settled_at END,
                  state = CASE WHEN state IN ('pending', 'absent') THEN 'cancelled' ELSE state END
            WHERE id = :id AND {_OVER}""",  # noqa: S608 - constants
        id=which,
        nothing=nothing,
        now=now,
        why=WAITED_TOO_LONG,
    )


async def command(tx: Transaction, which: CommandId, nothing: bytes, no_token: bytes, *, now: Millis) -> None:
    """Erase what a member typed, and the key to an answer that Discord takes no more."""
    await tx.execute(
        "UPDATE commands SET body_ct = :nothing, token_ct = :token, erased_at = :now WHERE id = :id",
        id=which,
        nothing=nothing,
        token=no_token,
        now=now,
    )


async def proposal(tx: Transaction, which: DraftId, nothing: bytes, *, now: Millis) -> None:
    """Erase what was proposed; a draft that is still open can settle nothing any more."""
    await tx.execute(
        "UPDATE proposals SET body_ct = :nothing, erased_at = :now WHERE draft_id = :id",
        id=which,
        nothing=nothing,
        now=now,
    )
    await tx.execute("UPDATE drafts SET state = 'expired' WHERE id = :id AND state = 'open'", id=which)
