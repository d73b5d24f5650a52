"""Visits to a sign-in page, each bound to one browser and used once.

Only hashes of what a browser holds (state, cookie) are stored; verifiers are sealed.
"""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Millis
from storage.rows import record_of


@dataclass(frozen=True)
class SignInAttempt:
    """One visit to a sign-in page, bound to one browser."""

    state_hash: str
    ticket_hash: str
    step: str  # discord, fanvue
    state: str  # started, consumed, proved; at Discord then spent
    verifier: bytes  # sealed
    cookie_hash: str
    expires_at: Millis


async def add(tx: Transaction, attempt: SignInAttempt) -> None:
    await tx.execute(
        """INSERT INTO attempts (state_hash, ticket_hash, step, state, verifier_ct, cookie_hash, expires_at)
           VALUES (:state_hash, :ticket_hash, :step, :state, :verifier, :cookie_hash, :expires_at)""",
        **vars(attempt),
    )


async def how_many(tx: Transaction, ticket_hash: str, step: str) -> int:
    """Count a ticket's attempts at `step`."""
    sql = "SELECT COUNT(*) AS made FROM attempts WHERE ticket_hash = :ticket AND step = :step"
    row = await tx.one(sql, ticket=ticket_hash, step=step)
    return int(row["made"]) if row else 0


async def consume(tx: Transaction, state_hash: str, step: str) -> SignInAttempt | None:
    """Started → consumed, once; None for an unknown state, another step, or a second use."""
    changed = await tx.execute(
        """UPDATE attempts SET state = 'consumed'
           WHERE state_hash = :state_hash AND step = :step AND state = 'started'""",
        state_hash=state_hash,
        step=step,
    )
    return await _get(tx, state_hash) if changed == 1 else None


async def prove(tx: Transaction, state_hash: str) -> bool:
    """Consumed → proved: the purpose of the sign-in is done, and this browser may be shown so."""
    changed = await tx.execute(
        "UPDATE attempts SET state = 'proved' WHERE state_hash = :state_hash AND state = 'consumed'",
        state_hash=state_hash,
    )
    return changed == 1


async def spend(tx: Transaction, state_hash: str, cookie_hash: str) -> SignInAttempt | None:
    """Proved → spent, once, for the browser that proved it."""
    changed = await tx.execute(
        """UPDATE attempts SET state = 'spent'
           WHERE state_hash = :state_hash AND cookie_hash = :cookie AND state = 'proved'""",
        state_hash=state_hash,
        cookie=cookie_hash,
    )
    return await _get(tx, state_hash) if changed == 1 else None


async def newest(tx: Transaction, cookie_hash: str, step: str, state: str) -> SignInAttempt | None:
    """The last attempt of this browser in this state."""
    row = await tx.one(
        """SELECT * FROM attempts WHERE cookie_hash = :cookie AND step = :step AND state = :state
           ORDER BY expires_at DESC, state_hash LIMIT 1""",
        cookie=cookie_hash,
        step=step,
        state=state,
    )
    return record_of(SignInAttempt, row) if row else None


async def _get(tx: Transaction, state_hash: str) -> SignInAttempt | None:
    row = await tx.one("SELECT * FROM attempts WHERE state_hash = :state_hash", state_hash=state_hash)
    return record_of(SignInAttempt, row) if row else None
