"""Every kind of effect, and the deed that carries it out."""

from dataclasses import dataclass

from bot.relay.commands import Commands
from bot.relay.deeds import Deed
from bot.relay.dispatch import Dispatch
from bot.relay.editing import EditAnswer, EditLine, EditReply
from bot.relay.effects import Effects
from bot.relay.fetching import FetchMessage, LookForMedia, ReadMessage
from bot.relay.hiding import HideLine, ShowBlocked
from bot.relay.opening import OpenThread, Threads
from bot.relay.ports import Clock, DiscordPort, FanvuePort
from bot.relay.posting import PostAlert, PostLine, ShowReply
from bot.relay.retry import Waits
from bot.relay.sending import CheckEcho, LookAtChat, SendChat
from bot.relay.unsending import Unsend
from storage.database import Database


@dataclass(frozen=True)
class Parts:
    """What deeds are made of."""

    database: Database
    discord: DiscordPort
    fanvue: FanvuePort
    effects: Effects
    opener: Threads
    commands: Commands
    dispatch: Dispatch
    clock: Clock
    waits: Waits


def deeds(parts: Parts) -> dict[str, Deed]:
    """The table that `Deliveries` looks kinds up in."""
    database, discord, fanvue, effects = parts.database, parts.discord, parts.fanvue, parts.effects
    opener, clock, waits = parts.opener, parts.clock, parts.waits
    show = ShowReply(database=database, discord=discord, opener=opener, effects=effects)
    return {
        "thread.open": OpenThread(
            database=database,
            discord=discord,
            fanvue=fanvue,
            dispatch=parts.dispatch,
            clock=clock,
            waits=waits,
        ),
        "post": PostLine(database=database, discord=discord, opener=opener),
        "post.hidden": HideLine(
            database=database, discord=discord, opener=opener, effects=effects, clock=clock, waits=waits
        ),
        "line.blocked": ShowBlocked(database=database, discord=discord, clock=clock, waits=waits),
        "fan.fetch": FetchMessage(
            database=database,
            discord=discord,
            opener=opener,
            fanvue=fanvue,
            effects=effects,
            clock=clock,
            waits=waits,
        ),
        "reply.post": show,
        "reply.edit": EditReply(
            database=database, discord=discord, show=show, effects=effects, clock=clock, waits=waits
        ),
        "alert": PostAlert(database=database, discord=discord, clock=clock, waits=waits),
        "answer": EditAnswer(
            database=database, discord=discord, commands=parts.commands, clock=clock, waits=waits
        ),
        "chat.send": SendChat(database=database, fanvue=fanvue, effects=effects),
        "chat.unsend": Unsend(fanvue=fanvue, effects=effects, clock=clock),
        "chat.look": LookAtChat(fanvue=fanvue, effects=effects, clock=clock),
        "media.look": LookForMedia(fanvue=fanvue, effects=effects),
        "line.edit": EditLine(database=database, discord=discord),
        "fan.read": ReadMessage(fanvue=fanvue, effects=effects),
        "echo.check": CheckEcho(database=database, fanvue=fanvue, effects=effects, clock=clock, waits=waits),
    }
