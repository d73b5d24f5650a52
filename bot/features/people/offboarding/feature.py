"""Builds what taking somebody out of a team is made of."""

from collections.abc import Mapping, Sequence

from bot.discord.channel_access import DiscordChannelAccess
from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.offboarding.effects import OffboardingLinkHandler, OffboardingUnlinkPort
from bot.features.people.offboarding.parts import (
    LINK_END,
    OFFBOARDING_PARTS,
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


class OffboardingFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self, on: Context, unlink: OffboardingUnlinkPort, more: Sequence[OffboardingPart] = ()
    ) -> None:
        """Offboarding on this database; `unlink` ends the link of a person to an account.

        `more`: what other features let members hold.
        """
        waiting = PendingProposalService(on)
        parts: list[OffboardingPart] = [
            GrantsPart(on),
            DraftsPart(clock=on.clock),
            SendsPart(waiting),
            ClaimedFansPart(on.talks),
            *more,
            TypedRepliesPart(),
            OwnLinkPart(on.effects),  # after the grants of all creators
        ]
        self.removing = OffboardingService(on, parts=parts)
        self.ground = on
        self.unlink = unlink

    def handlers(self, discord: ChannelBanPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that follow from a removal."""
        return {
            KIND: ChannelBanHandler(self.ground, discord=discord),
            LINK_END: OffboardingLinkHandler(self.unlink),
        }


def build(ctx: FeatureContext) -> Feature:
    """Everything ends that a member holds, of every feature that is built before."""
    unlink = ctx.get(AccountLinkService).end
    offboarding = OffboardingFeature(ctx, unlink, ctx.brought(OFFBOARDING_PARTS, "offboarding"))

    def handlers(on: DiscordPorts) -> Mapping[str, EffectHandler]:
        return offboarding.handlers(
            ctx.points.around("doors", DiscordChannelAccess(on.direct, on.discord.me))
        )

    return Feature(name="offboarding", services=(offboarding.removing,), effects=handlers)
