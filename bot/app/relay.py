"""Builds the relay: what decides the facts, and what carries the effects out."""

from collections.abc import Callable

from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.feature_groups import FeatureGroups
from bot.discord.age_restriction import AgeRestriction
from bot.discord.client import BridgeBot
from bot.discord.thread_removal import DiscordThreadRemover
from bot.engine.delivery import Deliveries
from bot.engine.process_roles import ProcessRole, ProcessRoles
from bot.fanvue.payloads import VOCABULARY, understand
from bot.features.operations.alerts.announcement_texts import announce
from bot.model.events import Event
from bot.relay.alerts import AlertRouter
from bot.relay.handlers import HandlerParts, deeds
from bot.relay.inbound_events import InboundDecider
from bot.relay.inbox_processor import InboxProcessor, Shown
from bot.relay.reconciliation import Reconciliation
from bot.relay.redaction import LineRedactor, Restricted, always
from bot.relay.threads import Begins, ThreadOpener
from storage.database import Transaction
from storage.records import Effect

_ASKED_SECONDS = 2.0


def facts_of(
    core: AppContext, found: Reconciliation, begins: Begins, shown: Shown, telling: AlertRouter
) -> InboxProcessor:
    """Decides what happened, as Fanvue told it or the second source found it.

    `begins`: as in `ThreadOpener`. `shown`: told of each fact, before the cards are.
    `telling`: who is told of what is an alert.
    """

    async def on_cards(tx: Transaction, event: Event) -> None:
        await shown(tx, event)
        await core.cards.happened(tx, event)

    return InboxProcessor(
        database=core.database,
        sealer=core.sealer,
        dispatch=core.dispatch,
        inbound=InboundDecider(
            effects=core.effects,
            opener=ThreadOpener(effects=core.effects, begins=begins),
            announce=announce,
            clock=core.clock,
            late=core.waits.late,
            gather=core.waits.gather,
            talks=core.talks,
            telling=telling,
        ),
        read=understand,
        clock=core.clock,
        ids=core.effects.ids,
        pseudonyms=core.effects.trail.pseudonyms,
        catching_up=found.catching_up,
        recall=found.recall,
        vocabulary=VOCABULARY,
        shown=on_cards,
    )


def deliveries_of(
    core: AppContext, bot: BridgeBot, links: LinkedAccounts, features: FeatureGroups
) -> Deliveries:
    """Carries out every kind of effect: the relay's own, and the features'."""
    discord: DiscordThreadRemover = core.points.around("discord", bot.discord)
    restricted = _restricted(core, bot)
    parts = HandlerParts(
        database=core.database,
        discord=discord,
        fanvue=features.side.chats,
        effects=core.effects,
        opener=ThreadOpener(effects=core.effects),
        covers=LineRedactor(core.database, restricted=restricted),
        commands=core.commands,
        dispatch=core.dispatch,
        clock=core.clock,
        waits=core.waits,
        voices=links.agency.choosing,
        talks=core.talks,
        refused=features.fans.standing.standings.refused,
        burst=core.settings.burst_seconds * 1000,
    )
    table = {
        **deeds(parts),
        **features.deeds(core, discord, bot.direct),
        **features.sending.postcards.deeds(discord, restricted),
    }
    return Deliveries(
        database=core.database,
        effects=core.effects,
        deeds=core.points.around_each("deed", table),
        clock=core.clock,
        waits=core.waits,
        rng=core.rng,
        watch=_watch(core, features),
        hint=core.dispatch.hint,
        crew=core.together.crew,
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


def _watch(core: AppContext, features: FeatureGroups) -> Callable[[Effect, str], None]:
    def watch(effect: Effect, how: str) -> None:
        core.metrics.effect(effect.kind, how)
        if effect.kind in ("post", "post.join") and how == "done":
            core.metrics.relayed((core.clock.now() - effect.created_at) / 1000)
        core.metrics.streams_waiting(core.dispatch.waiting)
        features.care.desk.noticed(effect, how)

    return watch
