"""Owners who let an assistant read what their creator's fans write."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis


@dataclass(frozen=True)
class AssistantConsent:
    """What a person allowed, and to which server."""

    server: str
    uses: frozenset[str]
    by: DiscordId


async def get(tx: Transaction, creator: CreatorId) -> AssistantConsent | None:
    """None: nothing was ever allowed."""
    row = await tx.one("SELECT * FROM assistant_consents WHERE creator_uuid = :creator", creator=creator)
    if row is None:
        return None
    return AssistantConsent(row["server"], frozenset(row["uses"].split()), DiscordId(row["agreed_by"]))


async def put(tx: Transaction, creator: CreatorId, consent: AssistantConsent, *, now: Millis) -> None:
    """In the place of what was allowed before."""
    await tx.execute(
        """INSERT INTO assistant_consents (creator_uuid, server, uses, agreed_by, agreed_at)
           VALUES (:creator, :server, :uses, :by, :now)
           ON CONFLICT (creator_uuid) DO UPDATE SET server = excluded.server, uses = excluded.uses,
               agreed_by = excluded.agreed_by, agreed_at = excluded.agreed_at""",
        creator=creator,
        server=consent.server,
        uses=" ".join(sorted(consent.uses)),
        by=consent.by,
        now=now,
    )
