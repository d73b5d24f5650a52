"""The list of all features, each with what builds it.

It lies here and not in `bot/features/__init__.py`, which every import of one feature's module would run.
"""

from collections.abc import Callable

from bot.app import chats
from bot.features.context import FeatureContext
from bot.features.contract import BuiltFeatures, Feature
from bot.features.inbox.approvals import feature as approvals
from bot.features.inbox.assistant import feature as assistant
from bot.features.inbox.board import feature as board
from bot.features.inbox.chat_settings import feature as chat_settings
from bot.features.inbox.checks import feature as checks
from bot.features.inbox.claims import feature as claims
from bot.features.inbox.fan_card import feature as fan_card
from bot.features.inbox.fan_status import feature as fan_status
from bot.features.inbox.forum_overflow import feature as forum_overflow
from bot.features.inbox.guard import feature as guard
from bot.features.inbox.guard_words import feature as guard_words
from bot.features.inbox.history import feature as history
from bot.features.inbox.holding import feature as holding
from bot.features.inbox.message_replies import feature as message_replies
from bot.features.inbox.notes import feature as notes
from bot.features.inbox.pings import feature as pings
from bot.features.inbox.pricing import feature as pricing
from bot.features.inbox.profiles import feature as profiles
from bot.features.inbox.program_drafts import feature as program_drafts
from bot.features.inbox.program_template_drafts import feature as program_template_drafts
from bot.features.inbox.promises import feature as promises
from bot.features.inbox.purchases import feature as purchases
from bot.features.inbox.reply_media import feature as reply_media
from bot.features.inbox.routing import feature as routing
from bot.features.inbox.routing_lists import feature as routing_lists
from bot.features.inbox.scheduled import feature as scheduled
from bot.features.inbox.sent_answers import feature as sent_answers
from bot.features.inbox.snooze import feature as snooze
from bot.features.inbox.template_media import feature as template_media
from bot.features.inbox.templates import feature as templates
from bot.features.inbox.thread_archiving import feature as thread_archiving
from bot.features.inbox.timers import feature as timers
from bot.features.money.credit import feature as credit
from bot.features.money.digests import feature as digests
from bot.features.money.goals import feature as goals
from bot.features.money.ledger import feature as ledger
from bot.features.money.reports import feature as reports
from bot.features.money.subscribers import feature as subscribers
from bot.features.operations.agent_sign_in import feature as agent_sign_in
from bot.features.operations.agent_tools import feature as agent_tools
from bot.features.operations.alerts import feature as alerts
from bot.features.operations.api_keys import feature as api_keys
from bot.features.operations.channel_drafts import feature as channel_drafts
from bot.features.operations.creator_context import feature as creator_context
from bot.features.operations.draft_rules import feature as draft_rules
from bot.features.operations.fan_context import feature as fan_context
from bot.features.operations.fanvue_addresses import feature as fanvue_addresses
from bot.features.operations.greeting import feature as greeting
from bot.features.operations.keys import feature as keys
from bot.features.operations.live_check import feature as live_check
from bot.features.operations.problems import feature as problems
from bot.features.operations.program_webhooks import feature as program_webhooks
from bot.features.operations.settings import feature as settings
from bot.features.people.audit import feature as audit
from bot.features.people.command_visibility import feature as command_visibility
from bot.features.people.home import feature as home
from bot.features.people.languages import feature as languages
from bot.features.people.offboarding import feature as offboarding
from bot.features.people.pausing import feature as pausing
from bot.features.people.privacy import feature as privacy
from bot.features.people.reviews import feature as reviews
from bot.features.people.team import feature as team
from bot.features.people.team_page import feature as team_page
from bot.features.people.tour import feature as tour
from bot.features.people.workload import feature as workload
from bot.features.publishing.campaigns import feature as campaigns
from bot.features.publishing.drafts import feature as drafts
from bot.features.publishing.links import feature as links
from bot.features.publishing.lists import feature as lists
from bot.features.publishing.mass_messages import feature as mass_messages
from bot.features.publishing.media import feature as media
from bot.features.publishing.page_plans import feature as page_plans
from bot.features.publishing.picker import feature as picker
from bot.features.publishing.post_management import feature as post_management
from bot.features.publishing.post_media import feature as post_media
from bot.features.publishing.post_threads import feature as post_threads
from bot.features.publishing.posts import feature as posts
from bot.features.publishing.program_mass_drafts import feature as program_mass_drafts
from bot.features.publishing.program_post_drafts import feature as program_post_drafts
from bot.features.publishing.proposals import feature as proposals
from bot.features.publishing.safety import feature as safety
from bot.features.publishing.suggestion_media import feature as suggestion_media
from bot.features.publishing.suggestions import feature as suggestions
from bot.features.publishing.uploads import feature as uploads

# In the order in which they are built: each after those that it asks for something, or that bring it
# something. In this order listeners hear of a signal, and checks look at a reply or a proposal.
FEATURES: tuple[Callable[[FeatureContext], Feature], ...] = (
    # operations that others tell things to
    keys.build,
    audit.build,
    problems.build,
    greeting.build,
    live_check.build,
    fanvue_addresses.build,
    # inbox
    notes.build,
    promises.build,
    purchases.build,
    fan_card.build,
    timers.build,
    routing_lists.build,
    routing.build,  # before pings: whose phone rings first is known then
    pings.build,
    fan_status.build,
    profiles.build,
    board.build,
    pricing.build,
    guard.build,
    guard_words.build,
    purchases.build_check,
    approvals.build_lane,
    program_drafts.build_records,
    checks.build,
    approvals.build,
    holding.build,
    scheduled.build,
    claims.build,
    snooze.build,
    message_replies.build,
    thread_archiving.build,
    forum_overflow.build,
    chat_settings.build,
    assistant.build_permission,
    draft_rules.build_rules,
    # publishing
    media.build,
    mass_messages.build,
    campaigns.build,
    posts.build,
    suggestions.build_kind,
    post_management.build,
    links.build,
    safety.build_limits,
    templates.build,  # last of those that look at proposals: fields are filled in before anything else looks
    template_media.build,
    picker.build,
    reply_media.build,
    sent_answers.build,
    proposals.build,
    post_media.build,
    lists.build,
    safety.build,
    suggestions.build,
    suggestion_media.build,
    uploads.build,
    drafts.build,
    post_threads.build,
    # money
    alerts.build,
    ledger.build,
    credit.build,
    goals.build,
    reports.build,
    subscribers.build,
    digests.build,
    # for programs
    api_keys.build,
    creator_context.build,
    # people
    workload.build,
    reviews.build,
    tour.build,
    team.build,
    command_visibility.build,
    pausing.build,
    privacy.build,
    languages.build,
    team_page.build,
    home.build,  # last of those that have something to say
    settings.build,  # last of those that have something to set
    # what reads chats, and tells those above of it
    chats.build,
    history.build,
    assistant.build,
    fan_context.build,
    program_drafts.build,
    program_mass_drafts.build,
    program_post_drafts.build,
    program_template_drafts.build,
    channel_drafts.build,  # after every kind of them
    page_plans.build,
    offboarding.build,  # after all that ends with a member
    draft_rules.build,  # likewise
    program_webhooks.build,
    agent_sign_in.build,
    agent_tools.build,
)


def build_features(ctx: FeatureContext, *given: Feature) -> BuiltFeatures:
    """Every feature of the list, after those that are `given`: a link is what all others speak through."""
    for feature in given:
        ctx.built.add(feature)
    for build in FEATURES:
        ctx.built.add(build(ctx))
    return ctx.built
