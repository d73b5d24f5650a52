"""The use cases of the team's inbox: answering fans together."""

from dataclasses import dataclass

from bot.guild.uses_alerts import AlertUses
from bot.guild.uses_approving import Reviewing
from bot.guild.uses_board import Waiting
from bot.guild.uses_checks import Pressing
from bot.guild.uses_desk import Noticing
from bot.guild.uses_guarding import Guarding
from bot.guild.uses_holding import HoldingUses
from bot.guild.uses_marking import Marking
from bot.guild.uses_notes import Finding, Notes, Tags
from bot.guild.uses_pricing import Pricing
from bot.guild.uses_promises import PromiseUses
from bot.guild.uses_relay import Replies
from bot.guild.uses_reviews import Reviews
from bot.guild.uses_sold import Items
from bot.guild.uses_talks import Claiming, SnoozingUses
from bot.guild.uses_templates import TemplateUses
from bot.guild.uses_timers import Timers
from bot.guild.uses_typed import TypedUses
from bot.guild.uses_workload import Workload


@dataclass(frozen=True, kw_only=True)
class InboxUses:
    """A part of `Uses`; one field a feature."""

    replies: Replies
    pressing: Pressing
    reviewing: Reviewing
    reviews: Reviews
    claiming: Claiming
    snoozing: SnoozingUses
    marking: Marking
    timers: Timers
    promises: PromiseUses
    holding: HoldingUses
    templates: TemplateUses
    notes: Notes
    tags: Tags
    items: Items
    pricing: Pricing
    guarding: Guarding
    finding: Finding
    waiting: Waiting
    noticing: Noticing
    workload: Workload
    typed: TypedUses
    alerts: AlertUses
