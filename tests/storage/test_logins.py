"""Links that are half made: each step happens once, and what is over is forgotten."""

from storage.database import Database
from storage.people import pending_links, sign_in_attempts
from storage.people.pending_links import PendingLink, Ticket
from storage.people.sign_in_attempts import SignInAttempt
from storage.records import DiscordId
from tests.storage.record_fixtures import CREATOR, GUILD

USER = DiscordId(11)
MINUTES = 60_000


def a_ticket(name: str = "t", *, at: int = 0, user: DiscordId = USER, state: str = "open") -> Ticket:
    return Ticket(name, user, "olivia", GUILD, "Studio", state, at, at + 10 * MINUTES, "command")


def an_attempt(name: str = "s", ticket: str = "t", step: str = "discord", until: int = 100) -> SignInAttempt:
    return SignInAttempt(name, ticket, step, "started", b"v", "cookie", until)


def a_pending(name: str = "p", until: int = 100) -> PendingLink:
    return PendingLink(name, "t", USER, GUILD, CREATOR, "mara", "Mara", "read:self", b"sealed", "open", until)


async def test_a_ticket_is_found_by_its_hash(known: Database) -> None:
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket()))

    assert await known.read(lambda tx: pending_links.ticket(tx, "t")) == a_ticket()
    assert await known.read(lambda tx: pending_links.ticket(tx, "other")) is None


async def test_tickets_are_counted_for_each_user_since_a_time(known: Database) -> None:
    for at in (1, 2, 3):
        await known.write(lambda tx, at=at: pending_links.add_ticket(tx, a_ticket(f"t{at}", at=at)))  # type: ignore[misc]
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket("x", at=3, user=DiscordId(99))))

    assert await known.read(lambda tx: pending_links.tickets_since(tx, USER, 1)) == 2


async def test_closing_a_users_tickets_leaves_other_users_alone(known: Database) -> None:
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket("mine")))
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket("used", state="used")))
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket("other", user=DiscordId(99))))

    await known.write(lambda tx: pending_links.close_tickets(tx, USER))

    rows = await known.read(lambda tx: tx.all("SELECT ticket_hash, state FROM tickets"))
    states = {row["ticket_hash"]: row["state"] for row in rows}
    assert states == {"mine": "closed", "used": "closed", "other": "open"}


async def test_a_ticket_is_used_once(known: Database) -> None:
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket()))

    used = [
        await known.write(lambda tx: pending_links.move_ticket(tx, "t", was="open", to="used"))
        for _ in range(2)
    ]

    assert used == [True, False]


async def test_an_attempt_is_consumed_once_and_only_at_its_own_step(known: Database) -> None:
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket()))
    await known.write(lambda tx: sign_in_attempts.add(tx, an_attempt()))

    assert await known.write(lambda tx: sign_in_attempts.consume(tx, "s", "fanvue")) is None
    assert await known.write(lambda tx: sign_in_attempts.consume(tx, "unknown", "discord")) is None
    first = await known.write(lambda tx: sign_in_attempts.consume(tx, "s", "discord"))
    second = await known.write(lambda tx: sign_in_attempts.consume(tx, "s", "discord"))

    assert first is not None
    assert (first.state, first.verifier, second) == ("consumed", b"v", None)
    assert await known.read(lambda tx: sign_in_attempts.how_many(tx, "t", "discord")) == 1
    assert await known.read(lambda tx: sign_in_attempts.how_many(tx, "t", "fanvue")) == 0


async def test_a_pending_link_is_settled_once_and_loses_its_tokens(known: Database) -> None:
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket()))
    await known.write(lambda tx: pending_links.add_pending(tx, a_pending()))
    assert await known.read(lambda tx: pending_links.pending(tx, "p")) == a_pending()

    settled = [
        await known.write(lambda tx, how=how: pending_links.settle_pending(tx, "p", how))  # type: ignore[misc]
        for how in ("confirmed", "refused")
    ]

    found = await known.read(lambda tx: pending_links.pending(tx, "p"))
    assert found is not None
    assert (settled, found.state, found.tokens) == ([True, False], "confirmed", None)


async def test_what_ran_out_is_found_and_forgotten_in_its_time(known: Database) -> None:
    await known.write(lambda tx: pending_links.add_ticket(tx, a_ticket()))
    await known.write(lambda tx: sign_in_attempts.add(tx, an_attempt(until=100)))
    await known.write(lambda tx: pending_links.add_pending(tx, a_pending(until=100)))

    assert await known.read(lambda tx: pending_links.expired_pending(tx, now=99)) == []
    assert await known.read(lambda tx: pending_links.expired_pending(tx, now=100)) == [a_pending()]
    await known.write(lambda tx: pending_links.forget(tx, now=99, before=99))
    assert len(await known.read(lambda tx: tx.all("SELECT * FROM attempts"))) == 1

    await known.write(lambda tx: pending_links.forget(tx, now=100, before=10 * MINUTES))
    assert await known.read(lambda tx: tx.all("SELECT * FROM attempts")) == []
    assert (
        await known.read(lambda tx: pending_links.ticket(tx, "t")) is not None
    )  # its question is still open

    await known.write(lambda tx: pending_links.settle_pending(tx, "p", "expired"))
    await known.write(lambda tx: pending_links.forget(tx, now=100, before=10 * MINUTES))
    assert await known.read(lambda tx: pending_links.pending(tx, "p")) is None
    assert await known.read(lambda tx: pending_links.ticket(tx, "t")) is None
