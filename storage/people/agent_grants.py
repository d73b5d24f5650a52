"""What opens for agents that were let in: digests of their tokens, signed."""

from dataclasses import dataclass

from storage.database import Row, Transaction, Value
from storage.engine import signed_rights
from storage.engine.signed_rights import AGENT_GRANTS
from storage.records import CreatorId, Millis
from storage.rows import record_of, row_of


@dataclass(frozen=True)
class AgentGrantRecord:
    """The tokens of one key: one that opens for an hour, one that brings the next."""

    key: str
    creator: CreatorId
    client_hash: str
    resource: str
    family_hash: str
    refresh_hash: str
    access_hash: str
    access_until: Millis


async def add(tx: Transaction, new: AgentGrantRecord) -> None:
    await signed_rights.add(tx, AGENT_GRANTS, row_of(new, AGENT_GRANTS.columns))


async def get(tx: Transaction, key: str) -> AgentGrantRecord | None:
    row = await _row(tx, key)
    return None if row is None else record_of(AgentGrantRecord, row)


async def keys_of(tx: Transaction, creator: CreatorId) -> frozenset[str]:
    """The keys of a creator's that are of agents."""
    sql = "SELECT * FROM agent_grants WHERE creator_uuid = :creator"
    rows = await signed_rights.every(tx, AGENT_GRANTS, sql, creator=creator)
    return frozenset(row["key_id"] for row in rows)


async def renew(
    tx: Transaction, was: AgentGrantRecord, *, refresh_hash: str, access_hash: str, access_until: Millis
) -> bool:
    """The next tokens in the place of these; False where they are others already."""
    row = await _row(tx, was.key)
    if row is None or row["refresh_hash"] != was.refresh_hash:
        return False
    fresh: dict[str, Value] = {
        "refresh_hash": refresh_hash,
        "access_hash": access_hash,
        "access_until": access_until,
    }
    return await signed_rights.renew(tx, AGENT_GRANTS, row, fresh) == 1


async def _row(tx: Transaction, key: str) -> Row | None:
    return await signed_rights.one(
        tx, AGENT_GRANTS, "SELECT * FROM agent_grants WHERE key_id = :key", key=key
    )
