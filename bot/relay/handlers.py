"""Every kind of effect, and the handler that carries it out."""

from dataclasses import dataclass, field

from bot.engine.conversation_port import Refusal, unheard
from bot.engine.effect_handler import EffectHandler
from bot.model.acting_account import ActingAccountChooser, OwnAccountOnly
from bot.model.ports import DiscordPort, FanvuePort
from bot.relay.automod_blocked import HideLineHandler, ShowBlockedHandler
from bot.relay.bursts import Bursts
from bot.relay.context import Context
from bot.relay.deleted_messages import KIND as STRIKE
from bot.relay.deleted_messages import StrikeLineHandler
from bot.relay.edit_effects import EditAnswerHandler, EditLineHandler, EditReplyHandler
from bot.relay.fetch_effects import FetchMessageHandler, ReadMessageHandler
from bot.relay.join_effects import JOIN, JoinHandler, PostOrJoinHandler
from bot.relay.late_edits import KIND as AGAIN
from bot.relay.late_edits import EditAgainHandler
from bot.relay.media_lookup import KIND as MEDIA
from bot.relay.media_lookup import LookForMediaHandler
from bot.relay.post_effects import PostAlertHandler, ShowReplyHandler
from bot.relay.redaction import LineRedactor
from bot.relay.send_effects import CheckEchoHandler, LookAtChatHandler, SendChatHandler
from bot.relay.threads import Begins, OpenThreadHandler, ThreadOpener, nothing_after
from bot.relay.unsend_effects import UnsendHandler
from storage.records import Millis


@dataclass(frozen=True)
class HandlerParts:
    """The parts of handlers."""

    ctx: Context
    discord: DiscordPort
    fanvue: FanvuePort
    opener: ThreadOpener
    covers: LineRedactor
    voices: ActingAccountChooser = field(default_factory=OwnAccountOnly)
    refused: Refusal = unheard  # told of replies that came to an end
    opened: Begins = nothing_after
    burst: Millis = 0  # how far apart a fan's texts are that share a post


def relay_handlers(parts: HandlerParts) -> dict[str, EffectHandler]:
    """The table that `Deliveries` looks kinds up in."""
    return {"thread.open": _opening(parts), **_on_discord(parts), **_on_fanvue(parts)}


def _opening(parts: HandlerParts) -> OpenThreadHandler:
    return OpenThreadHandler(parts.ctx, discord=parts.discord, fanvue=parts.fanvue, opened=parts.opened)


def _on_discord(parts: HandlerParts) -> dict[str, EffectHandler]:
    discord, opener, covers = parts.discord, parts.opener, parts.covers
    return {
        **_in_bursts(parts),
        "post.hidden": HideLineHandler(parts.ctx, discord=discord, opener=opener, covers=covers),
        "line.blocked": ShowBlockedHandler(parts.ctx, discord=discord, covers=covers),
        "fan.fetch": FetchMessageHandler(
            parts.ctx, discord=discord, opener=opener, covers=covers, fanvue=parts.fanvue
        ),
        "reply.post": ShowReplyHandler(parts.ctx, discord=discord, opener=opener, covers=covers),
        "reply.edit": EditReplyHandler(parts.ctx, discord=discord, covers=covers),
        "alert": PostAlertHandler(parts.ctx, discord=discord),
        "answer": EditAnswerHandler(parts.ctx, discord=discord),
        AGAIN: EditAgainHandler(effects=parts.ctx.effects),
    }


def _in_bursts(parts: HandlerParts) -> dict[str, EffectHandler]:
    """Lines that may share a post with others."""
    ctx, discord, opener, covers = parts.ctx, parts.discord, parts.opener, parts.covers
    bursts = Bursts(ctx, covers=covers, window=parts.burst)
    return {
        "post": PostOrJoinHandler(ctx, discord=discord, opener=opener, covers=covers, bursts=bursts),
        JOIN: JoinHandler(ctx, discord=discord, opener=opener, covers=covers, bursts=bursts),
        "line.edit": EditLineHandler(ctx, discord=discord, covers=covers, bursts=bursts),
        STRIKE: StrikeLineHandler(ctx, discord=discord, covers=covers, bursts=bursts),
    }


def _on_fanvue(parts: HandlerParts) -> dict[str, EffectHandler]:
    fanvue, effects = parts.fanvue, parts.ctx.effects
    voices = parts.voices
    return {
        "chat.send": SendChatHandler(parts.ctx, fanvue=fanvue, voices=voices, refused=parts.refused),
        "chat.unsend": UnsendHandler(parts.ctx, fanvue=fanvue, voices=voices),
        "chat.look": LookAtChatHandler(parts.ctx, fanvue=fanvue),
        MEDIA: LookForMediaHandler(parts.ctx, fanvue=fanvue),
        "fan.read": ReadMessageHandler(fanvue=fanvue, effects=effects),
        "echo.check": CheckEchoHandler(parts.ctx, fanvue=fanvue),
    }
