"""The vault: names, kinds and days, by the picker's own search."""

from collections.abc import Sequence
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
from bot.web.team.plan_fields import ITEM
from bot.web.team.plan_view import PLANS, PlanKind
from bot.web.team.views import PageView, ViewRequest, ViewUnavailable, number, option
from storage.records import DraftId

_WORDS: Final = 60
_FOLDER: Final = 90
_PAGES: Final = 99
_LOST = msgid("The creator is not connected to Fanvue right now. The owner reconnects with /link.")
_NO_ANSWER = msgid("We can't reach Fanvue right now. Try again in a minute.")


def vault_view(reading: PickerShelfReader) -> PageView:
    """The page that Reply → Add media shows, without its pictures."""

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
            raise ViewUnavailable(tr(_NO_ANSWER)) from failed
        return card(tr("Search"), _form(shelf, folders)) + card(tr("Items"), _items(asked, shelf, page))

    return PageView("vault", msgid("Vault"), Action.MEDIA, read)


def _items(asked: ViewRequest, shelf: PickerShelf, page: PickerPage) -> str:
    notice = f"<p>{escape(page.notice)}</p>" if page.notice else ""
    plans = [what for what in PLANS if what.needs in asked.permits]
    rows = "".join(_row(asked, row, choose=bool(plans)) for row in page.rows)
    if not rows:
        return notice + soft(tr("No item matches."))
    small = soft(tr("Pictures are shown on Discord alone: Reply → Add media, or /media browse."))
    found = f'{notice}<ul class="rows">{rows}</ul>'
    return (_choosing(found, plans) if plans else found) + _turns(shelf, page) + small


def _row(asked: ViewRequest, row: MediaRow, *, choose: bool) -> str:
    """With a box where it can be planned with."""
    words = asked.html(media_texts.line(row))
    if not choose or not media_texts.sendable(row):
        return f"<li>{words}</li>"
    named = f'name="{ITEM}{escape(row.uuid)}" value="{escape(media_texts.plain_line(row, price=False))}"'
    return f'<li><label class="tick"><input type="checkbox" {named}><span>{words}</span></label></li>'


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
