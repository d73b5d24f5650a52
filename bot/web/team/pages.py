"""The pages behind the sign-in: the start, and those about one creator."""

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

from bot.access.permits import Access, Actor, Permit
from bot.access.policy import Action
from bot.features.http_pages import HttpPage
from bot.features.people.home.model import HomePart
from bot.model.language import tr
from bot.model.ports import Clock
from bot.text.safe_text import one_line
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from bot.web.team import start_view, texts
from bot.web.team.door import PageGuest, TeamPageDoor
from bot.web.team.frame import START, PageHead, PageTab, card, paged, soft
from bot.web.team.picture_answers import jpeg, nothing
from bot.web.team.views import PageView, SentForm, ViewDenied, ViewRequest, ViewUnavailable
from storage.database import Database, Transaction
from storage.money import digests
from storage.people import creators
from storage.records import CreatorId, MediaId

_CREATOR = "{creator:[0-9a-fA-F-]{1,64}}"
_PICTURE = "{media:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}.jpg"
_NAME = 40
Denied = Callable[[Actor, Action, CreatorId], Awaitable[None]]


class TeamPages:
    """At every visit the table of actions is asked, about each thing that a page has on it."""

    def __init__(
        self,
        door: TeamPageDoor,
        *,
        database: Database,
        views: Sequence[PageView],
        parts: Sequence[HomePart],
        denied: Denied,
        clock: Clock,
    ) -> None:
        """`parts`: what says on /home what waits. `denied`: hears of a refusal."""
        self._door = door
        self._database = database
        self._access = Access(database)
        self._views = views
        self._parts = parts
        self._denied = denied
        self._clock = clock
        self._asked = {Action.PAGE, *(one.needs for one in views), *(one.needs for one in parts)}

    def entries(self) -> tuple[HttpPage, ...]:
        """The start, each page, each file, and pictures."""
        found = [HttpPage(START, self._door.guarded(self._start))]
        for view in self._views:
            path = f"{START}/{_CREATOR}/{view.key}"
            found.append(HttpPage(path, self._door.guarded(self._shows(view))))
            if view.send is not None:
                found.append(HttpPage(path, self._door.taking(self._takes(view)), "POST"))
            if view.file is not None:
                found.append(HttpPage(f"{path}.csv", self._door.guarded(self._shows(view, as_file=True))))
            if view.picture is not None:
                found.append(HttpPage(f"{path}/{_PICTURE}", self._door.picturing(self._draws(view))))
        return tuple(found)

    async def _start(self, guest: PageGuest) -> web.Response:
        may = await self._access.abilities(guest.actor, self._asked)
        if not may[Action.PAGE]:
            return self._door.page(texts.nothing_for_you(), 403)
        cards: list[str] = []
        for permit in may[Action.PAGE]:
            asked = await self._request(guest, permit, _of(may, permit.creator))
            news = [
                (part, told)
                for part in self._parts
                if (one := asked.permits.get(part.needs)) is not None
                and (told := await part.read([one])) is not None
            ]
            tabs = self._tabs(asked.permits, asked.creator)
            cards.append(card(await self._name(permit), start_view.body(asked, news, tabs)))
        head = PageHead(tr("Your page"), csrf=guest.csrf)
        return self._door.page(paged(head, "".join(cards)), 200)

    def _shows(
        self, view: PageView, *, as_file: bool = False
    ) -> Callable[[PageGuest], Awaitable[web.Response]]:
        async def shown(guest: PageGuest) -> web.Response:
            asked = await self._allowed(guest, view)
            if asked is None:
                return self._door.page(texts.no_access(), 403)
            if as_file:
                return await self._file(view, asked)
            try:
                return await self._page(view, asked, await view.read(asked))
            except ViewUnavailable as cannot:
                return await self._page(view, asked, card(tr("Not now"), soft(str(cannot))))

        return shown

    def _takes(self, view: PageView) -> Callable[[PageGuest], Awaitable[web.Response]]:
        """Its form: what it is for is asked as for the page, and once more by whoever keeps it."""

        async def taken(guest: PageGuest) -> web.Response:
            assert view.send is not None, "only such pages have the address"
            asked = await self._allowed(guest, view)
            if asked is None:
                return self._door.page(texts.no_access(), 403)
            own = hmac.compare_digest(guest.form.get("csrf", "").encode(), guest.csrf.encode())
            try:
                answer = await view.send(asked, SentForm(guest.form, own))
            except ViewDenied:
                return self._door.page(texts.no_access(), 403)
            if answer.where:
                return self._door.leave(answer.where)
            return await self._page(view, asked, answer.html, answer.status)

        return taken

    def _draws(self, view: PageView) -> Callable[[PageGuest], Awaitable[web.Response]]:
        """Of a picture the same is asked as of its page."""

        async def drawn(guest: PageGuest) -> web.Response:
            assert view.picture is not None, "only such pages have the address"
            asked = await self._allowed(guest, view)
            if asked is None:
                return nothing(403)
            found = await view.picture(asked, MediaId(guest.request.match_info["media"].lower()))
            return nothing(404) if found is None else jpeg(found)

        return drawn

    async def _allowed(self, guest: PageGuest, view: PageView) -> ViewRequest | None:
        """What the visitor may see here, as the table says now; a refusal is noted."""
        creator = CreatorId(guest.request.match_info["creator"].lower())
        may = _of(await self._access.abilities(guest.actor, self._asked), creator)
        permit = may.get(view.needs)
        if permit is None or Action.PAGE not in may:
            await self._denied(guest.actor, view.needs, creator)
            return None
        return await self._request(guest, permit, may)

    async def _page(self, view: PageView, asked: ViewRequest, body: str, status: int = 200) -> web.Response:
        name = await self._name(asked.permit)
        tabs = [PageTab(START, tr("Start")), *self._tabs(asked.permits, asked.creator, here=view)]
        head = PageHead(tr("{view} · {creator}", view=view.title, creator=name), tabs, asked.csrf)
        return self._door.page(paged(head, body), status, images=view.images)

    async def _file(self, view: PageView, asked: ViewRequest) -> web.Response:
        assert view.file is not None, "only such pages have the address"
        try:
            made = await view.file(asked)
        except ViewUnavailable as cannot:
            return self._door.page(texts.cannot(str(cannot)), 400)
        return self._door.file(made.name, made.content)

    def _tabs(
        self, may: Mapping[Action, Permit], creator: CreatorId, *, here: PageView | None = None
    ) -> list[PageTab]:
        return [
            PageTab(
                view.address(creator), view.title, here is not None and view.key in (here.key, here.under)
            )
            for view in self._views
            if view.needs in may and not view.under
        ]

    async def _request(self, guest: PageGuest, permit: Permit, may: Mapping[Action, Permit]) -> ViewRequest:
        creator = permit.creator
        assert creator is not None, "these actions are about a creator"
        zone = await self._database.read(lambda tx: digests.zone(tx, creator))
        query = dict(guest.request.query.items())
        return ViewRequest(permit, may, query, self._clock.now(), zone_of(zone or DEFAULT_ZONE), guest.csrf)

    async def _name(self, permit: Permit) -> str:
        async def work(tx: Transaction) -> str:
            known = await creators.get(tx, permit.creator) if permit.creator is not None else None
            return known.handle if known is not None else ""

        handle = permit.link.handle if permit.link is not None else await self._database.read(work)
        return f"@{one_line(handle, _NAME)}"


def _of(may: Mapping[Action, Sequence[Permit]], creator: CreatorId | None) -> dict[Action, Permit]:
    """What somebody may do for this creator."""
    return {
        action: permit for action, permits in may.items() for permit in permits if permit.creator == creator
    }
