"""/media browse: a person looks through a vault of their own, page by page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.features.publishing.media import pick_texts, texts
from bot.features.publishing.media.fanvue import FanvueVault, VaultQuery, VaultUnavailable
from bot.features.publishing.media.item_service import MediaItemService, pictures_of
from bot.features.publishing.media.message_service import MessageMediaService
from bot.features.publishing.media.shelves import AT_ONCE, ON_A_PAGE, MediaPlace, MediaPlaces, MediaShelf
from bot.features.publishing.media.suggestion_service import MediaSuggestionService
from bot.model.choices import Choice
from bot.model.errors import DeliveryFailed
from bot.model.language import tr
from bot.model.ports import Button, Picture, Post
from bot.relay.context import Context
from bot.relay.message_template import MEDIA_LIMIT
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, FanId, Link, LinkId, MediaId


@dataclass(frozen=True)
class MediaPage:
    """A page of a vault, and what of it can be chosen."""

    post: Post
    choice: Choice | None
    pick: Choice | None = None


class MediaService:
    """Lists and items of a vault. Whose it is was checked before. Raises VaultUnavailable."""

    def __init__(
        self,
        ctx: Context,
        *,
        vault: FanvueVault,
        looking: MediaItemService,
        messages: MessageMediaService,
    ) -> None:
        self._ctx = ctx
        self._vault = vault
        self._places = MediaPlaces(ctx.clock, ctx.ids)
        self._looking = looking
        self.messages = messages
        self._suggesting = MediaSuggestionService(vault, ctx.clock)

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
    ) -> MediaPage:
        """The first page of wanted items; those `fan` has bought are marked. `bundles`: they may keep."""
        if kind not in {None, *texts.KINDS}:
            raise VaultUnavailable(tr(texts.NO_KIND))
        wanted = VaultQuery(kind, folder or None, tuple(search.casefold().split()), fan)
        shelf = MediaShelf(self._vault, link, wanted, bundles=bundles)
        try:
            await shelf.read(0)
        except VaultUnavailable as cannot:
            if not shelf.looked_at:
                raise
            return self._look(owner, shelf, 0, str(cannot))  # as far as it came
        return self._look(owner, shelf, 0)

    async def turn(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> MediaPage:
        """The page that a button leads to; `own`: the person's links at this moment."""
        place = self._place(ref, owner, own)
        try:
            await place.shelf.read(place.number)
        except VaultUnavailable as cannot:  # what was read is still there
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
            raise VaultUnavailable(tr(texts.CLOSED))
        link, fan = place.shelf.link, place.shelf.wanted.fan
        seen = [await self._looking.item(link, row, fan, picture=adult) for row in chosen]
        await self._note(link, len(seen))
        ids = tuple(one.row.uuid for one in seen if not one.trouble)
        here = self._places.put(replace(place, items=ids))
        buttons = pick_texts.buttons(here, bundles=place.shelf.bundles) if ids else ()
        return replace(texts.items(seen, adult=adult), buttons=buttons), pictures_of(seen)

    async def pick(
        self, ref: str, which: Sequence[str], owner: DiscordId, own: Collection[LinkId]
    ) -> MediaPage:
        """These of a page, by their places on it, are picked; the page shows it."""
        place = self._place(ref, owner, own)
        rows = dict(zip(map(str, range(ON_A_PAGE)), place.shelf.page(place.number), strict=False))
        chosen = [rows[one].uuid for one in which if one in rows]
        fits = place.shelf.pick(place.number, chosen, MEDIA_LIMIT)
        return self._look(
            owner, place.shelf, place.number, "" if fits else tr(pick_texts.TOO_MANY, most=MEDIA_LIMIT)
        )

    def picked(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> tuple[Link, Sequence[MediaId]]:
        """A button's items, and the link of their vault."""
        place = self._place(ref, owner, own)
        if not place.media:
            raise VaultUnavailable(tr(pick_texts.NOTHING))
        return place.shelf.link, place.media

    def creator_of(self, ref: str, owner: DiscordId) -> CreatorId | None:
        """In whose vault somebody's open place lies."""
        place = self._places.get(ref, owner)
        return place.shelf.link.creator if place is not None else None

    async def suggest(self, link: Link, typed: str, *, several: bool) -> Sequence[tuple[str, str]]:
        """Items to offer while somebody types: the text shown, and the value sent. It never fails."""
        return await self._suggesting.items(link, typed, several=several)

    async def folders(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return await self._suggesting.folders(link, typed)

    async def names(self, link: Link) -> Mapping[str, str]:
        """The names of a vault's newest items, by their ids; of the others nothing is known."""
        return await self._suggesting.names(link)

    async def lines(self, link: Link, media: Sequence[MediaId], *, short: bool) -> Mapping[str, str] | None:
        """Their lines, as a list of the vault says them; `short`: only kind and name.

        Items that are gone are absent; None where nobody can tell.
        """
        try:
            rows = await self._vault.items(link, media)
        except (VaultUnavailable, DeliveryFailed):
            return None
        line = texts.safe_name if short else texts.line
        return {item: line(row) for item, row in rows.items()}

    async def _note(self, link: Link, number: int) -> None:
        async def work(tx: Transaction) -> None:
            await self._ctx.trail.looked(tx, "media.show", creator=link.creator, target=f"{number} items")

        await self._ctx.database.write(work)

    def _place(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> MediaPlace:
        place = self._places.get(ref, owner)
        if place is None or place.shelf.link.id not in own:
            raise VaultUnavailable(tr(texts.CLOSED))
        return place

    def _look(self, owner: DiscordId, shelf: MediaShelf, number: int, notice: str = "") -> MediaPage:
        here = self._places.put(MediaPlace(owner, shelf, number, number))
        buttons: tuple[Button, ...] = ()
        more = shelf.goes_on(number)
        if number or more:
            back = self._places.put(MediaPlace(owner, shelf, max(number - 1, 0), number))
            on = self._places.put(MediaPlace(owner, shelf, shelf.behind(number), number))
            buttons = (
                Button("media.page", back, "◀", disabled=number == 0),
                Button("media.page", on, "▶", disabled=not more),
            )
        if shelf.picked:
            buttons = (*buttons, *pick_texts.buttons(here, bundles=shelf.bundles))
        shown = pick_texts.told(texts.page(shelf, number, buttons, notice), shelf)
        return MediaPage(shown, texts.choice(shelf, number, here), pick_texts.choice(shelf, number, here))
