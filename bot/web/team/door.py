"""Before each page: who is there, with which roles, asked anew each time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from typing import Final

from aiohttp import web
from yarl import URL

from bot.access.permits import Actor
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import LinkCheckFailed
from bot.features.people.team_page.model import PageVisitor
from bot.features.people.team_page.session_service import PageSessionService
from bot.model.discord_ports import MembershipPort
from bot.model.errors import DeliveryFailed
from bot.model.language import speaking
from bot.model.ports import Clock
from bot.web.address_pace import AddressPace
from bot.web.client_address import FORWARDED, client_address
from bot.web.forms import FormTooLarge, cookie_of, is_secure, language_of, read_form, sent_from, spoken
from bot.web.link_page_headers import headers
from bot.web.team import texts
from bot.web.team.frame import START, STYLE_HASH, keeping
from bot.web.team.picture_answers import JPEG, nothing
from storage.errors import DatabaseUnreachable
from storage.records import DiscordId

log = logging.getLogger(__name__)

_A_MINUTE: Final = 240  # pages of one address; a team may share one
_PICTURES_A_MINUTE: Final = 1_200  # likewise: ten are on a page of the vault
_SECONDS: Final = 40.0  # for one page with all that it asks Fanvue
_LARGEST: Final = (
    131_072  # bytes of a form: several texts too long for Fanvue still come back to their writer
)
KEPT: Final = "text"  # the field of a form that is shown again
Answer = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True)
class PageGuest:
    """Somebody who is signed in, as Discord says now. `csrf`: for the forms of their pages.

    `form`: what they sent, from a page of ours.
    """

    visitor: PageVisitor
    actor: Actor
    csrf: str
    request: web.Request
    form: Mapping[str, str] = field(default_factory=dict)


GuestAnswer = Callable[[PageGuest], Awaitable[web.Response]]


@dataclass(frozen=True)
class DoorParts:
    """Whom the door asks. `unserved`: why the operator does not serve a server; None: they do."""

    sessions: PageSessionService
    members: MembershipPort
    language: Callable[[DiscordId, str], Awaitable[str]]
    unserved: Callable[[DiscordId], str | None]
    clock: Clock
    proxies: Sequence[IPv4Network | IPv6Network] = ()


class TeamPageDoor:
    """It lets in whom a session and Discord know; what they may see is asked behind it."""

    def __init__(self, parts: DoorParts, *, public_url: str, sign_in_url: str) -> None:
        """`sign_in_url`: of Discord, to which the link's button leads."""
        self._parts = parts
        self._origin = str(URL(public_url).origin())
        self._pace = AddressPace(parts.clock, a_minute=_A_MINUTE)
        self._picture_pace = AddressPace(parts.clock, a_minute=_PICTURES_A_MINUTE)
        self.secure = is_secure(public_url)
        self._cookie = "__Host-page" if self.secure else "page"
        self._headers = headers((sign_in_url,), style=STYLE_HASH)
        self._with_images = headers((sign_in_url,), style=STYLE_HASH, images=f"{self._origin}{START}/")

    def paced(self, answer: Answer, pace: AddressPace | None = None) -> Answer:
        """In the browser's language, so many times a minute; where the database is away, words say so."""

        async def asked(request: web.Request) -> web.Response:
            forwarded = request.headers.getall(FORWARDED, [])
            address = client_address(request.remote, forwarded, self._parts.proxies)
            seconds = (pace or self._pace).wait(address)
            if seconds:
                return self.page(texts.too_fast(seconds), 429, {"Retry-After": str(seconds)})
            try:
                async with asyncio.timeout(_SECONDS):
                    return await answer(request)
            except (DatabaseUnreachable, TimeoutError):
                return self.page(texts.busy(), 503)

        return spoken(asked)

    def guarded(self, answer: GuestAnswer, pace: AddressPace | None = None) -> Answer:
        """For those who are signed in, in their language."""

        async def asked(request: web.Request) -> web.Response:
            return await self._asked(request, {}, answer)

        return self.paced(asked, pace)

    def picturing(self, answer: GuestAnswer) -> Answer:
        """The same for a picture: where a page would have words, nothing is seen."""
        guarded = self.guarded(answer, self._picture_pace)

        async def seen(request: web.Request) -> web.Response:
            found = await guarded(request)
            return found if found.content_type == JPEG else nothing(found.status)

        return seen

    def taking(self, answer: GuestAnswer) -> Answer:
        """The same for a form. Where it is refused, its text is shown again: nobody types it twice."""

        async def asked(request: web.Request) -> web.Response:
            try:
                sent_from(request, self._origin)
                form = await read_form(request, largest=_LARGEST)
            except FormTooLarge:
                return self.page(texts.too_large(), 413)
            except LinkCheckFailed:
                return self.page(texts.from_elsewhere(), 400)
            with keeping(form.get(KEPT, "")):
                return await self._asked(request, form, answer)

        return self.paced(asked)

    async def _asked(
        self, request: web.Request, form: Mapping[str, str], answer: GuestAnswer
    ) -> web.Response:
        secret = cookie_of(request, self._cookie)
        visitor = await self._parts.sessions.visitor(secret)
        if visitor is None or secret is None:
            return self.page(texts.signed_out(), 401)
        browser = language_of(request.headers.get("Accept-Language", ""))
        with speaking(await self._parts.language(visitor.member, browser)):
            guest = await self._guest(visitor)
            if isinstance(guest, web.Response):
                return guest
            csrf = browser_secrets.csrf_of(secret, visitor.session)
            return await answer(PageGuest(visitor, guest, csrf, request, form))

    async def _guest(self, visitor: PageVisitor) -> Actor | web.Response:
        if self._parts.unserved(visitor.guild) is not None:
            return self.page(texts.no_access(), 403)
        try:
            roles = await self._parts.members.roles(visitor.guild, visitor.member)
        except DeliveryFailed as failed:
            log.info("a page was not shown: Discord did not say who it is: %s", type(failed).__name__)
            return self.page(texts.no_discord(), 503)
        if roles is None:
            return self.page(texts.not_there(), 403)
        return Actor(visitor.member, visitor.guild, frozenset(roles))

    def remember(self, response: web.Response, secret: str, seconds: int) -> None:
        """The browser has a session from now on."""
        response.set_cookie(
            self._cookie,
            secret,
            max_age=seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="Strict",
        )

    def forget(self, response: web.Response) -> None:
        """It has none any more."""
        response.del_cookie(self._cookie, path="/", secure=self.secure, httponly=True, samesite="Strict")

    def secret(self, request: web.Request) -> str | None:
        """The cookie of a session, if it has one."""
        return cookie_of(request, self._cookie)

    def page(
        self, text: str, status: int, more: dict[str, str] | None = None, *, images: bool = False
    ) -> web.Response:
        """A page as strict as those of links. `images`: pictures of ours are on it."""
        strict = self._with_images if images else self._headers
        return web.Response(
            text=text, status=status, content_type="text/html", headers={**strict, **(more or {})}
        )

    def file(self, name: str, content: bytes) -> web.Response:
        """A table to be saved."""
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(
            body=content, content_type="text/csv", charset="utf-8", headers={**self._headers, **disposition}
        )

    def leave(self, where: str) -> web.Response:
        """On to another address."""
        return web.Response(status=303, headers={**self._headers, "Location": where})
