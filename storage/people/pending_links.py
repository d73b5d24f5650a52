"""Links that are half made: tickets, and accounts awaiting a Yes.

Only hashes of what a browser holds are stored; tokens are sealed.
"""

import json
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId, LinkId, LinkKind, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class Ticket:
    """One `/link`: who asked, where, and until when it can be used."""

    hash: str
    discord_user: DiscordId
    discord_name: str
    guild: DiscordId
    guild_name: str
    state: str  # open, used, closed
    created_at: Millis
    expires_at: Millis
    command: str


@dataclass(frozen=True)
class LinkOffer:
    """One yes that a question offers: in which forum the fans are shown then, and which role is let in.

    `id` is what its button names; `forum`: None where none is bound by it.
    """

    id: str
    forum: DiscordId | None = None
    team: DiscordId | None = None


@dataclass(frozen=True)
class PendingLink:
    """A Fanvue account that was signed in to and waits for its owner's Yes in Discord."""

    id: str
    ticket_hash: str
    discord_user: DiscordId
    guild: DiscordId
    creator: CreatorId
    handle: str
    display_name: str
    scopes: str
    tokens: bytes | None  # sealed; None once it is settled
    state: str  # open, confirmed, refused, expired
    expires_at: Millis
    replaces: LinkId | None = None  # the link that ends if its owner says that this one takes its place
    team: DiscordId | None = None  # the Discord role that the question names, to be let in
    kind: LinkKind = LinkKind.OWN
    forum: DiscordId | None = None  # the forum that the question names
    others: tuple[LinkOffer, ...] = ()  # the other ways to say yes

    def offer(self, ref: str) -> LinkOffer | None:
        """The offer that a yes naming this is to; None: nothing that was asked."""
        if ref == self.id:
            return LinkOffer(self.id, self.forum, self.team)
        return next((one for one in self.others if one.id == ref), None)


async def add_ticket(tx: Transaction, ticket: Ticket) -> None:
    await tx.execute(
        """INSERT INTO tickets (ticket_hash, discord_user, discord_name, guild_id, guild_name, state,
                                created_at, expires_at, command_id)
           VALUES (:hash, :discord_user, :discord_name, :guild, :guild_name, :state,
                   :created_at, :expires_at, :command)""",
        **vars(ticket),
    )


async def ticket(tx: Transaction, ticket_hash: str) -> Ticket | None:
    """One ticket by its hash."""
    row = await tx.one("SELECT * FROM tickets WHERE ticket_hash = :hash", hash=ticket_hash)
    return record_of(Ticket, row, hash=row["ticket_hash"]) if row else None


async def tickets_since(tx: Transaction, user: DiscordId, since: Millis) -> int:
    """Count the tickets that a user asked for after `since`."""
    row = await tx.one(
        "SELECT COUNT(*) AS asked FROM tickets WHERE discord_user = :user AND created_at > :since",
        user=user,
        since=since,
    )
    return int(row["asked"]) if row else 0


async def close_tickets(tx: Transaction, user: DiscordId) -> None:
    """Close a user's unfinished tickets: a new one replaces them."""
    await tx.execute(
        "UPDATE tickets SET state = 'closed' WHERE discord_user = :user AND state <> 'closed'", user=user
    )


async def move_ticket(tx: Transaction, ticket_hash: str, *, was: str, to: str) -> bool:
    """Compare and set a ticket's state; False when it was in another one."""
    changed = await tx.execute(
        "UPDATE tickets SET state = :to WHERE ticket_hash = :hash AND state = :was",
        hash=ticket_hash,
        was=was,
        to=to,
    )
    return changed == 1


async def add_pending(tx: Transaction, pending: PendingLink) -> None:
    """Keep an account that waits for its owner's Yes."""
    await tx.execute(
        """INSERT INTO pending_links (id, ticket_hash, discord_user, guild_id, creator_uuid, handle,
                                      display_name, scopes, tokens_ct, state, expires_at, replaces,
                                      team_role, kind, forum_id, others)
           VALUES (:id, :ticket_hash, :discord_user, :guild, :creator, :handle, :display_name, :scopes,
                   :tokens, :state, :expires_at, :replaces, :team, :kind, :forum, :other_offers)""",
        other_offers=json.dumps([[one.id, one.forum, one.team] for one in pending.others]),
        **vars(pending),
    )


async def pending(tx: Transaction, pending_id: str) -> PendingLink | None:
    row = await tx.one("SELECT * FROM pending_links WHERE id = :id", id=pending_id)
    return _pending_of(row) if row else None


async def asked(tx: Transaction, ref: str) -> PendingLink | None:
    """The waiting account whose question has a button that names this."""
    found = await pending(tx, ref)
    if found is not None:
        return found
    rows = await tx.all("SELECT * FROM pending_links WHERE others <> '[]'")
    waiting = (_pending_of(row) for row in rows)
    return next((one for one in waiting if one.offer(ref) is not None), None)


async def settle_pending(tx: Transaction, pending_id: str, state: str) -> bool:
    """Open → `state`, once, and the tokens are erased from the row."""
    changed = await tx.execute(
        "UPDATE pending_links SET state = :state, tokens_ct = NULL WHERE id = :id AND state = 'open'",
        id=pending_id,
        state=state,
    )
    return changed == 1


async def expired_pending(tx: Transaction, *, now: Millis) -> list[PendingLink]:
    """Accounts that nobody said Yes to in time."""
    rows = await tx.all(
        "SELECT * FROM pending_links WHERE state = 'open' AND expires_at <= :now ORDER BY expires_at",
        now=now,
    )
    return [_pending_of(row) for row in rows]


async def forget(tx: Transaction, *, now: Millis, before: Millis) -> int:
    """Erase expired attempts now, and settled pending rows and tickets that ended before `before`."""
    erased = await tx.execute("DELETE FROM attempts WHERE expires_at <= :now", now=now)
    await tx.execute(
        "DELETE FROM pending_links WHERE state <> 'open' AND expires_at <= :before", before=before
    )
    await tx.execute(
        """DELETE FROM tickets WHERE expires_at <= :before
             AND NOT EXISTS (SELECT 1 FROM attempts WHERE attempts.ticket_hash = tickets.ticket_hash)
             AND NOT EXISTS (SELECT 1 FROM pending_links
                             WHERE pending_links.ticket_hash = tickets.ticket_hash)""",
        before=before,
    )
    return erased


def _pending_of(row: Row) -> PendingLink:
    return record_of(
        PendingLink,
        row,
        team=row["team_role"],
        others=tuple(LinkOffer(*other) for other in json.loads(row["others"])),
    )
