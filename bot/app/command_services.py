"""Puts together what commands and buttons call, and what the bot itself asks."""

import time

from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.app.context import AppContext
from bot.app.refusals import REFUSALS
from bot.discord.command_quota import CommandQuota
from bot.discord.context import BotContext
from bot.discord.services import Services
from bot.engine.denials import DenialRecorder
from bot.engine.guild_routing import GuildRoutingGuard
from bot.fanvue.hooks import EVENTS
from bot.features.contract import BuiltFeatures
from bot.features.inbox.message_replies.feature import MessageRepliesFeature
from bot.features.operations.problems.feature import ProblemsFeature
from bot.features.people.languages.service import LanguageService
from bot.relay.automod_blocked import BlockedLines
from bot.relay.forum_places import ForumPlaces
from bot.relay.live_event_status import LiveEventStatus


def services_of(core: AppContext, features: BuiltFeatures) -> Services:
    """The services that commands and buttons call: of every feature, and those that all commands need."""
    services, database = Services(), core.database
    own = (
        Access(database),
        ActionSubjectFinder(database),
        BlockedLines(core),
        LiveEventStatus(database, EVENTS),
        _places(core),
        core.points.around("command", core.commands),
    )
    for one in (*own, *features.services()):
        services.put(one.__class__, one)
    return services


def bot_context(core: AppContext, features: BuiltFeatures) -> BotContext:
    """The questions and news of the bot itself."""
    typed = features.get(MessageRepliesFeature)
    return BotContext(
        hearing=typed.hearing,
        catching=typed.catching,
        noticing=features.get(ProblemsFeature).noticing,
        denied=DenialRecorder(database=core.database, trail=core.effects.trail, clock=core.clock).note,
        unserved=core.serving.refuses,
        elsewhere=GuildRoutingGuard(database=core.database, serving=core.serving).refusal,
        spend=_quota(core).spend,
        language=features.get(LanguageService).of_member,
        sure=_alone if core.together.seat is None else core.together.seat.sure,
        scopes=core.settings.fanvue_scopes,
        refusals=REFUSALS,
    )


def _quota(core: AppContext) -> CommandQuota:
    settings = core.settings
    return CommandQuota(settings.commands_per_minute * settings.window_divisor, time.monotonic)


async def _alone() -> None:
    """Nobody else can have the session with Discord."""


def _places(core: AppContext) -> ForumPlaces:
    return ForumPlaces(core)
