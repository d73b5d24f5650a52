"""Agents that wait to be let in, each for some minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.database import Row, Transaction
from storage.records import CreatorId, Millis
from storage.rows import record_of

WAITING: Final = "waiting"
ALLOWED: Final = "allowed"
REFUSED: Final = "refused"
CODED: Final = "coded"  # the browser took the authorization code along
SPENT: Final = "spent"  # and the code was used


@dataclass(frozen=True)
class AgentRequestRecord:
    """One that asks. Its secrets are known by their digests alone."""

    id: str
    code_hash: str
    browser_hash: str
    body: bytes  # sealed
    expires_at: Millis
    state: str = WAITING


async def add(tx: Transaction, new: AgentRequestRecord) -> None:
    await tx.execute(
        """INSERT INTO agent_requests (id, code_hash, browser_hash, state, body_ct, expires_at)
           VALUES (:id, :code_hash, :browser_hash, :state, :body, :expires_at)""",
        **vars(new),
    )


async def by_code(tx: Transaction, code_hash: str) -> AgentRequestRecord | None:
    row = await tx.one("SELECT * FROM agent_requests WHERE code_hash = :hash", hash=code_hash)
    return _record_of(row)


async def by_browser(tx: Transaction, browser_hash: str) -> AgentRequestRecord | None:
    row = await tx.one("SELECT * FROM agent_requests WHERE browser_hash = :hash", hash=browser_hash)
    return _record_of(row)


async def by_grant(tx: Transaction, grant_hash: str) -> AgentRequestRecord | None:
    """That of an authorization code, also of one that was used."""
    row = await tx.one("SELECT * FROM agent_requests WHERE grant_hash = :hash", hash=grant_hash)
    return _record_of(row)


async def by_offer(tx: Transaction, offer: str) -> AgentRequestRecord | None:
    row = await tx.one("SELECT * FROM agent_requests WHERE offer_id = :offer", offer=offer)
    return _record_of(row)


async def offer(tx: Transaction, request: str, *, offer: str, creator: CreatorId, body: bytes) -> None:
    """A person is asked about it. What another one was asked about it holds no more."""
    await tx.execute(
        f"""UPDATE agent_requests SET offer_id = :offer, creator_uuid = :creator, body_ct = :body
            WHERE id = :id AND state = '{WAITING}'""",  # noqa: S608 - a constant
        id=request,
        offer=offer,
        creator=creator,
        body=body,
    )


async def move(tx: Transaction, request: str, *, was: str, to: str) -> bool:
    """Compare and set its state; False where it was in another one."""
    changed = await tx.execute(
        "UPDATE agent_requests SET state = :to WHERE id = :id AND state = :was", id=request, was=was, to=to
    )
    return changed == 1


async def reseal(tx: Transaction, request: str, body: bytes) -> None:
    await tx.execute("UPDATE agent_requests SET body_ct = :body WHERE id = :id", id=request, body=body)


async def code(tx: Transaction, request: str, *, grant_hash: str, expires_at: Millis) -> None:
    """What the browser takes along, and until when it is worth something."""
    await tx.execute(
        "UPDATE agent_requests SET grant_hash = :hash, expires_at = :expires_at WHERE id = :id",
        id=request,
        hash=grant_hash,
        expires_at=expires_at,
    )


async def keep_until(tx: Transaction, request: str, expires_at: Millis) -> None:
    """A code that was used is remembered, so that a second use is seen."""
    await tx.execute(
        "UPDATE agent_requests SET expires_at = :expires_at WHERE id = :id", id=request, expires_at=expires_at
    )


async def over(tx: Transaction, *, now: Millis, limit: int) -> Sequence[str]:
    """The ids of those whose time is over, the oldest first."""
    rows = await tx.all(
        "SELECT id FROM agent_requests WHERE expires_at <= :now ORDER BY expires_at, id LIMIT :limit",
        now=now,
        limit=limit,
    )
    return [row["id"] for row in rows]


async def erase(tx: Transaction, request: str) -> None:
    await tx.execute("DELETE FROM agent_requests WHERE id = :id", id=request)


async def forget(tx: Transaction, *, now: Millis) -> int:
    """Erase those whose time is over; how many are left."""
    await tx.execute("DELETE FROM agent_requests WHERE expires_at <= :now", now=now)
    row = await tx.one("SELECT COUNT(*) AS number FROM agent_requests")
    return int(row["number"]) if row else 0


def _record_of(row: Row | None) -> AgentRequestRecord | None:
    if row is None:
        return None
    return record_of(AgentRequestRecord, row)
