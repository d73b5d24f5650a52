"""Builds what taking somebody out of a team is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.features.people.offboarding.effects import OffboardingLinkHandler, OffboardingUnlinkPort
from bot.features.people.offboarding.parts import (
    LINK_END,
    ClaimedFansPart,
    DraftsPart,
    GrantsPart,
    OffboardingPart,
    OwnLinkPart,
    SendsPart,
    TypedRepliesPart,
)
from bot.features.people.offboarding.service import OffboardingService
from bot.features.publishing.proposals.pending_service import PendingProposalService
from bot.relay.channel_bans import ChannelBanHandler, ChannelBanPort
from bot.relay.context import Context
from storage.people.barred_members import KIND


@dataclass(frozen=True)
class OffboardingFeature:
    """The parts that the rest of the program speaks to."""

    removing: OffboardingService
    ground: Context
    unlink: OffboardingUnlinkPort

    def deeds(self, discord: ChannelBanPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that follow from a removal."""
        on = self.ground
        return {
            KIND: ChannelBanHandler(discord=discord, effects=on.effects, commands=on.commands),
            LINK_END: OffboardingLinkHandler(self.unlink),
        }


def open_offboarding(
    on: Context, unlink: OffboardingUnlinkPort, more: Sequence[OffboardingPart] = ()
) -> OffboardingFeature:
    """Offboarding on this database; `unlink` ends the link of a person to an account.

    `more`: what other features let members hold.
    """
    waiting = PendingProposalService(
        effects=on.effects, commands=on.commands, dispatch=on.dispatch, clock=on.clock
    )
    parts: list[OffboardingPart] = [
        GrantsPart(clock=on.clock, ids=on.ids),
        DraftsPart(clock=on.clock),
        SendsPart(waiting),
        ClaimedFansPart(on.talks),
        *more,
        TypedRepliesPart(),
        OwnLinkPart(on.effects),  # after the grants of all creators
    ]
    removing = OffboardingService(
        database=on.database,
        commands=on.commands,
        effects=on.effects,
        parts=parts,
        clock=on.clock,
        ids=on.ids,
    )
    return OffboardingFeature(removing, on, unlink)
