"""Handlers of a message in the alerts channel that calls somebody, and its end."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.outbox import EffectRequest
from bot.engine.streams import pings_stream
from bot.model.discord_ports import MessageRemovalPort
from bot.model.errors import TryLater
from bot.model.language import english, msgid
from bot.model.ports import DiscordPort, Post
from bot.relay.context import Context
from bot.relay.ping_recipients import PingRecipients
from bot.relay.posted_places import place_of
from bot.text.quiet_hours import quiet_for
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.inbox import forums, timers
from storage.money import digests
from storage.operations import attention
from storage.records import CreatorId, DiscordId, Effect, EffectId, FanId, Millis, Stream

GONE = "ping.gone"


class PingPort(Protocol):
    """A Discord on which a message can notify people."""

    async def call(
        self,
        channel: DiscordId,
        post: Post,
        *,
        members: Sequence[DiscordId],
        roles: Sequence[DiscordId],
        nonce: str,
    ) -> DiscordId:
        """Post one message that notifies these and nobody else; the nonce as in `DiscordPort.post`."""


@dataclass(frozen=True)
class PingSituation:
    """The situation as a message is about to be posted."""

    whom: PingRecipients
    post: Post
    silent: bool = False  # it is shown, and notifies nobody


@dataclass(frozen=True)
class PingNotNeeded:
    """Nobody needs to be called any more."""

    why: str


class AlertPingHandler(EffectHandler):
    """Call somebody, if it still needs to be. One of unclear fate is looked for before it is given up."""

    settling = SettlingMethod.NONCE

    def __init__(self, ctx: Context, *, discord: DiscordPort, calling: PingPort) -> None:
        self._ctx = ctx
        self._discord = discord
        self._calling = calling

    async def scene(self, tx: Transaction, effect: Effect, body: Body) -> PingSituation | PingNotNeeded:
        """Its subject, as it stands now."""
        raise NotImplementedError

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it. Whom it calls, and whether it is quiet, is looked up now."""
        channel, quiet, scene = await self._ctx.database.read(lambda tx: self._all(tx, effect, body))
        if isinstance(scene, PingNotNeeded):
            found = await self.look(effect, body) if effect.attempts else None
            return found or Moot(scene.why)
        if channel is None:
            raise TryLater(msgid("There is no alerts channel yet: run /setup."), paused=True)
        if quiet:
            raise TryLater(msgid("These are the quiet hours."), after=quiet / 1000)
        if not scene.whom:
            return Moot(msgid("There is nobody to ping."))
        whom = PingRecipients() if scene.silent else scene.whom
        made = await self._calling.call(
            channel, scene.post, members=whom.members, roles=whom.roles, nonce=effect.nonce
        )
        return Done(f"{channel}:{made}")

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the channel for the button that carries this effect's id."""
        channel = await self._ctx.database.read(lambda tx: _alerts(tx, effect.creator))
        if channel is None:
            return None
        posted = await self._discord.find_post(channel, effect.id, since=effect.since)
        return None if posted is None else Done(f"{channel}:{posted}")

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The channel was deleted: it waits until a person has run /setup again."""
        await attention.ask(
            tx, effect.id, english("The alerts channel is gone: run /setup to create a new one.")
        )
        return self._ctx.clock.now() + self._ctx.waits.paused

    async def _all(
        self, tx: Transaction, effect: Effect, body: Body
    ) -> tuple[DiscordId | None, Millis, PingSituation | PingNotNeeded]:
        quiet = await quiet_now(tx, effect.creator, self._ctx.clock.now())
        return await _alerts(tx, effect.creator), quiet, await self.scene(tx, effect, body)


class RemovePingHandler(EffectHandler):
    """Take a ping away. It comes behind the ping in its stream, so that what became of that one is known."""

    on_server = False

    def __init__(self, *, database: Database, discord: MessageRemovalPort) -> None:
        self._database = database
        self._discord = discord

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Delete the message; fine when somebody did already."""
        posted = await self._database.read(lambda tx: outbox.get(tx, EffectId(body["ping"])))
        if posted is None or posted.external_id is None:
            return Moot(english("Not posted."))
        await self._discord.delete_message(*place_of(posted.external_id))
        return Done()


def taken_away(creator: CreatorId, fan: FanId, ping: EffectId, stream: Stream | None = None) -> EffectRequest:
    """The effect that takes away a ping about a fan; `stream`: of the ping, where it is not a timer's."""
    return EffectRequest(
        network="discord",
        kind=GONE,
        stream=stream or pings_stream(creator, fan),
        creator=creator,
        fan=fan,
        cause=ping,
        part="gone",
        body={"ping": ping},
    )


async def quiet_now(tx: Transaction, creator: CreatorId, now: Millis) -> Millis:
    """The quiet time left for a creator's team, without pings; 0: it is not quiet."""
    held = await timers.get(tx, creator)
    zone = zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)
    return quiet_for(held, now, zone) if held is not None else 0


async def _alerts(tx: Transaction, creator: CreatorId) -> DiscordId | None:
    forum = await forums.of_creator(tx, creator)
    return forum.alerts if forum is not None else None
