"""Keys of programs about a creator; ended, never erased while the creator is."""

from dataclasses import dataclass
from enum import StrEnum

from storage.database import Row, Transaction, Value
from storage.engine import signed_rights
from storage.engine.signed_rights import API_KEY_SCOPES, API_KEYS
from storage.people import program_webhooks
from storage.records import CreatorId, Millis
from storage.rows import record_of, row_of


class ApiKeyScope(StrEnum):
    """What a key opens; each opens what stands before it, too."""

    DATA = "data"  # lists and figures
    CHATS = "chats"  # what fans and the team wrote
    DRAFTS = "drafts"  # it writes drafts that a person sends

    def includes(self, other: "ApiKeyScope") -> bool:
        """Whether a key with this scope opens that."""
        return _WIDER.index(self) >= _WIDER.index(other)


_WIDER = list(ApiKeyScope)


@dataclass(frozen=True)
class ApiKeyRecord:
    """One key, without its secret."""

    id: str
    creator: CreatorId
    name: str
    digest: str  # of the secret
    role: str
    made_at: Millis
    expires_at: Millis
    used_at: Millis | None = None
    ended_at: Millis | None = None
    scope: ApiKeyScope = ApiKeyScope.DATA


async def add(tx: Transaction, key: ApiKeyRecord) -> None:
    await signed_rights.add(tx, API_KEYS, row_of(key, API_KEYS.columns))
    if key.scope is not ApiKeyScope.DATA:
        scope: dict[str, Value] = {"key_id": key.id, "creator_uuid": key.creator, "scope": key.scope.value}
        await signed_rights.add(tx, API_KEY_SCOPES, scope)


async def get(tx: Transaction, key: str) -> ApiKeyRecord | None:
    """A key, whatever became of it."""
    row = await signed_rights.one(tx, API_KEYS, "SELECT * FROM api_keys WHERE id = :id", id=key)
    if row is None:
        return None
    sql = "SELECT * FROM api_key_scopes WHERE key_id = :key"
    return _key_of(row, await signed_rights.one(tx, API_KEY_SCOPES, sql, key=key))


async def of_creator(tx: Transaction, creator: CreatorId) -> list[ApiKeyRecord]:
    """All of a creator's, ended ones too; the newest first."""
    rows = await signed_rights.every(
        tx,
        API_KEYS,
        "SELECT * FROM api_keys WHERE creator_uuid = :creator ORDER BY made_at DESC, id",
        creator=creator,
    )
    sql = "SELECT * FROM api_key_scopes WHERE creator_uuid = :creator"
    found = await signed_rights.every(tx, API_KEY_SCOPES, sql, creator=creator)
    scopes = {scope["key_id"]: scope for scope in found}
    return [_key_of(row, scopes.get(row["id"])) for row in rows]


async def end(tx: Transaction, key: ApiKeyRecord, *, now: Millis) -> bool:
    """From now on it opens nothing, and nothing is told with it; False where it had ended."""
    await program_webhooks.end_with_key(tx, key.creator, key.id, now=now)
    where = "id = :id AND ended_at IS NULL"
    return await signed_rights.change(tx, API_KEYS, where, {"ended_at": now}, id=key.id) == 1


async def end_all(tx: Transaction, creator: CreatorId, *, now: Millis) -> None:
    """Every key of a creator's ends, and what is told with it."""
    await program_webhooks.end_with_key(tx, creator, None, now=now)
    where = "creator_uuid = :creator AND ended_at IS NULL"
    await signed_rights.change(tx, API_KEYS, where, {"ended_at": now}, creator=creator)


async def extend(tx: Transaction, key: str, expires_at: Millis) -> None:
    """It lasts until then, unless it has ended."""
    await signed_rights.change(
        tx, API_KEYS, "id = :id AND ended_at IS NULL", {"expires_at": expires_at}, id=key
    )


async def used(tx: Transaction, key: str, *, now: Millis) -> None:
    await signed_rights.change(tx, API_KEYS, "id = :id", {"used_at": now}, id=key)


def _key_of(row: Row, scope: Row | None) -> ApiKeyRecord:
    """`scope`: its row, where it fits."""
    return record_of(
        ApiKeyRecord, row, scope=ApiKeyScope.DATA if scope is None else ApiKeyScope(scope["scope"])
    )
