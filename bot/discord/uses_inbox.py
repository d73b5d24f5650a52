"""The use cases of the team's inbox: answering fans together."""

from dataclasses import dataclass

from bot.discord.ports import ReplyUses
from bot.discord.uses_alerts import AlertUses
from bot.discord.uses_approving import ApprovalUses
from bot.discord.uses_board import BoardUses
from bot.discord.uses_checks import PendingReplyUses
from bot.discord.uses_desk import NoticeUses
from bot.discord.uses_guarding import GuardUses
from bot.discord.uses_holding import HoldingUses
from bot.discord.uses_marking import ChatSettingsUses
from bot.discord.uses_notes import FanSearchUses, FanTagUses, NoteUses
from bot.discord.uses_pricing import PriceLimitUses
from bot.discord.uses_promises import PromiseUses
from bot.discord.uses_reviews import ReviewUses
from bot.discord.uses_sold import PurchaseUses
from bot.discord.uses_talks import ClaimUses, SnoozingUses
from bot.discord.uses_templates import TemplateUses
from bot.discord.uses_timers import TimerUses
from bot.discord.uses_typed import MessageReplyUses
from bot.discord.uses_workload import WorkloadUses


@dataclass(frozen=True, kw_only=True)
class InboxUses:
    """A part of `Uses`; one field a feature."""

    replies: ReplyUses
    pressing: PendingReplyUses
    reviewing: ApprovalUses
    reviews: ReviewUses
    claiming: ClaimUses
    snoozing: SnoozingUses
    marking: ChatSettingsUses
    timers: TimerUses
    promises: PromiseUses
    holding: HoldingUses
    templates: TemplateUses
    notes: NoteUses
    tags: FanTagUses
    items: PurchaseUses
    pricing: PriceLimitUses
    guarding: GuardUses
    finding: FanSearchUses
    waiting: BoardUses
    noticing: NoticeUses
    workload: WorkloadUses
    typed: MessageReplyUses
    alerts: AlertUses
