"""Whether a creator may be on a server: its owner and the server both say so."""

from dataclasses import dataclass
from typing import Literal

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis

Side = Literal["owner", "server"]


@dataclass(frozen=True)
class Consent:
    """One side's word. `withdrawn_at` is None while it holds."""

    side: str
    by: DiscordId
    at: Millis
    withdrawn_by: DiscordId | None
    withdrawn_at: Millis | None


async def give(  # the parts of one key, who, and when
    tx: Transaction, creator: CreatorId, guild: DiscordId, side: Side, *, by: DiscordId, now: Millis
) -> None:
    """Say yes for one side; a word that was taken back holds again."""
    await tx.execute(
        """
        INSERT INTO consents (creator_uuid, guild_id, side, given_by, given_at)
        VALUES (:creator, :guild, :side, :by, :now)
        ON CONFLICT (creator_uuid, guild_id, side) DO UPDATE SET
            given_by = excluded.given_by, given_at = excluded.given_at,
            withdrawn_by = NULL, withdrawn_at = NULL
        """,
        creator=creator,
        guild=guild,
        side=side,
        by=by,
        now=now,
    )


async def withdraw(
    tx: Transaction, creator: CreatorId, guild: DiscordId, side: Side, *, by: DiscordId, now: Millis
) -> bool:
    """Take one side's word back; False when it did not hold."""
    changed = await tx.execute(
        """UPDATE consents SET withdrawn_by = :by, withdrawn_at = :now
           WHERE creator_uuid = :creator AND guild_id = :guild AND side = :side AND withdrawn_at IS NULL""",
        creator=creator,
        guild=guild,
        side=side,
        by=by,
        now=now,
    )
    return changed == 1


async def only_from(tx: Transaction, creator: CreatorId, owner: DiscordId, *, now: Millis) -> bool:
    """What earlier owners said yes to holds no more, on any server; True when there was another owner."""
    changed = await tx.execute(
        """UPDATE consents SET given_by = :owner, withdrawn_by = COALESCE(withdrawn_by, :owner),
                  withdrawn_at = COALESCE(withdrawn_at, :now)
           WHERE creator_uuid = :creator AND side = 'owner' AND given_by <> :owner""",
        creator=creator,
        owner=owner,
        now=now,
    )
    return changed > 0


async def both(tx: Transaction, creator: CreatorId, guild: DiscordId) -> bool:
    """Whether both sides say yes now."""
    row = await tx.one(
        """SELECT COUNT(*) AS number FROM consents
           WHERE creator_uuid = :creator AND guild_id = :guild AND withdrawn_at IS NULL""",
        creator=creator,
        guild=guild,
    )
    return row is not None and row["number"] == len(("owner", "server"))


async def left(tx: Transaction, creator: CreatorId) -> set[DiscordId]:
    """The servers on which this creator is no longer: one side, or both, took their word back."""
    rows = await tx.all(
        "SELECT guild_id FROM consents WHERE creator_uuid = :creator AND withdrawn_at IS NOT NULL",
        creator=creator,
    )
    return {DiscordId(row["guild_id"]) for row in rows}


async def of_guild(tx: Transaction, guild: DiscordId) -> list[CreatorId]:
    """Every creator whom both sides let be on this server, the longest there first."""
    rows = await tx.all(
        """SELECT creator_uuid, MIN(given_at) AS since FROM consents
           WHERE guild_id = :guild AND withdrawn_at IS NULL
           GROUP BY creator_uuid HAVING COUNT(*) = 2 ORDER BY since, creator_uuid""",
        guild=guild,
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def places(tx: Transaction, creator: CreatorId) -> list[DiscordId]:
    """Every server about which this creator's owner ever said yes."""
    rows = await tx.all(
        """SELECT guild_id FROM consents WHERE creator_uuid = :creator AND side = 'owner'
           ORDER BY given_at, guild_id""",
        creator=creator,
    )
    return [DiscordId(row["guild_id"]) for row in rows]


async def guests(tx: Transaction, guild: DiscordId) -> list[CreatorId]:
    """Every creator about whom this server ever said yes."""
    rows = await tx.all(
        """SELECT creator_uuid FROM consents WHERE guild_id = :guild AND side = 'server'
           ORDER BY given_at, creator_uuid""",
        guild=guild,
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def about(tx: Transaction, creator: CreatorId, guild: DiscordId) -> list[Consent]:
    """What each side said last."""
    rows = await tx.all(
        "SELECT * FROM consents WHERE creator_uuid = :creator AND guild_id = :guild ORDER BY side",
        creator=creator,
        guild=guild,
    )
    return [
        Consent(
            side=row["side"],
            by=DiscordId(row["given_by"]),
            at=row["given_at"],
            withdrawn_by=DiscordId(row["withdrawn_by"]) if row["withdrawn_by"] is not None else None,
            withdrawn_at=row["withdrawn_at"],
        )
        for row in rows
    ]
