"""Builds what taking somebody out of a team is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.features.publishing.proposals.pending_service import PendingProposalService
from bot.offboarding.ending import EndLink, Unlink
from bot.offboarding.parts import LINK_END, Drafts, Fans, Grants, OwnLink, Part, Sends, Typed
from bot.offboarding.removing import Removing
from bot.relay.channel_bans import ChannelBanHandler, ChannelBanPort
from bot.relay.context import Context
from storage.people.barred_members import KIND


@dataclass(frozen=True)
class Offboarding:
    """The parts that the rest of the program speaks to."""

    removing: Removing
    ground: Context
    unlink: Unlink

    def deeds(self, discord: ChannelBanPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that follow from a removal."""
        on = self.ground
        return {
            KIND: ChannelBanHandler(discord=discord, effects=on.effects, commands=on.commands),
            LINK_END: EndLink(self.unlink),
        }


def open_offboarding(on: Context, unlink: Unlink, more: Sequence[Part] = ()) -> Offboarding:
    """Offboarding on this database; `unlink` ends the link of a person to an account.

    `more`: what other features let members hold.
    """
    waiting = PendingProposalService(
        effects=on.effects, commands=on.commands, dispatch=on.dispatch, clock=on.clock
    )
    parts: list[Part] = [
        Grants(clock=on.clock, ids=on.ids),
        Drafts(clock=on.clock),
        Sends(waiting),
        Fans(on.talks),
        *more,
        Typed(),
        OwnLink(on.effects),  # after the grants of all creators
    ]
    removing = Removing(
        database=on.database,
        commands=on.commands,
        effects=on.effects,
        parts=parts,
        clock=on.clock,
        ids=on.ids,
    )
    return Offboarding(removing, on, unlink)
