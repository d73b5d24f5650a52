"""From /link to Discord's sign-in: who asked is who is at the browser (R12)."""

from dataclasses import dataclass

from bot.engine.member_languages import in_answer
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import LinkCheckFailed, LinkPersonMismatch, LinkUnavailable
from bot.features.people.accounts.notices import answer
from bot.features.people.accounts.ports import AccountLinkContext
from bot.features.people.accounts.sign_in_return import Params, new_attempt, receive
from bot.model.errors import DeliveryFailed
from bot.model.language import tr
from bot.model.ports import Post
from storage.database import Transaction
from storage.people import pending_links, sign_in_attempts
from storage.records import DiscordId, Millis

_HOUR: Millis = 3_600_000
_MOST_STARTS = 10  # a page may be opened again after a mistake, but not for ever


@dataclass(frozen=True)
class TicketView:
    """The page behind a link."""

    user_name: str
    guild_name: str
    scopes: tuple[str, ...]


class LinkTicketService:
    """One-time links, each for one Discord user."""

    def __init__(self, means: AccountLinkContext) -> None:
        self._means = means

    async def begin(
        self, user: DiscordId, user_name: str, guild: DiscordId, guild_name: str, command: str
    ) -> str:
        """A fresh link for this user; an older unfinished one stops working. LinkUnavailable after five in an
        hour.
        """
        means, now = self._means, self._means.clock.now()
        secret = browser_secrets.new_secret(means.random)
        ticket = pending_links.Ticket(
            hash=browser_secrets.hashed(secret),
            discord_user=user,
            discord_name=user_name,
            guild=guild,
            guild_name=guild_name,
            state="open",
            created_at=now,
            expires_at=now + means.settings.ticket_life,
            command=command,
        )

        async def work(tx: Transaction) -> bool:
            if await pending_links.tickets_since(tx, user, now - _HOUR) >= means.settings.per_hour:
                return False
            await pending_links.close_tickets(tx, user)
            await pending_links.add_ticket(tx, ticket)
            return True

        if not await means.database.write(work):
            raise LinkUnavailable(
                tr("You have asked for several links in the last hour. Please wait a while, then use /link.")
            )
        return f"{means.settings.public_url}/link/{secret}"

    async def look(self, secret: str) -> TicketView | None:
        """A link's purpose; looking changes nothing, so a crawler does no harm."""
        if not browser_secrets.is_secret(secret):
            return None
        ticket = await self._means.database.read(
            lambda tx: pending_links.ticket(tx, browser_secrets.hashed(secret))
        )
        if ticket is None or not self._usable(ticket):
            return None
        return TicketView(ticket.discord_name, ticket.guild_name, self._means.settings.all_scopes)

    async def start(self, secret: str, cookie: str) -> str:
        """Begin the Discord sign-in in the browser that holds `cookie`; the URL to send it to."""
        if not browser_secrets.is_secret(secret) or not browser_secrets.is_secret(cookie):
            raise LinkCheckFailed("ticket or cookie")
        means = self._means

        async def work(tx: Transaction) -> tuple[str, str] | None:
            ticket = await pending_links.ticket(tx, browser_secrets.hashed(secret))
            if ticket is None or not self._usable(ticket):
                return None
            if await sign_in_attempts.how_many(tx, ticket.hash, "discord") >= _MOST_STARTS:
                return None
            attempt, state, challenge = new_attempt(means, ticket, "discord", browser_secrets.hashed(cookie))
            await sign_in_attempts.add(tx, attempt)
            return state, challenge

        begun = await means.database.write(work)
        if begun is None:
            raise LinkCheckFailed("ticket")
        return means.discord.authorize_url(state=begun[0], challenge=begun[1])

    async def discord_returned(self, params: Params, cookie: str | None) -> None:
        """Let this browser go on if its Discord user is the ticket's; else the ticket is closed."""
        returned = await receive(self._means, params, cookie, "discord")
        try:
            user = await self._means.discord.who(code=returned.code, verifier=returned.verifier)
        except DeliveryFailed as error:
            raise LinkCheckFailed("discord exchange") from error
        if user != returned.ticket.discord_user:
            await self._means.database.write(lambda tx: self._close(tx, returned.ticket, user))
            raise LinkPersonMismatch
        await self._means.database.write(lambda tx: sign_in_attempts.prove(tx, returned.attempt.state_hash))

    async def _close(self, tx: Transaction, ticket: pending_links.Ticket, visitor: DiscordId) -> None:
        if not await pending_links.move_ticket(tx, ticket.hash, was="open", to="closed"):
            return
        await self._means.journal.write(
            tx, "link.other_person", "closed", target=str(ticket.discord_user), actor=visitor
        )
        async with in_answer(tx, ticket.command):  # its owner reads that, and not whose browser it was
            text = tr(
                "Not connected: another Discord account opened it. If you use two, sign in to this "
                "one in your browser. Get a new link with /link; give it to nobody."
            )
            post = Post(title=tr("Your link was closed"), body=(text,))
        await answer(
            tx, self._means.effects, command=ticket.command, cause=ticket.hash, part="other", post=post
        )

    def _usable(self, ticket: pending_links.Ticket) -> bool:
        return ticket.state == "open" and self._means.clock.now() < ticket.expires_at
