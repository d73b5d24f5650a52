"""Fans left out of a mass message: in conversation, or with too many already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.safety import exclusion_texts as wording
from bot.features.publishing.safety.audience_rules import AudienceList
from bot.features.publishing.safety.exclusion_list_members import ListMembersReader
from bot.features.publishing.safety.frequency_rules import FrequencyRule, over_the_cap, too_often
from bot.features.publishing.safety.message_history import (
    EarlierMassMessage,
    MassMessageHistory,
    NearbyMassMessages,
)
from bot.features.publishing.safety.overlap_proposal_decorator import MassMessageListPort
from bot.model.errors import DeliveryRefused, TargetGone
from bot.relay.context import Context
from storage.database import Transaction
from storage.publishing import mass_exclusions
from storage.records import CreatorId, EffectId, FanId, Millis

_HOUR: Millis = 3_600_000


@dataclass(frozen=True)
class FrequentRecipients:
    """The fans known to have had too many. `gone`: lists that are not there any more to be read."""

    fans: frozenset[FanId]
    gone: tuple[str, ...] = ()


class ExclusionService:
    def __init__(
        self,
        ctx: Context,
        *,
        earliers: MassMessageHistory,
        there: MassMessageListPort,
        members: FanvueMassMessages,
    ) -> None:
        self._ctx = ctx
        self._earliers = earliers
        self._there = there
        self._members = members
        self._whole = ListMembersReader(members, ctx.clock)

    async def live(self, tx: Transaction, creator: CreatorId, hours: int) -> list[FanId]:
        """The fans in conversation at this moment."""
        now = self._ctx.clock.now()
        return await mass_exclusions.in_conversation(tx, creator, since=now - hours * _HOUR, now=now)

    async def around(
        self, creator: CreatorId, rule: FrequencyRule, at: Millis, *, but: EffectId | None = None
    ) -> NearbyMassMessages:
        """The mass messages that count with one at this moment. Raises DeliveryFailed."""
        rows, now = await self._there.listed(creator, patient=True), self._ctx.clock.now()
        return await self._ctx.database.read(
            lambda tx: self._earliers.around(tx, creator, rows, rule, at=at, now=now, but=but)
        )

    async def over(
        self, creator: CreatorId, rule: FrequencyRule, at: Millis, *, most: int
    ) -> FrequentRecipients:
        """Find fans who may have too many by then. Lists are read only if there were so many.

        Raises DeliveryRefused for a list with more fans than `most`, or another DeliveryFailed.
        """
        ours = (await self.around(creator, rule, at)).ours
        if not too_often([one.at for one in ours], at, rule):
            return FrequentRecipients(frozenset())
        return _over(ours, at, rule, await self._read(creator, _lists_of(ours), most))

    async def over_all(
        self, creator: CreatorId, rule: FrequencyRule, at: Millis, *, mass: EffectId
    ) -> FrequentRecipients:
        """The same for this mass message, however long the lists are.

        Raises TryLater with how far that is, to be asked again at once; else as above.
        """
        ours = (await self.around(creator, rule, at, but=mass)).ours
        if not too_often([one.at for one in ours], at, rule):
            return FrequentRecipients(frozenset())
        return _over(ours, at, rule, await self._whole.read(mass, creator, _lists_of(ours)))

    def forget(self, mass: EffectId) -> None:
        """Nobody asks any more who had too many with this one."""
        self._whole.forget(mass)

    async def _read(
        self, creator: CreatorId, wanted: Sequence[AudienceList], most: int
    ) -> tuple[Mapping[AudienceList, frozenset[FanId]], tuple[str, ...]]:
        on: dict[AudienceList, frozenset[FanId]] = {}
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


def _lists_of(ours: Sequence[EarlierMassMessage]) -> Sequence[AudienceList]:
    """Their lists, as they are now: nobody tells who was on them then."""
    return [one for earlier in ours for one in (*earlier.reach.to, *earlier.reach.without)]


def _over(
    ours: Sequence[EarlierMassMessage],
    at: Millis,
    rule: FrequencyRule,
    read: tuple[Mapping[AudienceList, frozenset[FanId]], tuple[str, ...]],
) -> FrequentRecipients:
    on, gone = read
    return FrequentRecipients(over_the_cap([(one.at, _reached(one, on)) for one in ours], at, rule), gone)


def _reached(one: EarlierMassMessage, on: Mapping[AudienceList, frozenset[FanId]]) -> frozenset[FanId]:
    nobody: frozenset[FanId] = frozenset()
    to = nobody.union(*(on.get(each, nobody) for each in one.reach.to))
    return to.difference(*(on.get(each, nobody) for each in one.reach.without), one.without)
