"""Deeds that change what Discord shows: a reply's state, a line, a private answer."""
# ruff: noqa: ARG002 -- every deed answers the same questions, needed or not

from bot.relay.bursts import Burst, Bursts
from bot.relay.commands import Commands
from bot.relay.covering import Covers
from bot.relay.deeds import Body, Deed, Done, Moot, Outcome, Then, fan_of
from bot.relay.effects import Effects, Wanted, unpack_post
from bot.relay.errors import Erased, Gone, Refused
from bot.relay.ports import Clock, DiscordPort
from bot.relay.posting import ShowReply, place_of, shown_in
from bot.relay.retry import Waits, last_look
from bot.relay.streams import edits_stream
from storage import commands as command_rows
from storage import outbox
from storage.database import Database, Transaction
from storage.records import CommandId, Effect, EffectId


class EditReply(Deed):
    """The same message, brought up to date; repeating it changes nothing.

    But an edit whose answer was lost may be carried out after later ones and show what was once true. So
    one more edit follows when the time is over in which that can happen, in a stream that holds nobody up.
    """

    def __init__(
        self,
        *,
        database: Database,
        discord: DiscordPort,
        show: ShowReply,
        covers: Covers,
        effects: Effects,
        clock: Clock,
        waits: Waits,
    ) -> None:
        self._database = database
        self._discord = discord
        self._show = show
        self._covers = covers
        self._effects = effects
        self._clock = clock
        self._waits = waits

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit the message that shows the reply."""
        reply = EffectId(body["reply"])
        shown = await self._database.read(lambda tx: outbox.by_cause(tx, reply, "show"))
        if shown is None or shown.external_id is None:
            return Moot("The reply is not shown anywhere.")
        channel, message = place_of(shown.external_id)
        try:
            post, fanvue_message = await self._show.view(reply)
            await self._discord.edit(channel, message, await self._covers.over(post, shown))
        except (Gone, Erased) as over:
            return Moot(over.reason)
        return Done(then=self._then(effect, reply, shown_in(effect, channel, message, fanvue_message)))

    def _then(self, effect: Effect, reply: EffectId, shown: Then) -> Then:
        async def then(tx: Transaction) -> None:
            await shown(tx)
            if effect.attempt_started is None:  # no earlier attempt is of unknown fate
                return
            again = Wanted(
                network="discord",
                kind="reply.edit",
                stream=edits_stream(effect.creator, fan_of(effect)),
                creator=effect.creator,
                fan=effect.fan,
                cause=reply,
                part=f"after:{effect.id}",
                body={"reply": reply},
                not_before=last_look(self._clock.now(), self._waits),
            )
            await self._effects.add(tx, again)

        return then


class EditLine(Deed):
    """A line that is there, with what was learned later; repeating it changes nothing.

    Where other lines share its post, they are shown again with it. An edit of them of unknown fate may still
    be carried out and take away what was learned: then one more follows later, as for a reply.
    """

    def __init__(
        self,
        *,
        database: Database,
        discord: DiscordPort,
        covers: Covers,
        bursts: Bursts,
        effects: Effects,
        clock: Clock,
        waits: Waits,
    ) -> None:
        self._database = database
        self._discord = discord
        self._covers = covers
        self._bursts = bursts
        self._effects = effects
        self._clock = clock
        self._waits = waits

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit the message that shows the line."""
        shown = await self._database.read(lambda tx: outbox.get(tx, EffectId(body["line"])))
        if shown is None or shown.external_id is None:
            return Moot("The line is not shown anywhere.")
        try:
            burst = await self._bursts.around(shown)
            post = (
                await self._covers.over(unpack_post(body["post"]), shown)
                if burst is None
                else await self._bursts.shown(burst)
            )
            await self._discord.edit(*place_of(shown.external_id), post)
        except (Gone, Erased) as over:
            return Moot(over.reason)
        return Done(then=None if burst is None else self._then(effect, body, burst))

    def _then(self, effect: Effect, body: Body, burst: Burst) -> Then | None:
        stream = edits_stream(effect.creator, fan_of(effect))
        unsure = effect.attempt_started is not None or any(line.doubted_at for line in burst.lines)
        if not unsure or effect.stream == stream:
            return None
        again = Wanted(
            network="discord",
            kind="line.edit",
            stream=stream,
            creator=effect.creator,
            fan=effect.fan,
            cause=effect.id,
            part="after",
            body=body,
            not_before=last_look(self._clock.now(), self._waits),
        )

        async def then(tx: Transaction) -> None:
            await self._effects.add(tx, again)

        return then


class EditAnswer(Deed):
    """The private answer of a command, while Discord still lets the bridge edit it."""

    on_server = False

    def __init__(
        self, *, database: Database, discord: DiscordPort, commands: Commands, clock: Clock, waits: Waits
    ) -> None:
        self._database = database
        self._discord = discord
        self._commands = commands
        self._clock = clock
        self._waits = waits

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit it, or let it be when its time is over."""
        command = await self._database.read(lambda tx: command_rows.get(tx, CommandId(body["command"])))
        if command is None or self._clock.now() > command.created_at + self._waits.answer:
            return Moot("Discord takes no more answers to this command.")
        try:
            await self._discord.answer(self._commands.token(command), unpack_post(body["post"]))
        except (Gone, Refused) as over:
            return Moot(over.reason)
        return Done()
