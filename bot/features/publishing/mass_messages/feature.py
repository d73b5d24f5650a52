"""Builds mass messages: the feature, its handler, and the lists that are offered."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.publishing.mass_messages.audience import FanList, choices
from bot.features.publishing.mass_messages.effects import MassMessageHandler
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.mass_messages.ports import EXCLUSION_LISTS, ExclusionListPort
from bot.features.publishing.mass_messages.proposal import MassMessageProposal
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import PROPOSAL_KINDS, kind_of
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from bot.relay.context import Context
from storage.records import CreatorId, Link, Millis

_FRESH: Millis = 60_000  # lists are offered at every letter that is typed; previews always read anew
_MOST = 50  # creators whose lists are remembered


class AudienceListSuggestions:
    """The lists of a creator, for choosing."""

    def __init__(self, fanvue: FanvueMassMessages, clock: Clock) -> None:
        self._fanvue = fanvue
        self._clock = clock
        self._known: dict[CreatorId, tuple[Millis, list[FanList]]] = {}

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """The choices for the typed text; none when Fanvue does not tell."""
        try:
            return choices(await self.known(link.creator), typed)
        except DeliveryFailed:
            return ()

    async def known(self, creator: CreatorId) -> list[FanList]:
        """All of them, as of a minute ago at most. Raises one of the errors of delivery."""
        now = self._clock.now()
        read_at, lists = self._known.get(creator, (0, []))
        if now - read_at > _FRESH:
            if len(self._known) >= _MOST:
                self._known.clear()
            lists = await self._fanvue.lists(creator, patient=False)
            self._known[creator] = now, lists
        return lists


class MassMessagesFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, ctx: Context, *, fanvue: FanvueMassMessages) -> None:
        """Mass messages through this Fanvue."""
        self.feature = MassMessageProposal(ctx, fanvue=fanvue)
        self.lists = AudienceListSuggestions(fanvue, ctx.clock)
        self.fanvue = fanvue

    @property
    def kind(self) -> str:
        """Of the effects that are mass messages."""
        return kind_of(self.feature.name)

    def handlers(
        self, ground: ProposalContext, outs: ExclusionListPort | None = None
    ) -> Mapping[str, EffectHandler]:
        """The kind of effect that is the mass messages' own. `outs`: has fans left out."""
        return {self.kind: MassMessageHandler(ground, fanvue=self.fanvue, outs=outs)}


def build(ctx: FeatureContext) -> Feature:
    """Messages of owners to whole lists."""
    there = ctx.points.around("mass", FanvueMassMessages(ctx.fanvue, ctx.identity, asyncio.sleep))
    mass = MassMessagesFeature(ctx, fanvue=there)

    def handlers(_on: DiscordPorts) -> Mapping[str, EffectHandler]:
        outs = next(iter(ctx.brought(EXCLUSION_LISTS, "mass messages")), None)
        return mass.handlers(ctx.get(ProposalsFeature).ground, outs)

    return Feature(
        name="mass messages",
        parts=(mass,),
        services=(mass.lists,),
        effects=handlers,
        brings=(PROPOSAL_KINDS.of(mass.feature),),
    )
