"""From Fanvue's consent to the question in Discord (R12, steps 5 to 8)."""

import logging
from dataclasses import replace
from typing import NoReturn

from bot.access.admission import OfferedForums, rooms_for
from bot.engine.member_languages import in_answer
from bot.fanvue.errors import FanvueError
from bot.fanvue.models import OwnProfile
from bot.fanvue.oauth import OAuthTokens as Granted
from bot.fanvue.oauth import Unclear
from bot.features.people.accounts import browser_secrets, token_pairs
from bot.features.people.accounts.delegated_renewal import renewed_for
from bot.features.people.accounts.errors import (
    FanvueLinkFailed,
    LinkCheckFailed,
    LinkScopeRefused,
    LinkSessionMismatch,
)
from bot.features.people.accounts.link_causes import LinkCause, of_account, of_exchange
from bot.features.people.accounts.notices import answer
from bot.features.people.accounts.ports import AccountLinkContext
from bot.features.people.accounts.question_texts import question, taken_place_of, with_rooms
from bot.features.people.accounts.scope_rules import refused
from bot.features.people.accounts.sign_in_return import Params, SignInReturn, new_attempt, receive
from bot.features.people.accounts.token_pairs import UnsealedTokenPair
from bot.model.language import ENGLISH, speaking, tr
from bot.model.ports import Post
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.people import creators, pending_links, sign_in_attempts
from storage.records import LinkKind

log = logging.getLogger(__name__)


