"""Pages of a vault for a picker, from a short memory or from Fanvue."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.fanvue.figures import MediaRow
from bot.features.publishing.media.fanvue import FanvueVault, VaultQuery, VaultUnavailable
from bot.features.publishing.media.shelves import MediaShelf
from bot.features.publishing.media.suggestion_service import MediaSuggestionService
from bot.features.publishing.picker.model import ON_A_PAGE, PickedMessage
from bot.model.ports import Clock
from storage.records import FanId, Link, LinkId, Millis

_FRESH: Millis = 120_000
_MOST = 64  # vaults that are looked through at once
_FOLDER = 90  # characters of a folder that a list can name
Key = tuple[LinkId, LinkId | None, str | None, str, FanId | None]


@dataclass(frozen=True)
class PickerPage:
    """The rows of a page; `number`: which one it is in the end; `notice`: what was in the way."""

    number: int
    rows: Sequence[MediaRow]
    more: bool
    notice: str = ""


class PickerShelfReader:
    """It never fails: where Fanvue cannot be read, a page has what is known, and a sentence."""

    def __init__(self, vault: FanvueVault, folders: MediaSuggestionService, clock: Clock) -> None:
        self._vault = vault
        self._folders = folders
        self._clock = clock
        self._open: OrderedDict[Key, tuple[Millis, MediaShelf]] = OrderedDict()

    def forget(self) -> None:
        """There is something new in a vault."""
        self._open.clear()

    async def page(self, link: Link, now: PickedMessage) -> PickerPage:
        """The page that is wanted; the first one where that is not there any more."""
        shelf, number, notice = self._shelf(link, now), now.shelf.page, ""
        try:
            await shelf.read(number)
            if number and not shelf.page(number):
                number = 0
        except VaultUnavailable as cannot:
            notice = str(cannot)
        return PickerPage(number, shelf.page(number), shelf.goes_on(number), notice)

    async def folders(self, link: Link) -> Sequence[str]:
        """Their names, as far as a list can carry them."""
        return [name for name, _ in await self._folders.folders(link, "") if len(name) <= _FOLDER]

    def _shelf(self, link: Link, now: PickedMessage) -> MediaShelf:
        wanted, at = now.shelf, self._clock.now()
        key = (link.id, link.via, wanted.folder, wanted.words, now.fan)
        until, shelf = self._open.get(key, (0, None))
        if shelf is None or at >= until:
            query = VaultQuery(None, wanted.folder, tuple(wanted.words.casefold().split()), now.fan)
            shelf = MediaShelf(self._vault, link, query, size=ON_A_PAGE)
            self._open[key] = (at + _FRESH, shelf)
        self._open.move_to_end(key)
        while len(self._open) > _MOST:
            self._open.popitem(last=False)
        return shelf
