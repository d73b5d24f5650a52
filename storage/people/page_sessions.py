"""Sign-ins to the page beside Discord, from the link to the end of the session."""

from dataclasses import dataclass
from typing import Final

from storage.database import Row, Transaction
from storage.records import DiscordId, Millis
from storage.rows import record_of

OFFERED: Final = "offered"  # a link that nobody went through
STARTED: Final = "started"  # a browser is at Discord's sign-in
OPEN: Final = "open"  # its person has come back


@dataclass(frozen=True)
class PageSessionRecord:
    """One of them. Its secrets are known by their digests alone."""

    id: str
    member: DiscordId
    guild: DiscordId
    state: str
    ticket_hash: str
    browser_hash: str | None
    expires_at: Millis


async def offer(tx: Transaction, new: PageSessionRecord, *, now: Millis) -> None:
    """Keep a new link. Those of the same person that nobody went through end, and all that are over."""
    await tx.execute(
        f"DELETE FROM page_sessions WHERE expires_at <= :now OR (member_id = :member AND state <> '{OPEN}')",  # noqa: S608 - a constant
        now=now,
        member=new.member,
    )
    await tx.execute(
        """INSERT INTO page_sessions (id, member_id, guild_id, state, ticket_hash, expires_at)
           VALUES (:id, :member, :guild, :state, :ticket_hash, :expires_at)""",
        **vars(new),
    )


async def by_ticket(tx: Transaction, ticket_hash: str) -> PageSessionRecord | None:
    row = await tx.one("SELECT * FROM page_sessions WHERE ticket_hash = :hash", hash=ticket_hash)
    return _record_of(row)


async def by_session(tx: Transaction, session_hash: str) -> PageSessionRecord | None:
    """The open session that this cookie is the key to."""
    row = await tx.one(
        f"SELECT * FROM page_sessions WHERE session_hash = :hash AND state = '{OPEN}'",  # noqa: S608 - likewise
        hash=session_hash,
    )
    return _record_of(row)


async def start(tx: Transaction, session: str, *, browser_hash: str, state_hash: str) -> bool:
    """A browser goes to Discord with it; one that went before comes back for nothing. False: it is over."""
    changed = await tx.execute(
        f"""UPDATE page_sessions SET state = '{STARTED}', browser_hash = :browser, state_hash = :hash
            WHERE id = :id AND state <> '{OPEN}'""",  # noqa: S608 - likewise
        id=session,
        browser=browser_hash,
        hash=state_hash,
    )
    return changed == 1


async def take_back(tx: Transaction, state_hash: str) -> PageSessionRecord | None:
    """The sign-in that comes back with this, once; None for an unknown one, and a second time."""
    row = await tx.one(
        f"SELECT * FROM page_sessions WHERE state_hash = :hash AND state = '{STARTED}'",  # noqa: S608 - likewise
        hash=state_hash,
    )
    if row is None:
        return None
    changed = await tx.execute(
        "UPDATE page_sessions SET state_hash = NULL WHERE id = :id AND state_hash = :hash",
        id=row["id"],
        hash=state_hash,
    )
    return _record_of(row) if changed == 1 else None


async def open_session(tx: Transaction, session: str, *, session_hash: str, expires_at: Millis) -> bool:
    """Its person has come back: the link opens nothing from here on. False: it ended meanwhile."""
    changed = await tx.execute(
        f"""UPDATE page_sessions
            SET state = '{OPEN}', session_hash = :hash, browser_hash = NULL, expires_at = :expires_at
            WHERE id = :id AND state = '{STARTED}'""",  # noqa: S608 - likewise
        id=session,
        hash=session_hash,
        expires_at=expires_at,
    )
    return changed == 1


async def end(tx: Transaction, session: str) -> bool:
    """It opens nothing any more."""
    return await tx.execute("DELETE FROM page_sessions WHERE id = :id", id=session) == 1


def _record_of(row: Row | None) -> PageSessionRecord | None:
    if row is None:
        return None
    return record_of(PageSessionRecord, row)
