"""Each link's current tokens, sealed, and what must still be revoked."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import LinkId, Millis, TokenPair
from storage.rows import record_of


@dataclass(frozen=True)
class StoredPair(TokenPair):
    """A token pair with when to renew it, and whether the one repeat of R11 was already begun."""

    renew_at: Millis
    repeated: bool


@dataclass(frozen=True)
class NewPair:
    """A pair as Fanvue just issued it, sealed for `generation`."""

    link: LinkId
    generation: int
    access: bytes
    refresh: bytes
    expires_at: Millis
    renew_at: Millis


@dataclass(frozen=True)
class Revocation:
    """A refresh token that Fanvue must still be told to forget."""

    id: str
    link: LinkId | None
    refresh: bytes  # sealed
    attempts: int
    not_before: Millis
    created_at: Millis


async def put(tx: Transaction, pair: NewPair) -> None:
    """Store a link's first pair, or the pair of a new sign-in; a mark of the old one is gone."""
    await tx.execute(
        """INSERT INTO tokens (link_id, generation, access_ct, refresh_ct, expires_at, renew_at)
           VALUES (:link, :generation, :access, :refresh, :expires_at, :renew_at)
           ON CONFLICT (link_id) DO UPDATE SET
               generation = excluded.generation, access_ct = excluded.access_ct,
               refresh_ct = excluded.refresh_ct, expires_at = excluded.expires_at,
               renew_at = excluded.renew_at, attempt_id = NULL, attempt_started = NULL, repeated = 0""",
        **vars(pair),
    )


async def get(tx: Transaction, link: LinkId) -> StoredPair | None:
    """A link's pair; None when it was erased."""
    row = await tx.one("SELECT * FROM tokens WHERE link_id = :link", link=link)
    return record_of(StoredPair, row) if row else None


async def marked(tx: Transaction) -> list[LinkId]:
    """Links whose refresh was begun and never settled: the process died inside it."""
    rows = await tx.all("SELECT link_id FROM tokens WHERE attempt_id IS NOT NULL ORDER BY attempt_started")
    return [LinkId(row["link_id"]) for row in rows]


async def mark(tx: Transaction, link: LinkId, *, generation: int, attempt: str, now: Millis) -> bool:
    """Say that a refresh begins; commit this before the POST. False when the pair has moved on."""
    changed = await tx.execute(
        """UPDATE tokens SET attempt_id = :attempt, attempt_started = :now, repeated = 0
           WHERE link_id = :link AND generation = :generation AND attempt_id IS NULL""",
        link=link,
        generation=generation,
        attempt=attempt,
        now=now,
    )
    return changed == 1


async def mark_repeat(tx: Transaction, link: LinkId, *, attempt: str, anew: str | None = None) -> bool:
    """Say that the one repeat begins; False when it was begun before, or the attempt is settled.

    `anew`: the mark's content from now on, when somebody else made the first one.
    """
    changed = await tx.execute(
        """UPDATE tokens SET repeated = 1, attempt_id = :anew
           WHERE link_id = :link AND attempt_id = :attempt AND repeated = 0""",
        link=link,
        attempt=attempt,
        anew=attempt if anew is None else anew,
    )
    return changed == 1


async def clear(tx: Transaction, link: LinkId, *, attempt: str) -> None:
    """The attempt surely did not reach Fanvue: as if it had never begun."""
    await tx.execute(
        """UPDATE tokens SET attempt_id = NULL, attempt_started = NULL, repeated = 0
           WHERE link_id = :link AND attempt_id = :attempt""",
        link=link,
        attempt=attempt,
    )


async def keep_repeat(tx: Transaction, link: LinkId, *, attempt: str) -> None:
    """The repeat surely did not reach Fanvue: it is still to be made, and the mark stays."""
    await tx.execute(
        "UPDATE tokens SET repeated = 0 WHERE link_id = :link AND attempt_id = :attempt",
        link=link,
        attempt=attempt,
    )


async def rotate(tx: Transaction, pair: NewPair, *, attempt: str) -> bool:
    """Store the pair that `attempt` brought; False when the link's tokens were erased or replaced."""
    changed = await tx.execute(
        """UPDATE tokens SET generation = :generation, access_ct = :access, refresh_ct = :refresh,
                  expires_at = :expires_at, renew_at = :renew_at,
                  attempt_id = NULL, attempt_started = NULL, repeated = 0
           WHERE link_id = :link AND attempt_id = :attempt AND generation = :generation - 1""",
        **vars(pair),
        attempt=attempt,
    )
    return changed == 1


async def erase(tx: Transaction, link: LinkId) -> None:
    await tx.execute("DELETE FROM tokens WHERE link_id = :link", link=link)


async def owe(tx: Transaction, revocation: Revocation) -> None:
    """Remember that Fanvue must be told to forget a refresh token."""
    await tx.execute(
        """INSERT INTO revocations (id, link_id, refresh_ct, state, attempts, not_before, created_at)
           VALUES (:id, :link, :refresh, 'owed', 0, :not_before, :created_at)""",
        **vars(revocation),
    )


async def owed(tx: Transaction, *, now: Millis) -> list[Revocation]:
    """Revocations whose time has come, oldest first."""
    rows = await tx.all(
        """SELECT * FROM revocations WHERE state = 'owed' AND not_before <= :now
           ORDER BY created_at, id LIMIT 50""",
        now=now,
    )
    return [record_of(Revocation, row) for row in rows]


async def owe_later(tx: Transaction, revocation: str, *, not_before: Millis) -> None:
    """An attempt failed: try again at `not_before`."""
    await tx.execute(
        """UPDATE revocations SET attempts = attempts + 1, not_before = :not_before
           WHERE id = :id AND state = 'owed'""",
        id=revocation,
        not_before=not_before,
    )


async def owe_nothing(tx: Transaction, revocation: str, *, state: str) -> None:
    """Settle a revocation as `done` or `given_up`; the token is erased either way."""
    await tx.execute(
        """UPDATE revocations SET state = :state, refresh_ct = NULL, attempts = attempts + 1
           WHERE id = :id AND state = 'owed'""",
        id=revocation,
        state=state,
    )
