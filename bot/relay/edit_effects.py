"""Deeds that change what Discord shows: a reply's state, a line, a private answer."""

from dataclasses import dataclass

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, both
from bot.engine.outbox import unpack_post
from bot.model.errors import DeliveryRefused, TargetGone, TextErased, TryLater
from bot.model.language import english
from bot.model.ports import DiscordPort, Post
from bot.relay.bursts import Bursts
from bot.relay.context import Context
from bot.relay.post_effects import shown_in, view_of_reply
from bot.relay.posted_places import place_of
from bot.relay.redaction import LineRedaction, LineRedactor
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import outbox
from storage.records import Command, CommandId, Effect, EffectId, FanvueMessageId, Millis

_ANSWER = "answer"  # a command has one
# Discord takes a first answer for three seconds. One that it seemed not to take may still be on its way, and
# until it is there, nothing can be said beside the window, which then closes without a word.
_FIRST_ANSWER: Millis = 5_000


@dataclass(frozen=True)
class _ReplyLine:
    """A reply's line that stands at `place`, and the reply as it is now, not yet covered."""

    shown: Effect
    place: str
    post: Post
    message: FanvueMessageId | None
    dress: LineRedaction


class EditReplyHandler(EffectHandler):
    """The same message, brought up to date; repeating it changes nothing."""

    def __init__(self, ctx: Context, *, discord: DiscordPort, covers: LineRedactor) -> None:
        self._ctx = ctx
        self._discord = discord
        self._covers = covers
        self._late = ctx.late

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit the message that shows the reply."""
        reply = EffectId(body["reply"])

        async def work(tx: Transaction) -> _ReplyLine | None:
            shown = await outbox.by_cause(tx, reply, "show")
            if shown is None or shown.external_id is None:
                return None
            post, message = await view_of_reply(tx, self._ctx.effects, reply)
            return _ReplyLine(shown, shown.external_id, post, message, await self._covers.of(tx, [shown]))

        try:
            line = await self._ctx.database.read(work)
            if line is None:
                return Moot(english("The reply is not shown anywhere."))
            dressed = await self._covers.over(line.post, line.shown, line.dress)
            edited = await self._late.edit(self._discord, effect, line.place, dressed)
        except (TargetGone, TextErased) as over:
            return Moot(over.reason)
        return Done(then=both(edited, shown_in(effect, *place_of(line.place), line.message)))


class ChangeLineHandler(EffectHandler):
    """A line that is there is shown otherwise; repeating it changes nothing. Subclasses say how.

    Where other lines share its post, they are shown again with it.
    """

    def __init__(self, ctx: Context, *, discord: DiscordPort, covers: LineRedactor, bursts: Bursts) -> None:
        self._ctx = ctx
        self._discord = discord
        self._covers = covers
        self._bursts = bursts
        self._late = ctx.late

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit the message that shows the line."""
        shown = await self._ctx.database.read(lambda tx: outbox.get(tx, EffectId(body["line"])))
        if shown is None or shown.external_id is None:
            return Moot(english("The line is not shown anywhere."))
        return await self.change(effect, body, shown, shown.external_id)

    async def change(self, effect: Effect, body: Body, shown: Effect, place: str) -> Outcome:
        """The line stands at `place`."""
        raise NotImplementedError

    async def dressed(self, shown: Effect, post: Post, *, bare: bool = False) -> Post:
        """The message's look where its line is this post. `bare`: as of `Bursts.shown`. Raises TextErased."""
        burst, dress = await self._bursts.around(shown)
        if burst is not None:
            return await self._bursts.shown(burst, dress, bare=bare)
        return await self._covers.over(post, shown, dress)


class EditLineHandler(ChangeLineHandler):
    """A line that is there, with what was learned later."""

    async def change(self, effect: Effect, body: Body, shown: Effect, place: str) -> Outcome:
        """Show the post that came with the effect."""
        try:
            post = await self.dressed(shown, unpack_post(body["post"]))
            return Done(then=await self._late.edit(self._discord, effect, place, post))
        except (TargetGone, TextErased) as over:
            return Moot(over.reason)


class EditAnswerHandler(EffectHandler):
    """The private answer of a command, while Discord still lets the bridge edit it."""

    on_server = False

    def __init__(self, ctx: Context, *, discord: DiscordPort) -> None:
        self._ctx = ctx
        self._discord = discord
        self._late = ctx.late

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit it, or let it be when its time is over."""
        command = await self._ctx.database.read(lambda tx: command_rows.get(tx, CommandId(body["command"])))
        if command is None or self._ctx.clock.now() > command.created_at + self._ctx.waits.answer:
            return Moot(english("Discord accepts no more answers to this command."))
        await self._late.before(effect, _ANSWER)
        after = self._late.after(effect, _ANSWER)
        try:
            made = await self._answer(command, unpack_post(body["post"]))
        except TargetGone as over:
            if command.answer == "" and self._ctx.clock.now() < command.created_at + _FIRST_ANSWER:
                raise TryLater(over.reason, after=1.0) from over
            return Moot(over.reason)
        except DeliveryRefused as over:
            return Moot(over.reason)
        if made is None:
            return Done(then=after)
        return Done(then=both(lambda tx: command_rows.answered_in(tx, command.id, made), after))

    async def _answer(self, command: Command, post: Post) -> str | None:
        """Returns the message that it made, if it made one."""
        token = self._ctx.commands.token(command)
        if command.answer == "":
            return await self._discord.answer_beside(token, post)
        await self._discord.answer(token, post, command.answer)
        return None
