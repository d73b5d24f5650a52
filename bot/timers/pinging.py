"""The deeds of a ping: one message that calls somebody, and its end."""
# ruff: noqa: ARG002 -- every deed answers the same questions, needed or not

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.relay.deeds import Body, Deed, Done, Moot, Outcome, Settling, fan_of
from bot.relay.errors import TryLater
from bot.relay.ports import Clock, DiscordPort, Post
from bot.relay.posting import place_of
from bot.relay.render import person_label
from bot.relay.retry import Waits
from bot.relay.zones import DEFAULT_ZONE, zone_of
from bot.timers import wording
from bot.timers.calling import Called, Step, called
from bot.timers.quiet import quiet_for
from storage import attention, digests, fans, forums, outbox, talks, timers
from storage.database import Database, Transaction
from storage.records import DiscordId, Effect, EffectId, Millis

GONE = "ping.gone"
_OVER = "The fan does not wait in sight any more."
_NOBODY = "There is nobody to ping."
_NO_CHANNEL = "There is no alerts channel yet: run /setup."
_QUIET = "These are the quiet hours."


class CallingPort(Protocol):
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


class TakingPort(DiscordPort, Protocol):
    """A Discord on which a message can also be taken away."""

    async def delete_message(self, channel: DiscordId, message: DiscordId) -> None:
        """Delete one message of the bot's; fine when it is gone already."""


@dataclass(frozen=True)
class _Scene:
    """How things stand as a ping is about to be posted."""

    channel: DiscordId | None
    waits: bool  # in sight, and since then
    quiet: Millis  # for how much longer
    whom: Called
    post: Post


class Ping(Deed):
    """Call somebody, if the fan still waits. One of unclear fate is looked for before it is given up."""

    settling = Settling.NONCE

    def __init__(
        self, *, database: Database, discord: DiscordPort, calling: CallingPort, clock: Clock, waits: Waits
    ) -> None:
        self._database = database
        self._discord = discord
        self._calling = calling
        self._clock = clock
        self._waits = waits

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it. Whom it calls, and whether it is quiet, is looked up now."""
        scene = await self._database.read(lambda tx: self._scene(tx, effect, body))
        if scene.channel is None:
            raise TryLater(_NO_CHANNEL, paused=True)
        if not scene.waits:
            found = await self.look(effect, body) if effect.attempts else None
            return found or Moot(_OVER)
        if scene.quiet:
            raise TryLater(_QUIET, after=scene.quiet / 1000)
        if not scene.whom:
            return Moot(_NOBODY)
        made = await self._calling.call(
            scene.channel,
            scene.post,
            members=scene.whom.members,
            roles=scene.whom.roles,
            nonce=effect.nonce,
        )
        return Done(f"{scene.channel}:{made}")

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the channel for the button that carries this effect's id."""
        channel = (await self._database.read(lambda tx: self._scene(tx, effect, body))).channel
        if channel is None:
            return None
        posted = await self._discord.find_post(channel, effect.id, since=effect.since)
        return None if posted is None else Done(f"{channel}:{posted}")

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The channel was deleted: it waits until a person has run /setup again."""
        await attention.ask(tx, effect.id, "The alerts channel is gone: run /setup to make another one.")
        return self._clock.now() + self._waits.paused

    async def _scene(self, tx: Transaction, effect: Effect, body: Body) -> _Scene:
        fan, creator, now, step = fan_of(effect), effect.creator, self._clock.now(), Step(effect.part)
        forum, talk = await forums.of_creator(tx, creator), await talks.known(tx, creator, fan)
        person, held = await fans.get(tx, creator, fan), await timers.get(tx, creator)
        zone = zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)
        whom = await called(tx, creator, fan, step, now=now)
        since = talk.waiting_since
        name, handle = (person.display_name, person.handle) if person is not None else (None, None)
        label = person_label(fan, name, handle)
        return _Scene(
            channel=forum.alerts if forum is not None else None,
            waits=since is not None and since <= body["since"] and not talk.snoozed(now),
            quiet=quiet_for(held, now, zone) if held is not None else 0,
            whom=whom,
            post=wording.ping(effect.id, label, body["since"], step, whom),
        )


class Unping(Deed):
    """Take a ping away. It comes behind the ping in its stream, so that what became of that one is known."""

    on_server = False

    def __init__(self, *, database: Database, discord: TakingPort) -> None:
        self._database = database
        self._discord = discord

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Delete the message; fine when somebody did already."""
        posted = await self._database.read(lambda tx: outbox.get(tx, EffectId(body["ping"])))
        if posted is None or posted.external_id is None:
            return Moot("Nothing was posted.")
        await self._discord.delete_message(*place_of(posted.external_id))
        return Done()
