"""Builds mass messages: the feature, its deed, and the lists that are offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.broadcasts.audience import FanList, choices
from bot.broadcasts.fanvue_side import Broadcasting
from bot.broadcasts.leaving import Outs
from bot.broadcasts.proposing import MassMessages
from bot.broadcasts.sending import SendMass
from bot.engine.effect_handler import EffectHandler
from bot.engine.outbox import Effects
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from bot.proposals.carrying import Ground
from bot.proposals.features import kind_of
from storage.database import Database
from storage.records import CreatorId, Link, Millis

_FRESH: Millis = 60_000  # lists are offered at every letter that is typed; previews always read anew
_MOST = 50  # creators whose lists are remembered


@dataclass(frozen=True)
class Broadcasts:
    """The parts that the rest of the program speaks to."""

    feature: MassMessages
    lists: "Offered"
    fanvue: Broadcasting

    @property
    def kind(self) -> str:
        """Of the effects that are mass messages."""
        return kind_of(self.feature.name)

    def deeds(self, ground: Ground, outs: Outs | None = None) -> Mapping[str, EffectHandler]:
        """The kind of effect that is the mass messages' own. `outs`: whoever has fans left out."""
        return {self.kind: SendMass(ground, fanvue=self.fanvue, outs=outs)}


class Offered:
    """The lists of a creator, for choosing."""

    def __init__(self, fanvue: Broadcasting, clock: Clock) -> None:
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
    *, database: Database, effects: Effects, fanvue: Broadcasting, clock: Clock
) -> Broadcasts:
    """Mass messages through this Fanvue."""
    feature = MassMessages(fanvue=fanvue, database=database, effects=effects, clock=clock)
    return Broadcasts(feature, Offered(fanvue, clock), fanvue)
