"""A creator links a Fanvue account: the whole story, part by part (R12, R13).

/link → begin → page → start → Discord → discord_returned → page → go_on → Fanvue → fanvue_returned
      → "Connect @handle?" in Discord → answer → active → unlink
"""

from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.features.people.accounts.confirmation_service import AccountConfirmationService
from bot.features.people.accounts.consent_service import FanvueConsentService
from bot.features.people.accounts.handover_service import SignInHandover, SignInHandoverService
from bot.features.people.accounts.ports import AccountLinkContext
from bot.features.people.accounts.sign_in_return import Params
from bot.features.people.accounts.ticket_service import LinkTicketService, TicketView
from bot.features.people.accounts.unlink_service import AccountUnlinkService, EndedLink
from bot.model.acting_account import CallAccount, voice_of
from storage.database import Transaction
from storage.people import pending_links
from storage.records import CreatorId, DiscordId, DraftId, Link, Millis

_KEPT_AFTER_THE_END: Millis = 24 * 3_600_000


class AccountLinkService:
    """Serves commands and link pages."""

    def __init__(self, means: AccountLinkContext) -> None:
        self._means = means
        self._tickets = LinkTicketService(means)
        self._handing_over = SignInHandoverService(means)
        self._consent = FanvueConsentService(means)
        self._confirming = AccountConfirmationService(means)
        self._unlinking = AccountUnlinkService(means)

    async def begin(
        self, user: DiscordId, user_name: str, guild: DiscordId, guild_name: str, command: str
    ) -> str:
        """A one-time link for this user, good for ten minutes. Raises NotNow with a sentence."""
        return await self._tickets.begin(user, user_name, guild, guild_name, command)

    async def look(self, ticket: str) -> TicketView | None:
        """The page behind a link; nothing changes."""
        return await self._tickets.look(ticket)

    async def start(self, ticket: str, cookie: str) -> str:
        """Begin the Discord sign-in; the URL to send the browser to. Raises CheckFailed."""
        return await self._tickets.start(ticket, cookie)

    async def discord_returned(self, params: Params, cookie: str | None) -> None:
        """Remember that this browser is its person's. Raises CheckFailed, Declined or OtherPerson."""
        await self._tickets.discord_returned(params, cookie)

    async def hand_over(self, cookie: str) -> SignInHandover | None:
        """The page before Fanvue; nothing changes."""
        return await self._handing_over.look(cookie)

    async def go_on(self, cookie: str, attempt: str, *, yes: bool, login: bool = False) -> str:
        """Fanvue's consent; `login`: as somebody else. Raises CheckFailed, or Declined without a yes."""
        return await self._handing_over.go_on(cookie, attempt, yes=yes, login=login)

    async def done(self, cookie: str) -> SignInHandover | None:
        """The owner of the link this browser just brought back; None where not known."""
        return await self._handing_over.done(cookie)

    async def fanvue_returned(self, params: Params, cookie: str | None) -> str | None:
        """The owner has been asked in Discord; a URL: not yet, the browser goes there. Raises likewise."""
        return await self._consent.fanvue_returned(params, cookie)

    async def answer(self, yes: ActionConfirmation) -> str:
        """The owner's Yes; the sentence for who pressed."""
        return (await self._confirming.answer(yes.question(Action.LINK), yes.by.user, yes=True)).sentence

    async def refuse(self, pending_id: str, actor: DiscordId) -> str:
        return (await self._confirming.answer(pending_id, actor, yes=False)).sentence

    async def instead(self, yes: ActionConfirmation) -> tuple[str, EndedLink | None]:
        """A Yes by which the account takes the place of the one that the question named.

        The sentence for who pressed, and the link that ended by it.
        """
        actor = yes.by.user
        answered = await self._confirming.answer(yes.question(Action.LINK), actor, yes=True)
        if answered.link is None:
            return answered.sentence, None
        # After the Yes, not inside it: ending a link asks Fanvue first. A crash in between leaves both
        # connected, each with its own threads, and /account unlink ends the old one.
        own = {link.id: link for link in await self.links_of(actor)}
        old = own.get(answered.replaces) if answered.replaces is not None else None
        return answered.sentence, await self.end(old.creator, actor, by=actor) if old is not None else None

    async def links_of(self, user: DiscordId) -> list[Link]:
        """A user's links that are not closed."""
        return await self._unlinking.links_of(user)

    async def active(self, creator: CreatorId) -> Link:
        """The link to use for a creator. Raises TryLater(paused=True) when there is none."""
        return await self._unlinking.active(creator)

    async def identity(self, creator: CreatorId) -> CallAccount:
        """The account behind `active`, as the Fanvue port asks for it."""
        return voice_of(await self._unlinking.active(creator))

    async def ask_end(self, link: Link, by: Actor) -> DraftId:
        """The draft that the buttons name under the question whether to end this link."""
        return await self._unlinking.ask(link, by)

    async def unlink(self, yes: ActionConfirmation) -> EndedLink | None:
        """End the link that the question was about; say what was not sent. None: the question is over."""
        return await self._unlinking.asked(yes)

    async def keep(self, ref: DraftId, owner: DiscordId) -> None:
        await self._unlinking.keep(ref, owner)

    async def end(self, creator: CreatorId, owner: DiscordId, *, by: DiscordId | None) -> EndedLink | None:
        """The same by a word that was confirmed elsewhere: whose, `by` says; None: the operator's."""
        return await self._unlinking.unlink(creator, owner, by=by)

    async def tidy(self) -> None:
        """To be called every minute or so: let go of what ran out, and revoke what is owed."""
        await self._confirming.expire()
        await self._means.database.write(self._forget)
        await self._means.revoking.carry_out()

    async def _forget(self, tx: Transaction) -> None:
        now = self._means.clock.now()
        await pending_links.forget(tx, now=now, before=now - _KEPT_AFTER_THE_END)
