"""Builds the guard of what leaves."""

from dataclasses import dataclass

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.model import REPLY_CHECKS
from bot.features.inbox.guard import setting_rows
from bot.features.inbox.guard.check import GuardCheck
from bot.features.inbox.guard.proposal_decorator import GuardProposalDecorator
from bot.features.inbox.guard.setting import GuardSetting
from bot.features.publishing.proposals.model import PROPOSAL_WRAPS, ProposalKind


@dataclass(frozen=True)
class GuardFeature:
    """The parts that the rest of the program speaks to."""

    setting: GuardSetting


def build(ctx: FeatureContext) -> Feature:
    """The guard looks at every reply, and at everything that is proposed."""
    trail = ctx.effects.trail
    guard = GuardFeature(GuardSetting(ctx))

    def guarded(kind: ProposalKind) -> ProposalKind:
        return GuardProposalDecorator(kind, database=ctx.database, trail=trail)

    return Feature(
        name="guard",
        services=(guard.setting,),
        brings=(REPLY_CHECKS.of(GuardCheck(trail)), PROPOSAL_WRAPS.of(guarded), *setting_rows.ROWS),
    )
