"""Sign-ins to the page beside Discord, from the link to the end of the session."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from storage.database import Transaction, Value
from storage.engine import signed_rights
from storage.engine.signed_rights import PAGE_SESSIONS
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
    row = {**dict.fromkeys(PAGE_SESSIONS.columns), **vars(new)}
    row["member_id"], row["guild_id"] = row.pop("member"), row.pop("guild")
    await signed_rights.add(tx, PAGE_SESSIONS, row)


async def by_ticket(tx: Transaction, ticket_hash: str) -> PageSessionRecord | None:
    return await _one(tx, "ticket_hash = :hash", ticket_hash)


async def by_session(tx: Transaction, session_hash: str) -> PageSessionRecord | None:
    """The open session that this cookie is the key to."""
    return await _one(tx, f"session_hash = :hash AND state = '{OPEN}'", session_hash)


async def start(tx: Transaction, session: str, *, browser_hash: str, state_hash: str) -> bool:
    """A browser goes to Discord with it; one that went before comes back for nothing. False: it is over."""
    fresh = {"state": STARTED, "browser_hash": browser_hash, "state_hash": state_hash}
    return await _change(tx, f"id = :id AND state <> '{OPEN}'", fresh, id=session)


async def take_back(tx: Transaction, state_hash: str) -> PageSessionRecord | None:
    """The sign-in that comes back with this, once; None for an unknown one, and a second time."""
    found = await _one(tx, f"state_hash = :hash AND state = '{STARTED}'", state_hash)
    if found is None:
        return None
    where = "id = :id AND state_hash = :hash"
    taken = await _change(tx, where, {"state_hash": None}, id=found.id, hash=state_hash)
    return found if taken else None


async def open_session(tx: Transaction, session: str, *, session_hash: str, expires_at: Millis) -> bool:
    """Its person has come back: the link opens nothing from here on. False: it ended meanwhile."""
    fresh = {"state": OPEN, "session_hash": session_hash, "browser_hash": None, "expires_at": expires_at}
    return await _change(tx, f"id = :id AND state = '{STARTED}'", fresh, id=session)


async def end(tx: Transaction, session: str) -> bool:
    """It opens nothing any more."""
    return await tx.execute("DELETE FROM page_sessions WHERE id = :id", id=session) == 1


async def _one(tx: Transaction, where: str, digest: str) -> PageSessionRecord | None:
    sql = f"SELECT * FROM page_sessions WHERE {where}"  # noqa: S608 - our own
    row = await signed_rights.one(tx, PAGE_SESSIONS, sql, hash=digest)
    return record_of(PageSessionRecord, row) if row is not None else None


async def _change(tx: Transaction, where: str, fresh: Mapping[str, Value], **params: Value) -> bool:
    return await signed_rights.change(tx, PAGE_SESSIONS, where, fresh, **params) == 1
