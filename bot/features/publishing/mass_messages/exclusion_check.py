"""Whether Fanvue leaves out whom a mass message excludes: its count must show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.publishing.mass_messages.audience import CUSTOM, FanList
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.proposals.model import Content
from bot.model.errors import DeliveryRefused
from bot.model.language import msgid
from storage.records import CreatorId, FanId, Millis

AHEAD: Millis = 180_000  # so far ahead it is planned: time to read its count, and to delete it
_READ = 500  # fans of one list: longer ones are compared by their sizes alone
_NOT_CHECKED = msgid(
    "Fanvue doesn't tell how long the lists are, so we couldn't check that it leaves anyone out. Not sent."
)


@dataclass(frozen=True)
class RecipientCeiling:
    """The largest count that can be right; `number` None: excluded fans are on none of its lists."""

    number: int | None

    @property
    def matters(self) -> bool:
        """Whether anybody would get it who must not, if Fanvue ignored the exclusion."""
        return self.number is not None

    def fits(self, count: int | None) -> bool:
        """Whether this count shows that they are left out; a count that nobody told shows nothing."""
        return self.number is None or (count is not None and count <= self.number)


class ExclusionCheck:
    """Reads lists as they are now."""

    def __init__(self, fanvue: FanvueMassMessages) -> None:
        self._fanvue = fanvue

    async def most(self, creator: CreatorId, content: Content, *, left_out: str | None) -> RecipientCeiling:
        """The most recipients. `left_out`: one more list of fans left out. Raises DeliveryFailed."""
        known = {(one.kind, one.id): one for one in await self._fanvue.lists(creator, patient=True)}
        made = [] if left_out is None else [{"kind": CUSTOM, "id": left_out}]
        to, without = (
            [_sized(known.get((one["kind"], one["id"])), one["kind"], one["id"]) for one in side]
            for side in (content["to"], [*content["without"], *made])
        )
        if all(one.size == 0 for one in without):
            return RecipientCeiling(None)
        reached, excluded = await self._members(creator, to), await self._members(creator, without)
        if reached is not None and excluded is not None:
            # Exact: who is on the lists, however much they overlap.
            return RecipientCeiling(len(reached - excluded) if reached & excluded else None)
        sizes = [one.size for one in to]
        if None in sizes:
            raise DeliveryRefused(_NOT_CHECKED)
        return RecipientCeiling(sum(size or 0 for size in sizes) - 1)

    async def _members(self, creator: CreatorId, lists: Sequence[FanList]) -> frozenset[FanId] | None:
        """Everybody on these lists; None where one of them is too long to be read for this."""
        if any(one.size is not None and one.size > _READ for one in lists):
            return None
        found: frozenset[FanId] = frozenset()
        for one in lists:
            members, whole = await self._fanvue.members(creator, one.kind, one.id, most=_READ)
            if not whole:
                return None
            found |= members
        return found


def planned_for(at: Millis | None, now: Millis) -> Millis:
    """The time for one with an exclusion: never before its count could be looked at."""
    return max(at or 0, now + AHEAD)


def _sized(known: FanList | None, kind: str, which: str) -> FanList:
    """As Fanvue lists it; one that it does not list is read, and says itself that it is gone."""
    return known or FanList(kind, which, which, None)
