"""Between the two sign-ins: who it is is proved, and what is allowed read again."""

from dataclasses import dataclass

from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import LinkCheckFailed, LinkDeclined
from bot.features.people.accounts.ports import AccountLinkContext
from bot.features.people.accounts.sign_in_return import new_attempt
from storage.database import Transaction
from storage.people import pending_links, sign_in_attempts
from storage.people.pending_links import Ticket
from storage.people.sign_in_attempts import SignInAttempt


@dataclass(frozen=True)
class SignInHandover:
    """The page before Fanvue. `attempt` is the sign-in that it follows; no secret."""

    user_name: str
    guild_name: str
    scopes: tuple[str, ...]
    attempt: str


class SignInHandoverService:
    """Lets a browser go to Fanvue that has proved whose it is, by a press of its own."""

    def __init__(self, means: AccountLinkContext) -> None:
        self._means = means

    async def look(self, cookie: str) -> SignInHandover | None:
        """The handover this browser may continue; looking changes nothing."""
        proved = await self._browsers(cookie, "discord", "proved")
        if proved is None:
            return None
        attempt, ticket = proved
        if ticket.state != "open" or self._over(ticket):
            return None
        shown = self._means.settings.all_scopes
        return SignInHandover(ticket.discord_name, ticket.guild_name, shown, attempt.state_hash)

    async def go_on(self, cookie: str, attempt: str, *, yes: bool, login: bool = False) -> str:
        """Use up the ticket; return Fanvue's consent URL. Without a yes, close it: LinkDeclined.

        `login`: Fanvue asks who it is, even if the browser is signed in.
        """
        means, cookie_hash = self._means, browser_secrets.hashed(cookie)

        async def work(tx: Transaction) -> tuple[str, str] | bool:
            proved = await sign_in_attempts.spend(tx, attempt, cookie_hash)
            ticket = await pending_links.ticket(tx, proved.ticket_hash) if proved else None
            if ticket is None or self._over(ticket):
                return False
            if not await pending_links.move_ticket(
                tx, ticket.hash, was="open", to="used" if yes else "closed"
            ):
                return False
            if not yes:
                return True
            made, state, challenge = new_attempt(means, ticket, "fanvue", cookie_hash)
            await sign_in_attempts.add(tx, made)
            return state, challenge

        begun = await means.database.write(work)
        if begun is False:
            raise LinkCheckFailed("ticket used or closed")
        if begun is True:
            raise LinkDeclined
        state, challenge = begun
        return means.authority.authorize_url(
            state=state, challenge=challenge, scopes=means.settings.all_scopes, login=login
        )

    async def done(self, cookie: str) -> SignInHandover | None:
        """The owner of the link this browser just brought back from Fanvue."""
        finished = await self._browsers(cookie, "fanvue", "proved")
        if finished is None:
            return None
        attempt, ticket = finished
        return SignInHandover(ticket.discord_name, ticket.guild_name, (), attempt.state_hash)

    async def _browsers(self, cookie: str, step: str, state: str) -> tuple[SignInAttempt, Ticket] | None:
        async def work(tx: Transaction) -> tuple[SignInAttempt, Ticket] | None:
            attempt = await sign_in_attempts.newest(tx, browser_secrets.hashed(cookie), step, state)
            ticket = await pending_links.ticket(tx, attempt.ticket_hash) if attempt else None
            return (attempt, ticket) if attempt and ticket else None

        return await self._means.database.read(work)

    def _over(self, ticket: Ticket) -> bool:
        return self._means.clock.now() >= ticket.created_at + self._means.settings.whole_life
