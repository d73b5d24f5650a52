"""Members of lists of any size: read piece by piece, on from where one ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.fanvue.paging import Query
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.safety import exclusion_texts as wording
from bot.features.publishing.safety.audience_rules import AudienceList
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.ports import Clock
from storage.records import CreatorId, EffectId, FanId, Millis

_PIECE = 40  # pages at a time: an attempt must not take too long, and how far it is shall be seen
_FRESH: Millis = 600_000  # of a reading that rested longer nobody knows any more whether it still fits
_MOST = 20  # readings that are remembered


@dataclass
class _ListMembersReading:
    touched: Millis
    on: dict[AudienceList, set[FanId]] = field(default_factory=dict)
    next: dict[AudienceList, Query] = field(default_factory=dict)  # how those go on that were begun
    seen: set[tuple[AudienceList, str]] = field(default_factory=set)  # where they have gone on
    gone: list[AudienceList] = field(default_factory=list)

    def is_open(self, one: AudienceList) -> bool:
        return one not in self.gone and (one not in self.on or one in self.next)

    @property
    def number(self) -> int:
        return sum(map(len, self.on.values()))


class ListMembersReader:
    """Remembers the members it read in memory only: after a kill it reads from the beginning."""

    def __init__(self, members: FanvueMassMessages, clock: Clock) -> None:
        self._members = members
        self._clock = clock
        self._readings: dict[EffectId, _ListMembersReading] = {}

    async def read(
        self, mass: EffectId, creator: CreatorId, wanted: Sequence[AudienceList]
    ) -> tuple[Mapping[AudienceList, frozenset[FanId]], tuple[str, ...]]:
        """Read the members of these, and the names of those that are gone.

        Raises TryLater with its progress, to be asked again at once; DeliveryRefused, or another
        DeliveryFailed.
        """
        reading = self._reading(mass)
        pages = 0
        for one in dict.fromkeys(wanted):
            while reading.is_open(one):
                if pages == _PIECE:
                    raise TryLater(wording.reading(reading.number), after=0)
                pages += 1
                await self._page(mass, creator, one, reading)
        del self._readings[mass]
        on = {one: frozenset(reading.on[one]) for one in wanted if one in reading.on}
        return on, tuple(one.name for one in reading.gone)

    def forget(self, mass: EffectId) -> None:
        """Nobody asks for this any more."""
        self._readings.pop(mass, None)

    def _reading(self, mass: EffectId) -> _ListMembersReading:
        now = self._clock.now()
        known = self._readings.pop(mass, None)
        reading = known if known is not None and now - known.touched < _FRESH else _ListMembersReading(now)
        if len(self._readings) >= _MOST:
            self._readings.pop(next(iter(self._readings)))
        self._readings[mass] = reading
        return reading

    async def _page(
        self, mass: EffectId, creator: CreatorId, one: AudienceList, reading: _ListMembersReading
    ) -> None:
        begin = reading.next.get(one)
        try:
            page = await self._members.members_from(creator, one.kind, one.id, begin)
        except TargetGone:  # also in the middle: then nobody is known to be on it
            reading.on.pop(one, None)
            reading.next.pop(one, None)
            reading.gone.append(one)
            return
        onward = (one, repr(page.next))
        if not page.whole or (page.next is not None and onward in reading.seen):  # it leads in a circle
            self.forget(mass)
            raise DeliveryRefused(wording.unread(one.name))
        reading.seen.add(onward)
        reading.touched = self._clock.now()
        reading.on.setdefault(one, set()).update(page.fans)
        reading.next.pop(one, None)
        if page.next is not None:
            reading.next[one] = page.next
