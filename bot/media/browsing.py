"""/media: a person looks through a vault of their own, page by page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.engine.audit_log import AuditLog
from bot.media import picks, wording
from bot.media.looking import Looking, pictures_of
from bot.media.messages import Messages
from bot.media.shelves import AT_ONCE, ON_A_PAGE, Place, Places, Shelf
from bot.media.suggesting import Suggesting
from bot.media.vault import CannotBrowse, Vault, Wanted
from bot.model.choices import Choice
from bot.model.errors import DeliveryFailed
from bot.model.ports import Button, Clock, Ids, Picture, Post
from bot.relay.message_template import MEDIA_LIMIT
from storage.database import Database, Transaction
from storage.records import CreatorId, DiscordId, FanId, Link, LinkId, MediaId


@dataclass(frozen=True)
class Look:
    """A page of a vault, and what of it can be chosen."""

    post: Post
    choice: Choice | None
    pick: Choice | None = None


class Browsing:
    """Lists and items of a vault. Whose it is was checked before. Raises CannotBrowse."""

    def __init__(
        self,
        *,
        database: Database,
        vault: Vault,
        looking: Looking,
        messages: Messages,
        clock: Clock,
        ids: Ids,
        trail: AuditLog,
    ) -> None:
        self._database = database
        self._trail = trail
        self._vault = vault
        self._places = Places(clock, ids)
        self._looking = looking
        self.messages = messages
        self._suggesting = Suggesting(vault, clock)

    def changed(self) -> None:
        """Something new is in a vault."""
        self._suggesting.forget()

    async def browse(
        self,
        link: Link,
        owner: DiscordId,
        *,
        kind: str | None = None,
        folder: str | None = None,
        search: str = "",
        fan: FanId | None = None,
        bundles: bool = False,
    ) -> Look:
        """The first page of what is wanted; what `fan` has bought is marked. `bundles`: they may keep."""
        if kind not in {None, *wording.KINDS}:
            raise CannotBrowse(wording.NO_KIND)
        wanted = Wanted(kind, folder or None, tuple(search.casefold().split()), fan)
        shelf = Shelf(self._vault, link, wanted, bundles=bundles)
        try:
            await shelf.read(0)
        except CannotBrowse as cannot:
            if not shelf.looked_at:
                raise
            return self._look(owner, shelf, 0, str(cannot))  # as far as it came
        return self._look(owner, shelf, 0)

    async def turn(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> Look:
        """The page that a button leads to; `own`: the person's links at this moment."""
        place = self._place(ref, owner, own)
        try:
            await place.shelf.read(place.number)
        except CannotBrowse as cannot:  # what was read is still there
            return self._look(owner, place.shelf, place.came, str(cannot))
        return self._look(owner, place.shelf, place.number)

    async def items(
        self, ref: str, which: Sequence[str], owner: DiscordId, own: Collection[LinkId], *, adult: bool
    ) -> tuple[Post, Sequence[Picture]]:
        """Items of a page, previews where the channel is for adults; one that fails costs only itself."""
        place = self._place(ref, owner, own)
        rows = dict(zip(map(str, range(ON_A_PAGE)), place.shelf.page(place.number), strict=False))
        chosen = [rows[one] for one in which if one in rows][:AT_ONCE]
        if not chosen:
            raise CannotBrowse(wording.CLOSED)
        link, fan = place.shelf.link, place.shelf.wanted.fan
        seen = [await self._looking.item(link, row, fan, picture=adult) for row in chosen]
        await self._note(link, len(seen))
        ids = tuple(one.row.uuid for one in seen if not one.trouble)
        here = self._places.put(replace(place, items=ids))
        buttons = picks.buttons(here, bundles=place.shelf.bundles) if ids else ()
        return replace(wording.items(seen, adult=adult), buttons=buttons), pictures_of(seen)

    async def pick(self, ref: str, which: Sequence[str], owner: DiscordId, own: Collection[LinkId]) -> Look:
        """These of a page, by their places on it, are picked; the page shows it."""
        place = self._place(ref, owner, own)
        rows = dict(zip(map(str, range(ON_A_PAGE)), place.shelf.page(place.number), strict=False))
        chosen = [rows[one].uuid for one in which if one in rows]
        fits = place.shelf.pick(place.number, chosen, MEDIA_LIMIT)
        return self._look(owner, place.shelf, place.number, "" if fits else picks.TOO_MANY)

    def picked(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> tuple[Link, Sequence[MediaId]]:
        """What a button is about, and in whose vault it lies."""
        place = self._place(ref, owner, own)
        if not place.media:
            raise CannotBrowse(picks.NOTHING)
        return place.shelf.link, place.media

    def creator_of(self, ref: str, owner: DiscordId) -> CreatorId | None:
        """In whose vault somebody's open place lies."""
        place = self._places.get(ref, owner)
        return place.shelf.link.creator if place is not None else None

    async def suggest(self, link: Link, typed: str, *, several: bool) -> Sequence[tuple[str, str]]:
        """Items to offer while somebody types: what is shown, and what is sent. It never fails."""
        return await self._suggesting.items(link, typed, several=several)

    async def folders(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """Folders to offer, likewise."""
        return await self._suggesting.folders(link, typed)

    async def names(self, link: Link) -> Mapping[str, str]:
        """What the newest items of a vault are called, by their ids; of the others nothing is known."""
        return await self._suggesting.names(link)

    async def lines(self, link: Link, media: Sequence[MediaId], *, short: bool) -> Mapping[str, str] | None:
        """What these are, as a list of the vault says it; `short`: only kind and name.

        What is gone is absent; None where nobody can tell.
        """
        try:
            rows = await self._vault.items(link, media)
        except (CannotBrowse, DeliveryFailed):
            return None
        line = wording.safe_name if short else wording.line
        return {item: line(row) for item, row in rows.items()}

    async def _note(self, link: Link, number: int) -> None:
        async def work(tx: Transaction) -> None:
            await self._trail.looked(tx, "media.show", creator=link.creator, target=f"{number} items")

        await self._database.write(work)

    def _place(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> Place:
        place = self._places.get(ref, owner)
        if place is None or place.shelf.link.id not in own:
            raise CannotBrowse(wording.CLOSED)
        return place

    def _look(self, owner: DiscordId, shelf: Shelf, number: int, notice: str = "") -> Look:
        here = self._places.put(Place(owner, shelf, number, number))
        buttons: tuple[Button, ...] = ()
        more = shelf.goes_on(number)
        if number or more:
            back = self._places.put(Place(owner, shelf, max(number - 1, 0), number))
            on = self._places.put(Place(owner, shelf, shelf.behind(number), number))
            buttons = (
                Button("media.page", back, "◀", disabled=number == 0),
                Button("media.page", on, "▶", disabled=not more),
            )
        if shelf.picked:
            buttons = (*buttons, *picks.buttons(here, bundles=shelf.bundles))
        shown = picks.told(wording.page(shelf, number, buttons, notice), shelf)
        return Look(shown, wording.choice(shelf, number, here), picks.choice(shelf, number, here))
