"""Builds the relay: what decides the facts, and what carries the effects out."""

from collections.abc import Callable

from bot.alerts.wording import announce
from bot.core import Core
from bot.fanvue.payloads import VOCABULARY, understand
from bot.features import Features
from bot.guild.adults import Adults
from bot.guild.client import BridgeBot
from bot.guild.removing import TakingThreads
from bot.linked import Linked
from bot.relay.alerting import Telling
from bot.relay.covering import Covers, Restricted, always
from bot.relay.delivery import Deliveries
from bot.relay.events import Event
from bot.relay.facts import Facts, Shown
from bot.relay.inbound import Inbound
from bot.relay.kinds import Parts, deeds
from bot.relay.opening import Begins, Threads
from bot.relay.second import SecondSource
from bot.roles import Role, Roles
from storage.database import Transaction
from storage.records import Effect

_ASKED_SECONDS = 2.0


def facts_of(core: Core, found: SecondSource, begins: Begins, shown: Shown, telling: Telling) -> Facts:
    """Decides what happened, as Fanvue told it or the second source found it.

    `begins`: as in `Threads`. `shown`: told of each fact, before the cards are.
    `telling`: who is told of what is an alert.
    """

    async def on_cards(tx: Transaction, event: Event) -> None:
        await shown(tx, event)
        await core.cards.happened(tx, event)

    return Facts(
        database=core.database,
        sealer=core.sealer,
        dispatch=core.dispatch,
        inbound=Inbound(
            effects=core.effects,
            opener=Threads(effects=core.effects, begins=begins),
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


def deliveries_of(core: Core, bot: BridgeBot, links: Linked, features: Features) -> Deliveries:
    """Carries out every kind of effect: the relay's own, and the features'."""
    discord: TakingThreads = core.points.around("discord", bot.discord)
    restricted = _restricted(core, bot)
    parts = Parts(
        database=core.database,
        discord=discord,
        fanvue=features.side.chats,
        effects=core.effects,
        opener=Threads(effects=core.effects),
        covers=Covers(core.database, restricted=restricted),
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


def _restricted(core: Core, bot: BridgeBot) -> Restricted:
    if core.settings.text_without_age_restriction:
        return always
    return Adults(
        bot, lasts=asked_anew(core.together.roles, core.settings.discord_shards) / core.divisor
    ).restricted


def asked_anew(roles: Roles, shards: int) -> float:
    """For how many seconds an answer of Discord's holds, or there would be a call for each line.

    None of it where the session of this process tells of every server.
    """
    return 0.0 if Role.GATEWAY in roles and shards == 1 else _ASKED_SECONDS


def _watch(core: Core, features: Features) -> Callable[[Effect, str], None]:
    def watch(effect: Effect, how: str) -> None:
        core.metrics.effect(effect.kind, how)
        if effect.kind in ("post", "post.join") and how == "done":
            core.metrics.relayed((core.clock.now() - effect.created_at) / 1000)
        core.metrics.streams_waiting(core.dispatch.waiting)
        features.care.desk.noticed(effect, how)

    return watch
