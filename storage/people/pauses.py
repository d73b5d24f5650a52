"""Stops of sending: one member's, a creator's, or all of an owner's.

Held effects are never marked: they are those that wait to go out and are under a pause that holds now. So a
pause takes effect with its own commit, for effects that were added before it and after it alike.
"""

from dataclasses import dataclass
from enum import StrEnum

from storage.database import Row, Transaction
from storage.engine.sends import ACTOR, SPEAKS
from storage.records import CreatorId, DiscordId, EffectId, EffectState, Millis
from storage.rows import record_of


class PauseKind(StrEnum):
    MEMBER = "member"  # what one member sends for one creator
    CREATOR = "creator"  # everything in one creator's name
    ALL = "all"  # everything of every creator that one person has connected


@dataclass(frozen=True)
class Pause:
    id: str
    kind: PauseKind
    creator: CreatorId | None  # None: every creator of `subject`
    subject: DiscordId | None  # the member, or the owner of all; None where it is about a whole creator
    by: DiscordId
    since: Millis
    ended_by: DiscordId | None = None
    ended_at: Millis | None = None


_COVERS = f"""{SPEAKS} AND p.ended_at IS NULL AND (
    (p.kind = 'creator' AND p.creator_uuid = o.creator_uuid)
    OR (p.kind = 'member' AND p.creator_uuid = o.creator_uuid AND p.subject = {ACTOR})
    OR (p.kind = 'all' AND p.subject IN
        (SELECT l.discord_user FROM links l WHERE l.creator_uuid = o.creator_uuid AND l.state <> 'closed'))
)"""  # noqa: S608 - constants


async def begin(tx: Transaction, pause: Pause) -> bool:
    """Stop it from now on; False when exactly this is stopped already."""
    changed = await tx.execute(
        """INSERT INTO pauses (id, kind, creator_uuid, subject, set_by, since)
           VALUES (:id, :kind, :only_creator, :only_subject, :by, :since) ON CONFLICT DO NOTHING""",
        only_creator=pause.creator or "",
        only_subject=pause.subject or 0,
        **vars(pause),
    )
    return changed == 1


async def end(tx: Transaction, pause: str, *, by: DiscordId, now: Millis) -> bool:
    """Let it go on; False when somebody was faster."""
    changed = await tx.execute(
        "UPDATE pauses SET ended_by = :by, ended_at = :now WHERE id = :id AND ended_at IS NULL",
        id=pause,
        by=by,
        now=now,
    )
    return changed == 1


async def get(tx: Transaction, pause: str) -> Pause | None:
    """One pause, also one that is over."""
    row = await tx.one("SELECT * FROM pauses WHERE id = :id", id=pause)
    return _pause_of(row) if row else None


async def like(tx: Transaction, pause: Pause) -> Pause | None:
    """The pause that stops exactly the same now."""
    row = await tx.one(
        """SELECT * FROM pauses WHERE kind = :kind AND creator_uuid = :creator AND subject = :subject
             AND ended_at IS NULL""",
        kind=pause.kind,
        creator=pause.creator or "",
        subject=pause.subject or 0,
    )
    return _pause_of(row) if row else None


async def about(tx: Transaction, creator: CreatorId) -> list[Pause]:
    """Every pause that holds now and is about this creator, also if only about a member; oldest first."""
    rows = await tx.all(
        """SELECT * FROM pauses WHERE ended_at IS NULL AND (creator_uuid = :creator
             OR (kind = 'all' AND subject IN
                 (SELECT discord_user FROM links WHERE creator_uuid = :creator AND state <> 'closed')))
           ORDER BY since, id""",
        creator=creator,
    )
    return [_pause_of(row) for row in rows]


async def over(tx: Transaction, creator: CreatorId, actor: DiscordId) -> Pause | None:
    """The pause because of which this person sends nothing for this creator now."""
    for pause in await about(tx, creator):
        if pause.kind is not PauseKind.MEMBER or pause.subject == actor:
            return pause
    return None


async def holding(tx: Transaction, effect: EffectId) -> Pause | None:
    """The pause that an effect is under now, in any state; None for one that sends nothing."""
    row = await tx.one(
        f"""SELECT p.* FROM outbox o JOIN pauses p ON {_COVERS}
           WHERE o.id = :effect ORDER BY p.since, p.id LIMIT 1""",  # noqa: S608 - constants of this module
        effect=effect,
    )
    return _pause_of(row) if row else None


async def held(tx: Transaction, pause: str) -> list[EffectId]:
    """Effects that wait under this pause and no other, oldest first: its end would send them."""
    rows = await tx.all(
        f"""SELECT o.id FROM outbox o JOIN pauses p ON {_COVERS}
           WHERE p.id = :pause AND o.state = 'pending' AND NOT EXISTS (
               SELECT 1 FROM pauses p WHERE p.id <> :pause AND {_COVERS})
           ORDER BY o.created_at, o.stream, o.seq""",  # noqa: S608 - constants of this module
        pause=pause,
    )
    return [EffectId(row["id"]) for row in rows]


async def covered(tx: Transaction, pause: str, state: EffectState) -> list[EffectId]:
    """Effects under this pause and in this state, oldest first."""
    rows = await tx.all(
        f"""SELECT o.id FROM outbox o JOIN pauses p ON {_COVERS}
           WHERE p.id = :pause AND o.state = :state
           ORDER BY o.created_at, o.stream, o.seq""",  # noqa: S608 - constants of this module
        pause=pause,
        state=state,
    )
    return [EffectId(row["id"]) for row in rows]


def _pause_of(row: Row) -> Pause:
    return record_of(
        Pause, row, creator=row["creator_uuid"] or None, subject=row["subject"] or None, by=row["set_by"]
    )
