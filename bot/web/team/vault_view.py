"""The vault: pictures, names, kinds and days, by the picker's own search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urlencode

from bot.access.policy import Action
from bot.fanvue.figures import MediaRow
from bot.features.publishing.media import texts as media_texts
from bot.features.publishing.picker.model import PickedMessage, PickerShelf
from bot.features.publishing.picker.shelf_reader import PickerPage, PickerShelfReader
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr
from bot.model.ports import MessageToFan
from bot.web.team.frame import card, soft
from bot.web.team.page_pictures import PagePictures
from bot.web.team.picture_tiles import length, tile
from bot.web.team.plan_fields import ITEM
from bot.web.team.plan_view import PLANS, PlanKind
from bot.web.team.views import PageView, ViewRequest, ViewUnavailable, number, option
from storage.records import DraftId, MediaId

_WORDS: Final = 60
_FOLDER: Final = 90
_PAGES: Final = 99
_LOST = msgid("The creator is not connected to Fanvue right now. The owner reconnects with /link.")
_COVERED = msgid("Pictures are covered. Press one to see it. We keep no copy.")
_CLOSED = msgid(
    "Pictures appear only while Discord says that the creator's forum is age-restricted. "
    "The owner can run /setup."
)


@dataclass(frozen=True)
class _VaultPage:
    """What is shown. `known`: items with their forms; `pictures`: whether they may be seen here."""

    shelf: PickerShelf
    page: PickerPage
    known: Mapping[MediaId, MediaRow]
    pictures: bool

    @property
    def rows(self) -> Sequence[MediaRow]:
        return [self.known.get(row.uuid, row) for row in self.page.rows]


def vault_view(reading: PickerShelfReader, pictures: PagePictures) -> PageView:
    """The page that Reply → Add media shows, its pictures as covered as there."""

    async def read(asked: ViewRequest) -> str:
        link = asked.permit.link
        if link is None:
            raise ViewUnavailable(tr(_LOST))
        shelf = PickerShelf(
            folder=option(asked.query, "folder", _FOLDER) or None,
            words=option(asked.query, "search", _WORDS),
            page=number(asked.query, "page", _PAGES),
        )
        try:
            page = await reading.page(link, PickedMessage(DraftId(""), MessageToFan(""), shelf))
            folders = await reading.folders(link)
        except DeliveryFailed as failed:
            raise ViewUnavailable(tr("We can't reach Fanvue right now. Try again in a minute.")) from failed
        known = await pictures.rows(asked, [row.uuid for row in page.rows])
        found = _VaultPage(shelf, page, known, await pictures.shown(asked))
        return card(tr("Search"), _form(shelf, folders)) + card(tr("Items"), _items(asked, found))

    return PageView("vault", msgid("Vault"), Action.MEDIA, read, picture=pictures.picture, images=True)


def _items(asked: ViewRequest, found: _VaultPage) -> str:
    notice = f"<p>{escape(found.page.notice)}</p>" if found.page.notice else ""
    plans = [what for what in PLANS if what.needs in asked.permits]
    rows = "".join(_row(asked, row, found, choose=bool(plans)) for row in found.rows)
    if not rows:
        return notice + soft(tr("No item matches."))
    tiles = f'<ul class="tiles">{rows}</ul>'
    chosen = _choosing(tiles, plans) if plans else f"<div>{tiles}</div>"
    return notice + _cover(found) + chosen + _turns(found.shelf, found.page)


def _cover(found: _VaultPage) -> str:
    """How pictures are uncovered: one by its own press, or all of this page with one."""
    if not found.pictures:
        return soft(tr(_CLOSED))
    words, small = escape(tr("Uncover all on this page")), soft(tr(_COVERED))
    return (
        f'{small}<input type="checkbox" class="bare" id="bare" autocomplete="off">'
        f'<label class="bare" for="bare">{words}</label>'
    )


def _row(asked: ViewRequest, row: MediaRow, found: _VaultPage, *, choose: bool) -> str:
    """With a box where it can be planned with."""
    said = escape(f" · {length(row)}") if length(row) else ""
    words, frame = asked.html(media_texts.line(row)) + said, tile(asked, row, shown=found.pictures)
    if not choose or not media_texts.sendable(row):
        return f"<li>{frame}<p>{words}</p></li>"
    named = f'name="{ITEM}{escape(row.uuid)}" value="{escape(media_texts.plain_line(row, price=False))}"'
    return f'<li>{frame}<label class="tick"><input type="checkbox" {named}><span>{words}</span></label></li>'


def _choosing(rows: str, plans: Sequence[PlanKind]) -> str:
    """What is ticked goes along to a form."""
    buttons = "".join(
        f'<button type="submit" class="quiet" formaction="{what.address}">{escape(tr(what.chosen))}</button>'
        for what in plans
    )
    return f'<form method="get">{rows}<div class="pair">{buttons}</div></form>'


def _turns(shelf: PickerShelf, page: PickerPage) -> str:
    found = []
    if page.number:
        found.append(_turn(shelf, page.number - 1, tr("Newer")))
    if page.more and page.number < _PAGES:
        found.append(_turn(shelf, page.number + 1, tr("Older")))
    return f'<p class="pages">{" ".join(found)}</p>' if found else ""


def _turn(shelf: PickerShelf, to: int, words: str) -> str:
    asked = {"search": shelf.words, "folder": shelf.folder or "", "page": str(to)}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f'<a href="vault?{escape(query)}">{escape(words)}</a>'


def _form(shelf: PickerShelf, folders: Sequence[str]) -> str:
    options = "".join(
        f'<option{" selected" if name == shelf.folder else ""} value="{escape(name)}">{escape(name)}</option>'
        for name in folders
    )
    words = escape(tr("Words in the name"))
    return (
        f'<form class="choose" method="get"><div><label for="search">{words}</label>'
        f'<input id="search" name="search" maxlength="{_WORDS}" value="{escape(shelf.words)}" '
        f'autocomplete="off"></div><div><label for="folder">{escape(tr("Folder"))}</label>'
        f'<select id="folder" name="folder"><option value="">{escape(tr("All folders"))}</option>{options}'
        f'</select></div><button type="submit">{escape(tr("Search"))}</button></form>'
    )
