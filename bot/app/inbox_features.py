"""Builds the team's inbox: answering fans together."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.context import AppContext
from bot.app.discord_ports import DiscordPorts
from bot.app.fan_features import FanFeatures
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.inbox.approvals.feature import ApprovalsFeature, open_approving, open_lane
from bot.features.inbox.board.feature import BoardFeature, open_board
from bot.features.inbox.checks.feature import ChecksFeature, open_answering
from bot.features.inbox.claims.feature import ClaimsFeature, open_talks
from bot.features.inbox.guard.feature import GuardFeature, open_guarding
from bot.features.inbox.guard.texts import NAMES
from bot.features.inbox.holding.feature import HoldingFeature, open_holding
from bot.features.inbox.message_replies.feature import MessageRepliesFeature, open_typed
from bot.features.inbox.pricing.feature import PricingFeature, open_pricing
from bot.features.inbox.snooze.feature import SnoozeFeature, open_snoozing
from bot.features.inbox.templates.feature import TemplatesFeature, open_templates
from bot.features.inbox.timers.feature import TimersFeature, open_timers
from bot.features.money.periods.bands import floor_of, shown_to
from bot.features.people.reviews.feature import ReviewsFeature, open_reviews
from bot.features.people.reviews.model import ReviewWords
from bot.features.people.workload.feature import open_workload
from bot.features.people.workload.service import WorkloadService


@dataclass(frozen=True)
class InboxFeatures:
    """One field a feature with which a team answers."""

    answering: ChecksFeature
    approving: ApprovalsFeature
    holding: HoldingFeature
    talks: ClaimsFeature
    snoozing: SnoozeFeature
    templates: TemplatesFeature
    pricing: PricingFeature
    guarding: GuardFeature
    board: BoardFeature
    workload: WorkloadService
    reviews: ReviewsFeature
    timers: TimersFeature
    typed: MessageRepliesFeature

    def deeds(self, on: DiscordPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of these features."""
        return {
            **self.board.deeds(on.discord),
            **self.timers.deeds(on.discord, on.calling),
            **self.typed.deeds(on.discord),
        }

    def duties(self, *, divisor: float) -> list[BackgroundTask]:
        """What must run for them; `divisor` shortens the pauses."""
        return [
            self.talks.duty(divisor=divisor),
            self.snoozing.duty(divisor=divisor),
            self.board.duty(divisor=divisor),
            self.approving.duty(divisor=divisor),
            self.timers.duty(divisor=divisor),
            *self.typed.duties(),
        ]


def open_inbox(core: AppContext, fans: FanFeatures) -> InboxFeatures:
    """`fans`: what is known of them; a check looks at it, and the board shows it."""
    pricing, guarding = open_pricing(core), open_guarding(core)
    board = open_board(core, fans.knowing.tags.vips)
    lane, needs_lead = open_lane(core, board.noticing.changed)
    checks = pricing.check, guarding.check, fans.sold.check, needs_lead
    answering = open_answering(core, more=checks, lane=lane)
    return InboxFeatures(
        answering=answering,
        approving=open_approving(core, lane, answering),
        holding=open_holding(core, answering.kept),
        talks=open_talks(core, core.changes),
        snoozing=open_snoozing(core, core.changes, board.reading.on_page),
        templates=open_templates(core),
        pricing=pricing,
        guarding=guarding,
        board=board,
        workload=open_workload(core),
        reviews=_reviews(core),
        timers=open_timers(core),
        typed=open_typed(core, answering, want=core.cards.want, listens=core.settings.message_content),
    )


def _reviews(core: AppContext) -> ReviewsFeature:
    return open_reviews(
        core, ReviewWords(shown_to, floor_of, {str(pack): name for pack, name in NAMES.items()})
    )
