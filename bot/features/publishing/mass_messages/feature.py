"""Builds mass messages: the feature, its deed, and the lists that are offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.outbox import Effects
from bot.features.publishing.mass_messages.audience import FanList, choices
from bot.features.publishing.mass_messages.effects import MassMessageHandler
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.mass_messages.ports import ExclusionListPort
from bot.features.publishing.mass_messages.proposal import MassMessageProposal
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.model import kind_of
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from storage.database import Database
from storage.records import CreatorId, Link, Millis

_FRESH: Millis = 60_000  # lists are offered at every letter that is typed; previews always read anew
_MOST = 50  # creators whose lists are remembered


@dataclass(frozen=True)
class MassMessagesFeature:
    """The parts that the rest of the program speaks to."""

    feature: MassMessageProposal
    lists: "AudienceListSuggestions"
    fanvue: FanvueMassMessages

    @property
    def kind(self) -> str:
        """Of the effects that are mass messages."""
        return kind_of(self.feature.name)

    def deeds(
        self, ground: ProposalContext, outs: ExclusionListPort | None = None
    ) -> Mapping[str, EffectHandler]:
        """The kind of effect that is the mass messages' own. `outs`: whoever has fans left out."""
        return {self.kind: MassMessageHandler(ground, fanvue=self.fanvue, outs=outs)}


class AudienceListSuggestions:
    """The lists of a creator, for choosing."""

    def __init__(self, fanvue: FanvueMassMessages, clock: Clock) -> None:
        self._fanvue = fanvue
        self._clock = clock
        self._known: dict[CreatorId, tuple[Millis, list[FanList]]] = {}

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """What to offer for what is typed; nothing when Fanvue does not tell."""
        try:
            return choices(await self._lists(link.creator), typed)
        except DeliveryFailed:
            return ()

    async def _lists(self, creator: CreatorId) -> list[FanList]:
        now = self._clock.now()
        read_at, lists = self._known.get(creator, (0, []))
        if now - read_at > _FRESH:
            if len(self._known) >= _MOST:
                self._known.clear()
            lists = await self._fanvue.lists(creator, patient=False)
            self._known[creator] = now, lists
        return lists


def open_broadcasts(
    *, database: Database, effects: Effects, fanvue: FanvueMassMessages, clock: Clock
) -> MassMessagesFeature:
    """Mass messages through this Fanvue."""
    feature = MassMessageProposal(fanvue=fanvue, database=database, effects=effects, clock=clock)
    return MassMessagesFeature(feature, AudienceListSuggestions(fanvue, clock), fanvue)
