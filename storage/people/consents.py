"""Whether a creator may be on a server: its owner and the server both say so."""

from dataclasses import dataclass
from typing import Final, Literal

from storage.database import Row, Transaction, Value
from storage.engine import signed_rights
from storage.engine.signed_rights import CONSENTS
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of

Side = Literal["owner", "server"]
SIDES: Final = ("owner", "server")


@dataclass(frozen=True)
class ServerConsent:
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
    row: dict[str, Value] = {
        "creator_uuid": creator,
        "guild_id": guild,
        "side": side,
        "given_by": by,
        "given_at": now,
        "withdrawn_by": None,
        "withdrawn_at": None,
    }
    await signed_rights.put(tx, CONSENTS, row)


async def withdraw(
    tx: Transaction, creator: CreatorId, guild: DiscordId, side: Side, *, by: DiscordId, now: Millis
) -> bool:
    """Take one side's word back; False when it did not hold."""
    changed = await signed_rights.change(
        tx,
        CONSENTS,
        "creator_uuid = :creator AND guild_id = :guild AND side = :side AND withdrawn_at IS NULL",
        {"withdrawn_by": by, "withdrawn_at": now},
        creator=creator,
        guild=guild,
        side=side,
    )
    return changed == 1


async def only_from(tx: Transaction, creator: CreatorId, owner: DiscordId, *, now: Millis) -> bool:
    """End the consents of earlier owners, on every server; True when there was another owner."""

    def theirs(row: Row) -> dict[str, Value]:
        by, at = row["withdrawn_by"], row["withdrawn_at"]
        return {
            "given_by": owner,
            "withdrawn_by": owner if by is None else by,
            "withdrawn_at": now if at is None else at,
        }

    where = "creator_uuid = :creator AND side = 'owner' AND given_by <> :owner"
    return await signed_rights.change(tx, CONSENTS, where, theirs, creator=creator, owner=owner) > 0


async def both(tx: Transaction, creator: CreatorId, guild: DiscordId) -> bool:
    """Whether both sides say yes now."""
    rows = await signed_rights.every(
        tx,
        CONSENTS,
        """SELECT * FROM consents
           WHERE creator_uuid = :creator AND guild_id = :guild AND withdrawn_at IS NULL""",
        creator=creator,
        guild=guild,
    )
    return len(rows) == len(SIDES)


async def left(tx: Transaction, creator: CreatorId) -> set[DiscordId]:
    """The servers on which this creator is no longer: one side, or both, took their word back.

    By a word that was changed by hand nobody is anywhere.
    """
    rows = await tx.all("SELECT * FROM consents WHERE creator_uuid = :creator", creator=creator)
    return {
        DiscordId(row["guild_id"])
        for row in rows
        if row["withdrawn_at"] is not None or not signed_rights.fits(tx, CONSENTS, row)
    }


async def of_guild(tx: Transaction, guild: DiscordId) -> list[CreatorId]:
    """Every creator whom both sides let be on this server, the longest there first."""
    rows = await signed_rights.every(
        tx, CONSENTS, "SELECT * FROM consents WHERE guild_id = :guild AND withdrawn_at IS NULL", guild=guild
    )
    given: dict[str, list[Millis]] = {}
    for row in rows:
        given.setdefault(row["creator_uuid"], []).append(row["given_at"])
    there = sorted((min(at), creator) for creator, at in given.items() if len(at) == len(SIDES))
    return [CreatorId(creator) for _, creator in there]


async def places(tx: Transaction, creator: CreatorId) -> list[DiscordId]:
    """Every server about which this creator's owner ever said yes."""
    rows = await signed_rights.every(
        tx,
        CONSENTS,
        """SELECT * FROM consents WHERE creator_uuid = :creator AND side = 'owner'
           ORDER BY given_at, guild_id""",
        creator=creator,
    )
    return [DiscordId(row["guild_id"]) for row in rows]


async def guests(tx: Transaction, guild: DiscordId) -> list[CreatorId]:
    """Every creator about whom this server ever said yes."""
    rows = await signed_rights.every(
        tx,
        CONSENTS,
        """SELECT * FROM consents WHERE guild_id = :guild AND side = 'server'
           ORDER BY given_at, creator_uuid""",
        guild=guild,
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def about(tx: Transaction, creator: CreatorId, guild: DiscordId) -> list[ServerConsent]:
    """The last word of each side."""
    rows = await signed_rights.every(
        tx,
        CONSENTS,
        "SELECT * FROM consents WHERE creator_uuid = :creator AND guild_id = :guild ORDER BY side",
        creator=creator,
        guild=guild,
    )
    return [record_of(ServerConsent, row, by=row["given_by"], at=row["given_at"]) for row in rows]
