"""A creator links a Fanvue account: the whole story, part by part (R12, R13).

/link → begin → page → start → Discord → discord_returned → Fanvue → fanvue_returned
      → "Connect @handle?" in Discord → answer → active → unlink
"""

from bot.accounts.confirming import Confirming
from bot.accounts.consent import Consent
from bot.accounts.ports import Means
from bot.accounts.returning import Params
from bot.accounts.tickets import Tickets, TicketView
from bot.accounts.unlinking import Unlinked, Unlinking
from storage import logins
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Link, LinkId, Millis

_KEPT_AFTER_THE_END: Millis = 24 * 3_600_000


class Linking:
    """What commands and link pages ask for."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._tickets = Tickets(means)
        self._consent = Consent(means)
        self._confirming = Confirming(means)
        self._unlinking = Unlinking(means)

    async def begin(
        self, user: DiscordId, user_name: str, guild: DiscordId, guild_name: str, command: str
    ) -> str:
        """A one-time link for this user, good for ten minutes. Raises NotNow with a sentence."""
        return await self._tickets.begin(user, user_name, guild, guild_name, command)

    async def look(self, ticket: str) -> TicketView | None:
        """What the page behind a link shows; nothing changes."""
        return await self._tickets.look(ticket)

    async def start(self, ticket: str, cookie: str) -> str:
        """Begin the Discord sign-in; the URL to send the browser to. Raises CheckFailed."""
        return await self._tickets.start(ticket, cookie)

    async def discord_returned(self, params: Params, cookie: str | None) -> str:
        """The URL of Fanvue's consent. Raises CheckFailed, Declined or OtherPerson."""
        return await self._tickets.discord_returned(params, cookie)

    async def fanvue_returned(self, params: Params, cookie: str | None) -> None:
        """The owner has been asked in Discord. Raises CheckFailed or Declined."""
        await self._consent.fanvue_returned(params, cookie)

    async def answer(self, pending_id: str, actor: DiscordId, *, yes: bool) -> str:
        """The owner's Yes or No; the sentence for who pressed."""
        return await self._confirming.answer(pending_id, actor, yes=yes)

    async def links_of(self, user: DiscordId) -> list[Link]:
        """A user's links that are not closed."""
        return await self._unlinking.links_of(user)

    async def active(self, creator: CreatorId) -> Link:
        """The link to use for a creator. Raises TryLater(paused=True) when there is none."""
        return await self._unlinking.active(creator)

    async def identity(self, creator: CreatorId) -> LinkId:
        """The id of `active`, as the Fanvue port asks for it."""
        return (await self._unlinking.active(creator)).id

    async def unlink(self, creator: CreatorId, actor: DiscordId) -> Unlinked | None:
        """End the actor's own link and say what was not sent; None when they have none."""
        return await self._unlinking.unlink(creator, actor)

    async def tidy(self) -> None:
        """To be called every minute or so: let go of what ran out, and revoke what is owed."""
        await self._confirming.expire()
        await self._means.database.write(self._forget)
        await self._means.revoking.carry_out()

    async def _forget(self, tx: Transaction) -> None:
        now = self._means.clock.now()
        await logins.forget(tx, now=now, before=now - _KEPT_AFTER_THE_END)
