"""Every kind of effect, and the handler that carries it out."""

from dataclasses import dataclass, field

from bot.engine.commands import Commands
from bot.engine.conversation_port import UNHEARD, ConversationPort, Refusal, unheard
from bot.engine.dispatch import Dispatch
from bot.engine.effect_handler import EffectHandler
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.model.acting_account import ActingAccountChooser, OwnAccountOnly
from bot.model.ports import Clock, DiscordPort, FanvuePort
from bot.relay.automod_blocked import HideLineHandler, ShowBlockedHandler
from bot.relay.bursts import Bursts
from bot.relay.deleted_messages import KIND as STRIKE
from bot.relay.deleted_messages import StrikeLineHandler
from bot.relay.edit_effects import EditAnswerHandler, EditLineHandler, EditReplyHandler
from bot.relay.fetch_effects import FetchMessageHandler, ReadMessageHandler
from bot.relay.join_effects import JOIN, JoinHandler, PostOrJoinHandler
from bot.relay.late_edits import KIND as AGAIN
from bot.relay.late_edits import EditAgainHandler, LateEdits
from bot.relay.media_lookup import KIND as MEDIA
from bot.relay.media_lookup import LookForMediaHandler
from bot.relay.post_effects import PostAlertHandler, ShowReplyHandler
from bot.relay.redaction import LineRedactor
from bot.relay.send_effects import CheckEchoHandler, LookAtChatHandler, SendChatHandler
from bot.relay.threads import Begins, OpenThreadHandler, ThreadOpener, nothing_after
from bot.relay.unsend_effects import UnsendHandler
from storage.database import Database
from storage.records import Millis


@dataclass(frozen=True)
class HandlerParts:
    """The parts of handlers."""

    database: Database
    discord: DiscordPort
    fanvue: FanvuePort
    effects: Effects
    opener: ThreadOpener
    covers: LineRedactor
    commands: Commands
    dispatch: Dispatch
    clock: Clock
    waits: RetryWaits
    voices: ActingAccountChooser = field(default_factory=OwnAccountOnly)
    talks: ConversationPort = UNHEARD
    refused: Refusal = unheard  # told of replies that came to an end
    opened: Begins = nothing_after
    burst: Millis = 0  # how far apart a fan's texts are that share a post


def relay_handlers(parts: HandlerParts) -> dict[str, EffectHandler]:
    """The table that `Deliveries` looks kinds up in."""
    return {"thread.open": _opening(parts), **_on_discord(parts), **_on_fanvue(parts)}


def _opening(parts: HandlerParts) -> OpenThreadHandler:
    return OpenThreadHandler(
        database=parts.database,
        discord=parts.discord,
        fanvue=parts.fanvue,
        dispatch=parts.dispatch,
        clock=parts.clock,
        waits=parts.waits,
        opened=parts.opened,
    )


def _on_discord(parts: HandlerParts) -> dict[str, EffectHandler]:
    database, discord, effects = parts.database, parts.discord, parts.effects
    opener, covers, clock, waits = parts.opener, parts.covers, parts.clock, parts.waits
    late = LateEdits(database=database, effects=effects, clock=clock, waits=waits)
    show = ShowReplyHandler(database=database, discord=discord, opener=opener, covers=covers, effects=effects)
    return {
        **_in_bursts(parts, late),
        "post.hidden": HideLineHandler(
            database=database,
            discord=discord,
            opener=opener,
            covers=covers,
            effects=effects,
            clock=clock,
            waits=waits,
        ),
        "line.blocked": ShowBlockedHandler(
            database=database, discord=discord, covers=covers, clock=clock, waits=waits, late=late
        ),
        "fan.fetch": FetchMessageHandler(
            database=database,
            discord=discord,
            opener=opener,
            covers=covers,
            fanvue=parts.fanvue,
            effects=effects,
            clock=clock,
            waits=waits,
        ),
        "reply.post": show,
        "reply.edit": EditReplyHandler(
            database=database, discord=discord, show=show, covers=covers, late=late
        ),
        "alert": PostAlertHandler(database=database, discord=discord, clock=clock, waits=waits),
        "answer": EditAnswerHandler(
            database=database, discord=discord, commands=parts.commands, clock=clock, waits=waits, late=late
        ),
        AGAIN: EditAgainHandler(effects=effects),
    }


def _in_bursts(parts: HandlerParts, late: LateEdits) -> dict[str, EffectHandler]:
    """Lines that may share a post with others."""
    database, discord, covers = parts.database, parts.discord, parts.covers
    opener, effects, clock = parts.opener, parts.effects, parts.clock
    bursts = Bursts(database=database, effects=effects, covers=covers, clock=clock, window=parts.burst)
    return {
        "post": PostOrJoinHandler(
            database=database, discord=discord, opener=opener, covers=covers, bursts=bursts
        ),
        JOIN: JoinHandler(
            database=database,
            discord=discord,
            opener=opener,
            covers=covers,
            bursts=bursts,
            late=late,
        ),
        "line.edit": EditLineHandler(
            database=database, discord=discord, covers=covers, bursts=bursts, late=late
        ),
        STRIKE: StrikeLineHandler(
            database=database, discord=discord, covers=covers, bursts=bursts, late=late, effects=effects
        ),
    }


def _on_fanvue(parts: HandlerParts) -> dict[str, EffectHandler]:
    database, fanvue, effects = parts.database, parts.fanvue, parts.effects
    clock, waits, voices, talks = parts.clock, parts.waits, parts.voices, parts.talks
    return {
        "chat.send": SendChatHandler(
            database=database,
            fanvue=fanvue,
            effects=effects,
            voices=voices,
            talks=talks,
            refused=parts.refused,
        ),
        "chat.unsend": UnsendHandler(fanvue=fanvue, effects=effects, clock=clock, voices=voices),
        "chat.look": LookAtChatHandler(fanvue=fanvue, effects=effects, clock=clock),
        MEDIA: LookForMediaHandler(
            database=database, fanvue=fanvue, effects=effects, clock=clock, waits=waits
        ),
        "fan.read": ReadMessageHandler(fanvue=fanvue, effects=effects),
        "echo.check": CheckEchoHandler(
            database=database,
            fanvue=fanvue,
            effects=effects,
            clock=clock,
            waits=waits,
            talks=talks,
        ),
    }
