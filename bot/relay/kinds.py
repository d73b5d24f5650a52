"""Every kind of effect, and the deed that carries it out."""

from dataclasses import dataclass, field

from bot.relay.bursts import Bursts
from bot.relay.commands import Commands
from bot.relay.covering import Covers
from bot.relay.deeds import Deed
from bot.relay.dispatch import Dispatch
from bot.relay.editing import EditAnswer, EditLine, EditReply
from bot.relay.effects import Effects
from bot.relay.fetching import FetchMessage, ReadMessage
from bot.relay.hiding import HideLine, ShowBlocked
from bot.relay.joining import JOIN, Join, PostOrJoin
from bot.relay.late_edits import KIND as AGAIN
from bot.relay.late_edits import EditAgain, LateEdits
from bot.relay.media_looks import KIND as MEDIA
from bot.relay.media_looks import LookForMedia
from bot.relay.opening import OpenThread, Threads
from bot.relay.ports import Clock, DiscordPort, FanvuePort
from bot.relay.posting import PostAlert, ShowReply
from bot.relay.retry import Waits
from bot.relay.sending import CheckEcho, LookAtChat, SendChat
from bot.relay.striking import KIND as STRIKE
from bot.relay.striking import StrikeLine
from bot.relay.talking import UNHEARD, Refusal, Talking, unheard
from bot.relay.unsending import Unsend
from bot.relay.voices import OnlyOwn, Voices
from storage.database import Database
from storage.records import Millis


@dataclass(frozen=True)
class Parts:
    """What deeds are made of."""

    database: Database
    discord: DiscordPort
    fanvue: FanvuePort
    effects: Effects
    opener: Threads
    covers: Covers
    commands: Commands
    dispatch: Dispatch
    clock: Clock
    waits: Waits
    voices: Voices = field(default_factory=OnlyOwn)
    talks: Talking = UNHEARD
    refused: Refusal = unheard  # told of replies that came to an end
    burst: Millis = 0  # how far apart a fan's texts are that share a post


def deeds(parts: Parts) -> dict[str, Deed]:
    """The table that `Deliveries` looks kinds up in."""
    return {"thread.open": _opening(parts), **_on_discord(parts), **_on_fanvue(parts)}


def _opening(parts: Parts) -> OpenThread:
    return OpenThread(
        database=parts.database,
        discord=parts.discord,
        fanvue=parts.fanvue,
        dispatch=parts.dispatch,
        clock=parts.clock,
        waits=parts.waits,
    )


def _on_discord(parts: Parts) -> dict[str, Deed]:
    database, discord, effects = parts.database, parts.discord, parts.effects
    opener, covers, clock, waits = parts.opener, parts.covers, parts.clock, parts.waits
    late = LateEdits(database=database, effects=effects, clock=clock, waits=waits)
    show = ShowReply(database=database, discord=discord, opener=opener, covers=covers, effects=effects)
    return {
        **_in_bursts(parts, late),
        "post.hidden": HideLine(
            database=database,
            discord=discord,
            opener=opener,
            covers=covers,
            effects=effects,
            clock=clock,
            waits=waits,
        ),
        "line.blocked": ShowBlocked(
            database=database, discord=discord, covers=covers, clock=clock, waits=waits, late=late
        ),
        "fan.fetch": FetchMessage(
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
        "reply.edit": EditReply(database=database, discord=discord, show=show, covers=covers, late=late),
        "alert": PostAlert(database=database, discord=discord, clock=clock, waits=waits),
        "answer": EditAnswer(
            database=database, discord=discord, commands=parts.commands, clock=clock, waits=waits, late=late
        ),
        AGAIN: EditAgain(effects=effects),
    }


def _in_bursts(parts: Parts, late: LateEdits) -> dict[str, Deed]:
    """Lines that may share a post with others."""
    database, discord, covers = parts.database, parts.discord, parts.covers
    opener, effects, clock = parts.opener, parts.effects, parts.clock
    bursts = Bursts(database=database, effects=effects, covers=covers, clock=clock, window=parts.burst)
    return {
        "post": PostOrJoin(database=database, discord=discord, opener=opener, covers=covers, bursts=bursts),
        JOIN: Join(
            database=database,
            discord=discord,
            opener=opener,
            covers=covers,
            bursts=bursts,
            late=late,
        ),
        "line.edit": EditLine(database=database, discord=discord, covers=covers, bursts=bursts, late=late),
        STRIKE: StrikeLine(
            database=database, discord=discord, covers=covers, bursts=bursts, late=late, effects=effects
        ),
    }


def _on_fanvue(parts: Parts) -> dict[str, Deed]:
    database, fanvue, effects = parts.database, parts.fanvue, parts.effects
    clock, waits, voices, talks = parts.clock, parts.waits, parts.voices, parts.talks
    return {
        "chat.send": SendChat(
            database=database,
            fanvue=fanvue,
            effects=effects,
            voices=voices,
            talks=talks,
            refused=parts.refused,
        ),
        "chat.unsend": Unsend(fanvue=fanvue, effects=effects, clock=clock, voices=voices),
        "chat.look": LookAtChat(fanvue=fanvue, effects=effects, clock=clock),
        MEDIA: LookForMedia(database=database, fanvue=fanvue, effects=effects, clock=clock, waits=waits),
        "fan.read": ReadMessage(fanvue=fanvue, effects=effects),
        "echo.check": CheckEcho(
            database=database,
            fanvue=fanvue,
            effects=effects,
            clock=clock,
            waits=waits,
            talks=talks,
        ),
    }
