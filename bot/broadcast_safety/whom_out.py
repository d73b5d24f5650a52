"""Whom a mass message leaves out: who is in conversation, and who had too many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.broadcast_safety import left_out_wording as wording
from bot.broadcast_safety.audiences import Named
from bot.broadcast_safety.earlier import Earlier, Earliers, Nearby
from bot.broadcast_safety.frequency import Rule, over_the_cap, too_often
from bot.broadcast_safety.overlap import MassesPort
from bot.broadcast_safety.whole_lists import MembersPort, WholeLists
from bot.model.errors import DeliveryRefused, TargetGone
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.publishing import mass_exclusions
from storage.records import CreatorId, EffectId, FanId, Millis

_HOUR: Millis = 3_600_000


@dataclass(frozen=True)
class Over:
    """Who had too many, of whom that is known. `gone`: lists that are not there any more to be read."""

    fans: frozenset[FanId]
    gone: tuple[str, ...] = ()


class WhomOut:
    """Reads only."""

    def __init__(
        self, *, database: Database, earliers: Earliers, there: MassesPort, members: MembersPort, clock: Clock
    ) -> None:
        self._database = database
        self._earliers = earliers
        self._there = there
        self._members = members
        self._whole = WholeLists(members, clock)
        self._clock = clock

    async def live(self, tx: Transaction, creator: CreatorId, hours: int) -> list[FanId]:
        """Who is in conversation at this moment."""
        now = self._clock.now()
        return await mass_exclusions.in_conversation(tx, creator, since=now - hours * _HOUR, now=now)

    async def around(
        self, creator: CreatorId, rule: Rule, at: Millis, *, but: EffectId | None = None
    ) -> Nearby:
        """The mass messages that count with one at this moment. Raises DeliveryFailed."""
        rows, now = await self._there.listed(creator, patient=True), self._clock.now()
        return await self._database.read(
            lambda tx: self._earliers.around(tx, creator, rows, rule, at=at, now=now, but=but)
        )

    async def over(self, creator: CreatorId, rule: Rule, at: Millis, *, most: int) -> Over:
        """Who may have got too many by then. Only where there were so many, lists are read.

        Raises Refused for a list with more fans than `most`, or another DeliveryFailed.
        """
        ours = (await self.around(creator, rule, at)).ours
        if not too_often([one.at for one in ours], at, rule):
            return Over(frozenset())
        return _over(ours, at, rule, await self._read(creator, _lists_of(ours), most))

    async def over_all(self, creator: CreatorId, rule: Rule, at: Millis, *, mass: EffectId) -> Over:
        """The same for this mass message, however long the lists are.

        Raises TryLater with how far that is, to be asked again at once; else as above.
        """
        ours = (await self.around(creator, rule, at, but=mass)).ours
        if not too_often([one.at for one in ours], at, rule):
            return Over(frozenset())
        return _over(ours, at, rule, await self._whole.read(mass, creator, _lists_of(ours)))

    def forget(self, mass: EffectId) -> None:
        """Nobody asks any more who had too many with this one."""
        self._whole.forget(mass)

    async def _read(
        self, creator: CreatorId, wanted: Sequence[Named], most: int
    ) -> tuple[Mapping[Named, frozenset[FanId]], tuple[str, ...]]:
        on: dict[Named, frozenset[FanId]] = {}
        gone: list[str] = []
        for one in dict.fromkeys(wanted):
            try:
                on[one], whole = await self._members.members(creator, one.kind, one.id, most=most)
            except TargetGone:
                gone.append(one.name)
                continue
            if not whole:
                raise DeliveryRefused(wording.unread(one.name))
        return on, tuple(gone)


def _lists_of(ours: Sequence[Earlier]) -> Sequence[Named]:
    """Who is on them now is looked at: who was on them then, nobody tells."""
    return [one for earlier in ours for one in (*earlier.reach.to, *earlier.reach.without)]


def _over(
    ours: Sequence[Earlier],
    at: Millis,
    rule: Rule,
    read: tuple[Mapping[Named, frozenset[FanId]], tuple[str, ...]],
) -> Over:
    on, gone = read
    return Over(over_the_cap([(one.at, _reached(one, on)) for one in ours], at, rule), gone)


def _reached(one: Earlier, on: Mapping[Named, frozenset[FanId]]) -> frozenset[FanId]:
    nobody: frozenset[FanId] = frozenset()
    to = nobody.union(*(on.get(each, nobody) for each in one.reach.to))
    return to.difference(*(on.get(each, nobody) for each in one.reach.without), one.without)
