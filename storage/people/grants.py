"""Grants to members and roles about a creator; ended, never erased."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storage.database import Row, Transaction
from storage.engine import signed_rights
from storage.engine.signed_rights import GRANTS
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of, row_of

_NOTHING = "none"  # the role that gives nothing


@dataclass(frozen=True)
class GrantRecord:
    """One row; `plus` and `minus` are names of permissions with spaces between."""

    id: str
    creator: CreatorId
    guild: DiscordId
    kind: str  # "member" or "role"
    subject: DiscordId
    role: str
    plus: str
    minus: str
    money: str | None
    by: DiscordId | None  # None: the bridge, as a consequence of what its owner said
    at: Millis


async def put(tx: Transaction, grant: GrantRecord) -> None:
    """Give it, in place of what the same subject had."""
    await end(tx, grant.creator, grant.guild, grant.kind, grant.subject, by=grant.by, now=grant.at)
    row = row_of(
        grant, GRANTS.columns, granted_by=grant.by, granted_at=grant.at, ended_by=None, ended_at=None
    )
    await signed_rights.add(tx, GRANTS, row)


async def end(  # the parts of one key, who, and when
    tx: Transaction,
    creator: CreatorId,
    guild: DiscordId,
    kind: str,
    subject: DiscordId,
    *,
    by: DiscordId | None,
    now: Millis,
) -> bool:
    """Take it away; False when there was nothing."""
    changed = await signed_rights.change(
        tx,
        GRANTS,
        """creator_uuid = :creator AND guild_id = :guild AND kind = :kind AND subject_id = :subject
             AND ended_at IS NULL""",
        {"ended_at": now, "ended_by": by},
        creator=creator,
        guild=guild,
        kind=kind,
        subject=subject,
    )
    return changed == 1


async def end_all(tx: Transaction, creator: CreatorId, *, by: DiscordId, now: Millis) -> None:
    """Take everything away from everybody, on every server."""
    ended = {"ended_at": now, "ended_by": by}
    await signed_rights.change(
        tx, GRANTS, "creator_uuid = :creator AND ended_at IS NULL", ended, creator=creator
    )


async def ever(tx: Transaction, creator: CreatorId, guild: DiscordId, kind: str, subject: DiscordId) -> bool:
    """Whether anybody ever decided about this subject, for or against; also by a row that is refused."""
    row = await tx.one(
        """SELECT 1 AS found FROM grants WHERE creator_uuid = :creator AND guild_id = :guild
             AND kind = :kind AND subject_id = :subject LIMIT 1""",
        creator=creator,
        guild=guild,
        kind=kind,
        subject=subject,
    )
    return row is not None


async def of_subjects(
    tx: Transaction, creator: CreatorId, guild: DiscordId, *, member: DiscordId, roles: Sequence[DiscordId]
) -> list[GrantRecord]:
    """The grants that hold now for one member: their own, and those of their Discord roles."""
    held = set(roles)
    return [
        grant
        for grant in await of_creator(tx, creator, guild)
        if (grant.subject == member if grant.kind == "member" else grant.subject in held)
    ]


async def roles_ever(tx: Transaction, creator: CreatorId, guild: DiscordId) -> list[DiscordId]:
    """Every Discord role about which anybody ever decided for this creator."""
    rows = await signed_rights.every(
        tx,
        GRANTS,
        """SELECT * FROM grants
           WHERE creator_uuid = :creator AND guild_id = :guild AND kind = 'role' ORDER BY subject_id""",
        creator=creator,
        guild=guild,
    )
    return list(dict.fromkeys(DiscordId(row["subject_id"]) for row in rows))


async def of_creator(tx: Transaction, creator: CreatorId, guild: DiscordId) -> list[GrantRecord]:
    """All that holds now about a creator on a server, oldest first."""
    rows = await tx.all(
        """SELECT * FROM grants WHERE creator_uuid = :creator AND guild_id = :guild AND ended_at IS NULL
           ORDER BY granted_at, id""",
        creator=creator,
        guild=guild,
    )
    return [kept for row in rows if (kept := _kept(tx, row)) is not None]


async def of_member(tx: Transaction, guild: DiscordId, member: DiscordId) -> list[GrantRecord]:
    """All grants that one member has personally on a server, about any creator."""
    rows = await tx.all(
        """SELECT * FROM grants WHERE guild_id = :guild AND kind = 'member' AND subject_id = :member
             AND ended_at IS NULL ORDER BY granted_at, id""",
        guild=guild,
        member=member,
    )
    return [kept for row in rows if (kept := _kept(tx, row)) is not None]


def _kept(tx: Transaction, row: Row) -> GrantRecord | None:
    """The grant of a row. One that was changed may have taken everything from a member, so it does."""
    kept = record_of(GrantRecord, row, by=row["granted_by"], at=row["granted_at"])
    if signed_rights.fits(tx, GRANTS, row):
        return kept
    return replace(kept, role=_NOTHING, plus="", minus="", money=None) if kept.kind == "member" else None