class FanvueConsentService:
    """Turns a consent into a pending link and asks the ticket's owner about it."""

    def __init__(self, means: AccountLinkContext) -> None:
        self._means = means

    async def fanvue_returned(self, params: Params, cookie: str | None) -> str | None:
        """Exchange the code once, read whose it is, and ask the owner. Raises LinkCheckFailed or Declined.

        The URL of another sign-in, where the browser was signed in as somebody else, or Fanvue's app has not
        all that was asked for; else None.
        """
        try:
            returned = await receive(self._means, params, cookie, "fanvue")
        except LinkScopeRefused as refusal:
            return await self._with_less(refusal)
        except LinkSessionMismatch as other:
            assert cookie is not None, "who has none is not received"
            return await self._again(other.ticket, browser_secrets.hashed(cookie))
        except FanvueLinkFailed as failed:
            if failed.ticket is not None:
                await self._end(failed.ticket, failed.cause)
            raise
        if returned.ticket.state != "used":
            raise LinkCheckFailed("ticket closed")
        granted = await self._means.authority.exchange(returned.code, returned.verifier)
        if not isinstance(granted, Granted):
            # An unknown outcome is not repeated: a code that is shown twice kills what it gave.
            left = granted.left if isinstance(granted, Unclear) else None
            await self._sorry(returned, of_exchange(granted), left)
        if granted.refresh is None:
            await self._sorry(returned, LinkCause.NO_REFRESH, granted.access)
        now = self._means.clock.now()
        pair = UnsealedTokenPair(granted.access, granted.refresh, now, now + granted.expires_in * 1000)
        scopes = self._scopes(granted.scope)
        if isinstance(scopes, LinkCause):
            await self._sorry(returned, scopes, pair.refresh)
        try:
            account = await self._means.who_am_i(pair.access)
        except FanvueError as error:
            await self._sorry(returned, of_account(error), pair.refresh)
        await self._keep(returned, pair, scopes, account)
        return None

    async def _with_less(self, refusal: LinkScopeRefused) -> str:
        means, ticket = self._means, refusal.ticket
        assert ticket is not None, "it is known whose attempt it was"

        async def work(tx: Transaction) -> tuple[str, str] | None:
            asked = await sign_in_attempts.how_many(tx, ticket.hash, "fanvue")
            if not means.settings.extra or asked > 1 or ticket.state != "used":
                return None
            made, state, challenge = new_attempt(means, ticket, "fanvue", refusal.attempt.cookie_hash)
            await sign_in_attempts.add(tx, made)
            return state, challenge

        begun = await means.database.write(work)
        if begun is None:
            await self._end(ticket, refusal.cause)
            raise refusal
        state, challenge = begun
        return means.authority.authorize_url(state=state, challenge=challenge, scopes=means.settings.scopes)

    async def _again(self, ticket: pending_links.Ticket, cookie_hash: str) -> str:
        """One more sign-in of this browser, in which Fanvue asks who it is. Raises FanvueLinkFailed."""
        means = self._means

        async def work(tx: Transaction) -> tuple[str, str] | None:
            now = await pending_links.ticket(tx, ticket.hash)
            if (
                now is None
                or now.state != "used"
                or await sign_in_attempts.how_many(tx, ticket.hash, "fanvue") > 1
            ):
                return None
            attempt, state, challenge = new_attempt(means, ticket, "fanvue", cookie_hash)
            await sign_in_attempts.add(tx, attempt)
            return state, challenge

        begun = await means.database.write(work)
        if begun is None:
            await self._end(ticket, LinkCause.SESSION)
            raise FanvueLinkFailed(LinkCause.SESSION)
        state, challenge = begun
        return means.authority.authorize_url(
            state=state, challenge=challenge, scopes=means.settings.all_scopes, login=True
        )

    def _scopes(self, scope: str | None) -> str | LinkCause:
        """The granted scopes, if they are enough and no more than asked for."""
        settings = self._means.settings
        granted = set(settings.scopes if scope is None else scope.split())
        if not settings.needed <= granted:
            return LinkCause.SCOPES
        if not granted <= set(settings.all_scopes):
            return LinkCause.EXTRA
        return " ".join(sorted(granted))

    def _pending(
        self, ticket: pending_links.Ticket, scopes: str, account: OwnProfile
    ) -> pending_links.PendingLink:
        """A link that waits for its owner's Yes, before it has its tokens."""
        means = self._means
        return pending_links.PendingLink(
            id=means.ids.new(),
            ticket_hash=ticket.hash,
            discord_user=ticket.discord_user,
            guild=ticket.guild,
            creator=account.uuid,
            handle=account.handle,
            display_name=account.display_name or account.handle,
            scopes=scopes,
            kind=LinkKind.MEMBER if account.is_creator is False else LinkKind.OWN,
            tokens=None,
            state="open",
            expires_at=means.clock.now() + means.settings.pending_life,
        )

    async def _keep(
        self, returned: SignInReturn, pair: UnsealedTokenPair, scopes: str, account: OwnProfile
    ) -> None:
        means, ticket = self._means, returned.ticket
        pending = self._pending(ticket, scopes, account)
        sealed = token_pairs.seal_pending(means.sealer, pending, pair)

        async def work(tx: Transaction) -> bool:
            now = await pending_links.ticket(tx, ticket.hash)
            if now is None or now.state != "used":  # a newer /link has taken its place meanwhile
                await means.revoking.owe(tx, pair.refresh)
                return False
            old = taken_place_of(await creators.links_of(tx, ticket.discord_user), pending)
            owner = await renewed_for(tx, pending)
            old = None if owner else old
            replaces = old.id if old else None
            rooms = OfferedForums(None) if owner else await rooms_for(tx, account.uuid, ticket.guild)
            asked = with_rooms(replace(pending, tokens=sealed, replaces=replaces), rooms, means.ids)
            await pending_links.add_pending(tx, asked)
            await sign_in_attempts.prove(tx, returned.attempt.state_hash)
            async with in_answer(tx, ticket.command):  # the browser may read another language
                post = question(asked, old, refused(scopes.split(), means.settings.scopes), owner, rooms)
            await answer(
                tx,
                means.effects,
                command=ticket.command,
                cause=pending.id,
                part="ask",
                post=post,
                creator=account.uuid,
            )
            return True

        try:
            asked = await means.database.write(work)
        except DatabaseUnreachable:
            await means.authority.revoke(pair.refresh)  # nobody will remember this token
            raise
        if not asked:
            await means.revoking.carry_out()
            raise LinkCheckFailed("ticket closed meanwhile")

    async def _sorry(self, returned: SignInReturn, cause: LinkCause, granted: str | None = None) -> NoReturn:
        """End this link. Raises FanvueLinkFailed."""
        await self._end(returned.ticket, cause, granted)
        raise FanvueLinkFailed(cause)

    async def _end(self, ticket: pending_links.Ticket, cause: LinkCause, granted: str | None = None) -> None:
        """Give back what was granted, and tell the owner where they asked."""
        means = self._means
        with speaking(ENGLISH):  # the log has one language
            log.warning("a link was not made: %s. %s", cause.value, cause.cure)

        async def work(tx: Transaction) -> None:
            if granted is not None:
                await means.revoking.owe(tx, granted)
            await pending_links.move_ticket(tx, ticket.hash, was="used", to="closed")
            await means.journal.write(
                tx, "link.failed", cause.value, target=str(ticket.discord_user), actor=ticket.discord_user
            )
            async with in_answer(tx, ticket.command):
                post = Post(title=tr("Not connected"), body=(cause.said, tr("Start again with /link.")))
            await answer(
                tx, means.effects, command=ticket.command, cause=ticket.hash, part="failed", post=post
            )

        await means.database.write(work)
        if granted is not None:
            await means.revoking.carry_out()
