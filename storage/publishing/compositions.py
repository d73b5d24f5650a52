"""Mass messages that members are putting together; their content is sealed."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class Composition:
    """One of them; its member has no other for this creator on this server."""

    id: str
    creator: CreatorId
    guild: DiscordId
    member: DiscordId
    version: int  # grows with every step
    begun: Millis
    changed: Millis
    body: bytes  # sealed JSON


async def add(tx: Transaction, new: Composition) -> None:
    await tx.execute(
        """INSERT INTO compositions (id, creator_uuid, guild_id, member_id, version, begun_at, changed_at,
                                     body_ct)
           VALUES (:id, :creator, :guild, :member, :version, :begun, :changed, :body)""",
        **vars(new),
    )


async def of_member(
    tx: Transaction, creator: CreatorId, guild: DiscordId, member: DiscordId
) -> Composition | None:
    """A member's mass message in the making, if any."""
    row = await tx.one(
        """SELECT * FROM compositions
           WHERE creator_uuid = :creator AND guild_id = :guild AND member_id = :member""",
        creator=creator,
        guild=guild,
        member=member,
    )
    return record_of(Composition, row) if row else None


async def change(tx: Transaction, after: Composition, *, version: int) -> bool:
    """It is so from now on; False when it is no longer at this version."""
    changed = await tx.execute(
        """UPDATE compositions SET version = :version, changed_at = :changed, body_ct = :body
           WHERE id = :id AND version = :was""",
        was=version,
        **vars(after),
    )
    return changed == 1


async def remove(tx: Transaction, which: str) -> None:
    await tx.execute("DELETE FROM compositions WHERE id = :id", id=which)


async def remove_of(tx: Transaction, creator: CreatorId, member: DiscordId) -> int:
    """Remove all that a member is putting together for a creator; return how many there were."""
    return await tx.execute(
        "DELETE FROM compositions WHERE creator_uuid = :creator AND member_id = :member",
        creator=creator,
        member=member,
    )


async def changed_before(tx: Transaction, before: Millis) -> bool:
    """Whether nobody has gone on with one of them since then."""
    row = await tx.one("SELECT 1 AS one FROM compositions WHERE changed_at < :before LIMIT 1", before=before)
    return row is not None


async def forget(tx: Transaction, *, before: Millis) -> int:
    """Delete those with which nobody has gone on since then; how many there were."""
    return await tx.execute("DELETE FROM compositions WHERE changed_at < :before", before=before)


async def confirmed_at(tx: Transaction, interaction: str) -> Millis | None:
    """The time the preview this press asked for was confirmed; None: it was not.

    A preview that has to be looked at again is shown again by the press on the one before.
    """
    row = await tx.one(
        """WITH RECURSIVE shown (draft) AS (
               SELECT p.draft_id FROM commands c JOIN proposals p ON p.command_id = c.id
               WHERE c.interaction_id = :interaction
               UNION
               SELECT p.draft_id FROM shown JOIN commands c ON c.target = shown.draft
                 JOIN proposals p ON p.command_id = c.id
           )
           SELECT d.settled_at AS at FROM shown JOIN drafts d ON d.id = shown.draft
           WHERE d.state = 'confirmed' LIMIT 1""",
        interaction=interaction,
    )
    return int(row["at"]) if row else None
