"""Owners who let an assistant read what their creator's fans write."""

from dataclasses import dataclass

from storage.database import Transaction, Value
from storage.engine import signed_rights
from storage.engine.signed_rights import ASSISTANT_CONSENTS
from storage.records import CreatorId, DiscordId, Millis


@dataclass(frozen=True)
class AssistantConsent:
    """What a person allowed, and to which server."""

    server: str
    uses: frozenset[str]
    by: DiscordId


async def get(tx: Transaction, creator: CreatorId) -> AssistantConsent | None:
    """None: nothing was ever allowed."""
    sql = "SELECT * FROM assistant_consents WHERE creator_uuid = :creator"
    row = await signed_rights.one(tx, ASSISTANT_CONSENTS, sql, creator=creator)
    if row is None:
        return None
    return AssistantConsent(row["server"], frozenset(row["uses"].split()), DiscordId(row["agreed_by"]))


async def put(tx: Transaction, creator: CreatorId, consent: AssistantConsent, *, now: Millis) -> None:
    """In the place of what was allowed before."""
    row: dict[str, Value] = {
        "creator_uuid": creator,
        "server": consent.server,
        "uses": " ".join(sorted(consent.uses)),
        "agreed_by": consent.by,
        "agreed_at": now,
    }
    await signed_rights.put(tx, ASSISTANT_CONSENTS, row)
