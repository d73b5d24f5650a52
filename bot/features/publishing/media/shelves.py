"""Somebody's open view of a vault: rows that were read, and places in them.

It lies in memory only: a vault's names are nothing that the bridge keeps, and a list that is closed
costs one command. A button carries a random id of a place; a place belongs to one person.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.fanvue.figures import MediaRow
from bot.fanvue.paging import Query
from bot.features.publishing.media.fanvue import FanvueVault, VaultQuery
from bot.model.ports import Clock, Ids
from storage.records import DiscordId, Link, MediaId, Millis

ON_A_PAGE = 8
AT_ONCE = 4  # items of a page that are looked at with one choice
OPEN_FOR: Millis = 15 * 60 * 1000
_MOST_PLACES = 600
_MOST_READS = 10  # requests that one look may cost


class MediaShelf:
    """One person's way through one vault; it reads as far as somebody looks."""

    def __init__(
        self,
        vault: FanvueVault,
        link: Link,
        wanted: VaultQuery,
        *,
        bundles: bool = False,
        size: int = ON_A_PAGE,
    ) -> None:
        """`bundles`: whether the person may keep what they pick as one. `size`: items on a page."""
        self.size = size
        self.link = link
        self.wanted = wanted
        self.bundles = bundles
        self.rows: list[MediaRow] = []
        self.looked_at = 0  # items of the vault, whether they are wanted or not
        self.unreadable = 0
        self.picked: tuple[MediaId, ...] = ()  # whatever page they stand on, in the order of picking
        self._vault = vault
        self._next: Query | None = None
        self._begun = False

    @property
    def ended(self) -> bool:
        """Whether the vault has been read to its end."""
        return self._begun and self._next is None

    def page(self, number: int) -> Sequence[MediaRow]:
        """The rows of a page, as far as it was read."""
        return self.rows[number * self.size : (number + 1) * self.size]

    def goes_on(self, number: int) -> bool:
        """Whether there is, or may be, a page behind this one."""
        return len(self.rows) > (number + 1) * self.size or not self.ended

    def behind(self, number: int) -> int:
        """The page that follows; the same one while it is not full, because what is found comes there."""
        return number + 1 if len(self.page(number)) == self.size else number

    def pick(self, number: int, which: Sequence[MediaId], most: int) -> bool:
        """These of a page are picked, and its others are not; False, and nothing, where it is too many."""
        here = {row.uuid for row in self.page(number)}
        kept = [item for item in self.picked if item not in here or item in which]
        picked = (*kept, *(item for item in which if item not in kept))
        if len(picked) > most:
            return False
        self.picked = picked
        return True

    async def read(self, number: int) -> None:
        """Read until this page is full and it is known whether more follows, within limits."""
        for _ in range(_MOST_READS):
            if self.ended or len(self.rows) > (number + 1) * self.size:
                return
            before = self._next
            page = await self._vault.page(self.link, self.wanted, before)
            if self._next is not before:  # somebody clicked twice, and the other click has read it
                continue
            self._begun, self._next = True, page.next
            self.looked_at += len(page.rows)
            self.unreadable += len(page.skipped)
            self.rows += [row for row in page.rows if matches(row, self.wanted.words)]


@dataclass(frozen=True)
class MediaPlace:
    """A page of somebody's shelf; `came`: the page that is shown if this one cannot be.

    `items`: those that are looked at; without them it is about what is picked.
    """

    owner: DiscordId
    shelf: MediaShelf
    number: int
    came: int
    items: tuple[MediaId, ...] = ()

    @property
    def media(self) -> tuple[MediaId, ...]:
        """The items of a button under it."""
        return self.items or self.shelf.picked


class MediaPlaces:
    """Open places by the ids that buttons carry; old ones go first."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._open: OrderedDict[str, tuple[Millis, MediaPlace]] = OrderedDict()

    def put(self, place: MediaPlace) -> str:
        """Keep it open; its new id."""
        ref = self._ids.new()
        self._open[ref] = (self._clock.now() + OPEN_FOR, place)
        while len(self._open) > _MOST_PLACES:
            self._open.popitem(last=False)
        return ref

    def get(self, ref: str, owner: DiscordId) -> MediaPlace | None:
        """The place; None where there is none, where it is closed, and for everybody but its owner."""
        until, place = self._open.get(ref, (0, None))
        if place is None or self._clock.now() >= until:
            self._open.pop(ref, None)
            return None
        return place if place.owner == owner else None


def matches(row: MediaRow, words: Sequence[str]) -> bool:
    """Whether all words, in small letters, are in what the creator calls it."""
    called = f"{row.name or ''} {row.caption or ''}".casefold()
    return all(word in called for word in words)
