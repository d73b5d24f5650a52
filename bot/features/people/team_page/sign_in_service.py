"""From /account page to a session: the link, Discord's sign-in, and the way back."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from bot.access.permits import Permit
from bot.fanvue.oauth import challenge_of
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.browser_secrets import Random, hashed, is_secret, new_secret
from bot.features.people.accounts.ports import DiscordSignInPort
from bot.features.people.team_page.model import (
    LINK_LASTS,
    SESSION_LASTS,
    STATE_PREFIX,
    PageRefusal,
    PageSignInRefused,
)
from bot.model.errors import DeliveryFailed
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import page_sessions
from storage.people.page_sessions import OFFERED, OPEN, PageSessionRecord
from storage.records import DiscordId

_ISSUER = "https://discord.com"
_DENIED = "access_denied"
Params = Sequence[tuple[str, str]]


class PageSignInService:
    """A link says whose session it may become; only Discord says who is in front of the browser."""

    def __init__(self, ctx: Context, *, discord: DiscordSignInPort, random: Random, public_url: str) -> None:
        """`random` must be cryptographic."""
        self._ctx = ctx
        self._discord = discord
        self._random = random
        self._public_url = public_url

    async def begin(self, permit: Permit) -> str:
        """The address of a link for who pressed; an earlier one that was not used ends."""
        ticket, now = new_secret(self._random), self._ctx.clock.now()
        actor = permit.actor
        assert actor.guild is not None, "the action is about a server"
        new = PageSessionRecord(
            self._ctx.ids.new(), actor.user, actor.guild, OFFERED, hashed(ticket), None, now + LINK_LASTS
        )
        await self._ctx.database.write(lambda tx: page_sessions.offer(tx, new, now=now))
        return f"{self._public_url}/page/in/{ticket}"

    async def look(self, ticket: str) -> bool:
        """Whether somebody can go on from this link; looking changes nothing."""
        return await self._ctx.database.read(lambda tx: self._offered(tx, ticket)) is not None

    async def start(self, ticket: str, cookie: str) -> str:
        """Discord's sign-in, for the browser that holds `cookie`. Raises PageSignInRefused."""
        state = STATE_PREFIX + new_secret(self._random)

        async def work(tx: Transaction) -> bool:
            row = await self._offered(tx, ticket)
            return row is not None and await page_sessions.start(
                tx, row.id, browser_hash=hashed(cookie), state_hash=hashed(state)
            )

        if not is_secret(cookie) or not await self._ctx.database.write(work):
            raise PageSignInRefused(PageRefusal.OVER)
        return self._discord.authorize_url(state=state, challenge=challenge_of(_verifier(cookie, state)))

    async def returned(self, params: Params, cookie: str | None) -> str:
        """The secret of the session that begins. Raises PageSignInRefused."""
        state, code = _once(params, "state"), _once(params, "code")
        row = await self._ctx.database.write(lambda tx: page_sessions.take_back(tx, hashed(state or "")))
        if row is None or state is None or cookie is None or hashed(cookie) != row.browser_hash:
            raise PageSignInRefused(PageRefusal.BROWSER)
        if row.expires_at <= self._ctx.clock.now():
            raise PageSignInRefused(PageRefusal.OVER)
        if _once(params, "error") == _DENIED:
            raise PageSignInRefused(PageRefusal.DECLINED)
        issuer = _once(params, "iss") or _ISSUER
        if issuer.rstrip("/") != _ISSUER or code is None or not browser_secrets.is_code(code):
            raise PageSignInRefused(PageRefusal.UNCLEAR)
        try:
            user = await self._discord.who(code=code, verifier=_verifier(cookie, state))
        except DeliveryFailed as failed:
            raise PageSignInRefused(PageRefusal.UNCLEAR) from failed
        if user != row.member:
            await self._ctx.database.write(lambda tx: self._close(tx, row, user))
            raise PageSignInRefused(PageRefusal.PERSON)
        return await self._open(row)

    async def _open(self, row: PageSessionRecord) -> str:
        secret, until = new_secret(self._random), self._ctx.clock.now() + SESSION_LASTS

        async def work(tx: Transaction) -> bool:
            opened = await page_sessions.open_session(
                tx, row.id, session_hash=hashed(secret), expires_at=until
            )
            if opened:
                await self._ctx.trail.write(tx, "page.sign_in", "done", actor=row.member)
            return opened

        if not await self._ctx.database.write(work):
            raise PageSignInRefused(PageRefusal.OVER)
        return secret

    async def _close(self, tx: Transaction, row: PageSessionRecord, visitor: DiscordId) -> None:
        if await page_sessions.end(tx, row.id):
            await self._ctx.trail.write(
                tx, "page.other_person", "closed", target=str(row.member), actor=visitor
            )

    async def _offered(self, tx: Transaction, ticket: str) -> PageSessionRecord | None:
        row = await page_sessions.by_ticket(tx, hashed(ticket)) if is_secret(ticket) else None
        usable = row is not None and row.state != OPEN and self._ctx.clock.now() < row.expires_at
        return row if usable else None


def _verifier(cookie: str, state: str) -> str:
    """What PKCE needs kept, from what the browser keeps: nothing of it is stored here."""
    made = hmac.new(cookie.encode(), b"pkce|" + state.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _once(params: Params, name: str) -> str | None:
    try:
        return browser_secrets.one(params, name)
    except ValueError as error:
        raise PageSignInRefused(PageRefusal.UNCLEAR) from error
