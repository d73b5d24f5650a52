"""Builds the relay: deciding the facts, and carrying the effects out."""

from collections.abc import Callable

from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.discord.age_restriction import AgeRestriction
from bot.discord.client import BridgeBot
from bot.discord.mention_posts import MentionPoster
from bot.discord.private_messages import PrivateMessages
from bot.discord.thread_removal import DiscordThreadRemover
from bot.engine.delivery import Deliveries
from bot.engine.process_roles import ProcessRole, ProcessRoles
from bot.fanvue.payloads import VOCABULARY, understand
from bot.fanvue.read_room import ReadRoom
from bot.features.contract import BuiltFeatures
from bot.features.discord_ports import DiscordPorts
from bot.features.inbox.purchases.chat_observer import ObservedChats
from bot.features.operations.alerts.announcement_texts import announce
from bot.features.operations.alerts.feature import AlertsFeature
from bot.features.operations.problems.feature import ProblemsFeature
from bot.features.signals import FACT_DECIDED, REPLY_ENDED, THREAD_OPENED, THREAD_WANTED
from bot.relay.handlers import HandlerParts, relay_handlers
from bot.relay.inbound_events import InboundDecider
from bot.relay.inbox_processor import InboxProcessor
from bot.relay.reconciliation import Reconciliation
from bot.relay.redaction import FAN_LINE_BUTTONS, LineRedactor, Restricted, always
from bot.relay.threads import ThreadOpener
from storage.records import Effect

_ASKED_SECONDS = 2.0


def facts_of(core: AppContext, features: BuiltFeatures) -> InboxProcessor:
    """Decides what happened, as Fanvue told it or the second source found it."""
    found, tell = features.get(Reconciliation), core.listeners.telling
    return InboxProcessor(
        core,
        inbound=InboundDecider(
            core,
            opener=ThreadOpener(effects=core.effects, begins=tell(THREAD_WANTED)),
            announce=announce,
            late=core.waits.late,
            gather=core.waits.gather,
            talks=core.talks,
            telling=features.get(AlertsFeature).telling,
        ),
        read=understand,
        ids=core.effects.ids,
        pseudonyms=core.effects.trail.pseudonyms,
        catching_up=found.catching_up,
        recall=found.recall,
        vocabulary=VOCABULARY,
        shown=tell(FACT_DECIDED),
        tracing=core.tracing,
    )


def ports_of(core: AppContext, bot: BridgeBot, connected: Callable[[], bool]) -> DiscordPorts:
    """The ports that write on Discord, as crash points see them."""
    discord: DiscordThreadRemover = core.points.around("discord", bot.discord)
    return DiscordPorts(
        discord=discord,
        direct=bot.direct,
        private=PrivateMessages(bot.direct, discord),
        calling=core.points.around("pings", MentionPoster(bot.direct)),
        restricted=_restricted(core, bot),
        bot=bot,
        connected=connected,
    )


def deliveries_of(
    core: AppContext, ports: DiscordPorts, links: LinkedAccounts, features: BuiltFeatures
) -> Deliveries:
    """Carries out every kind of effect: the relay's own, and the features'."""
    parts = HandlerParts(
        core,
        discord=ports.discord,
        fanvue=features.get(ObservedChats),
        opener=ThreadOpener(effects=core.effects),
        covers=LineRedactor(restricted=ports.restricted, offers=features.brought(FAN_LINE_BUTTONS, "lines")),
        voices=links.agency.choosing,
        refused=core.listeners.telling(REPLY_ENDED),
        opened=core.listeners.telling(THREAD_OPENED),
        burst=core.settings.burst_seconds * 1000,
    )
    return Deliveries(
        database=core.database,
        effects=core.effects,
        handlers=core.points.around_each("deed", {**relay_handlers(parts), **features.handlers(ports)}),
        clock=core.clock,
        waits=core.waits,
        rng=core.rng,
        watch=_watch(core, features.get(ProblemsFeature)),
        hint=core.dispatch.hint,
        free=core.dispatch.is_free,
        crew=core.together.crew,
        tracing=core.tracing,
        room=features.get(ReadRoom).of,
    )


def _restricted(core: AppContext, bot: BridgeBot) -> Restricted:
    if core.settings.text_without_age_restriction:
        return always
    return AgeRestriction(
        bot, lasts=asked_anew(core.together.roles, core.settings.discord_shards) / core.divisor
    ).restricted


def asked_anew(roles: ProcessRoles, shards: int) -> float:
    """For how many seconds an answer of Discord's holds, or there would be a call for each line.

    None of it where the session of this process tells of every server.
    """
    return 0.0 if ProcessRole.GATEWAY in roles and shards == 1 else _ASKED_SECONDS


def _watch(core: AppContext, problems: ProblemsFeature) -> Callable[[Effect, str], None]:
    def watch(effect: Effect, how: str) -> None:
        core.metrics.effect(effect.kind, how)
        core.tracing.ended(how)
        if effect.kind in ("post", "post.join") and how == "done":
            core.metrics.relayed((core.clock.now() - effect.created_at) / 1000)
        core.metrics.streams_waiting(core.dispatch.waiting)
        problems.noticed(effect, how)

    return watch
