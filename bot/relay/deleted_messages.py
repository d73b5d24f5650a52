"""A message was deleted on Fanvue: its lines say so in place, or else a note."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count

from bot.engine.effect_handler import Becomes, Body, Done, Moot, Outcome
from bot.engine.outbox import EffectRequest, pack_post, unpack_post
from bot.engine.streams import discord_stream
from bot.model.errors import AutomodBlocked, DeliveryRefused, SealDamaged, TargetGone, TextErased
from bot.model.events import MessageDeleted
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.edit_effects import ChangeLineHandler
from bot.relay.late_edits import RepeatedEdit
from bot.relay.lines import ECHO, MASS, MESSAGE, ThreadOwner, add_post, copy_cause, part_of
from bot.relay.post_effects import view_of_reply
from bot.text import render
from bot.text.deleted_posts import UNSEEN
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import deleted_messages, fans, messages, threads
from storage.inbox.deleted_messages import DeletedMessage
from storage.records import CreatorId, Effect, EffectId, EffectState, FanvueMessageId, MessagePair

KIND = "line.strike"
_NOTE = msgid("A message was deleted on Fanvue.")
_REPLY = "reply.post"


class DeletedMessages:
    """Decides which lines are struck."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def deleted(self, tx: Transaction, event: MessageDeleted, cause: str) -> None:
        """Strike every line of the message; a note, where none of its lines is known."""
        known = await messages.get(tx, event.creator, event.message)
        if known is None:
            await self._never_told(tx, event)
            return
        number = -1
        async for line in self._lines(tx, known):
            number += 1
            await self._strike(tx, known, line, event, cause, number)
        if number < 0 and known.direction != MASS and event.by is None:
            await add_post(
                tx,
                self._ctx.effects,
                ThreadOwner(known.creator, known.fan),
                cause=cause,
                part="note",
                make=lambda ref: render.note(tr(_NOTE), ref=ref, at=event.at),
                since=event.at,
            )

    async def _lines(self, tx: Transaction, known: MessagePair) -> AsyncIterator[Effect]:
        """The lines of a message: its own, those that a later reading added, a reply's, or a copy's."""
        if known.direction == MASS:
            copy = await outbox.by_cause(tx, copy_cause(known.creator, known.fan, known.message), MASS)
            if copy is not None:
                yield copy
            return
        if known.effect is not None:
            shown = await outbox.by_cause(tx, known.effect, "show")
            if shown is not None:
                yield shown
                return
        for cause in self._causes(known.creator, known.message):
            for number in count():
                line = await outbox.by_cause(tx, cause, part_of(number))
                if line is None:
                    break
                yield line

    def _causes(self, creator: CreatorId, message: FanvueMessageId) -> tuple[str, ...]:
        ids = self._ctx.effects.ids
        fact = ids.fact(creator, MESSAGE, message)
        return fact, ids.effect(fact, ECHO), ids.effect(ids.effect(fact, part_of(0)), "read")

    async def _strike(
        self,
        tx: Transaction,
        known: MessagePair,
        line: Effect,
        event: MessageDeleted,
        cause: str,
        number: int,
    ) -> None:
        waits = line.state is EffectState.PENDING and line.attempt_started is None and line.kind != _REPLY
        if waits and number > 0 and await outbox.withdraw(tx, line.id, now=self._ctx.clock.now()):
            return  # one line says it
        by_fan = known.direction == "in"
        await deleted_messages.add(
            tx, DeletedMessage(line.id, known.creator, known.fan, event.at, by_fan, not waits, event.by)
        )
        blocked = await outbox.by_cause(tx, line.id, "blocked")
        if blocked is not None:
            await outbox.withdraw(tx, blocked.id, now=self._ctx.clock.now())
        if waits:
            return  # it says so when it is posted
        # Named by the line, so that a second telling of the same deletion adds nothing.
        wanted = EffectRequest(
            network="discord",
            kind=KIND,
            stream=discord_stream(known.creator, known.fan),
            creator=known.creator,
            fan=known.fan,
            cause=line.id,
            part="strike",
            # Whoever took it back hears of it under what they pressed: no note takes a lost line's place.
            body={"line": line.id, "at": event.at, "first": number == 0 and event.by is None},
            since=event.at,
        )
        await self._ctx.effects.add(tx, wanted)

    async def _never_told(self, tx: Transaction, event: MessageDeleted) -> None:
        """Post one line where a fan with a thread took back a message that nobody here was told of.

        It takes the place of the message's own first line, so later news of the message adds none.
        """
        if event.fan is None or not event.by_fan:
            return  # on the creator's side it may be a mass message, which no thread has shown
        fan = await fans.get(tx, event.creator, event.fan.id)
        thread = await threads.current(tx, event.creator, event.fan.id)
        if fan is None or thread is None:
            return
        await messages.pair(
            tx,
            MessagePair(
                creator=event.creator,
                fan=fan.id,
                message=event.message,
                direction="in",
                sent_at=event.sent_at or event.at,
            ),
        )
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(event.creator, fan.id),
            cause=self._ctx.effects.ids.fact(event.creator, MESSAGE, event.message),
            part=part_of(0),
            make=lambda ref: render.note(tr(UNSEEN), ref=ref, at=event.at),
            since=event.at,
        )


class StrikeLineHandler(ChangeLineHandler):
    """A line that is there, struck."""

    async def change(self, effect: Effect, body: Body, shown: Effect, place: str) -> Outcome:
        """Edit it; where the message is gone, a note says it instead."""
        again = RepeatedEdit(KIND, effect.stream, {**body, "first": False})
        try:
            try:
                post = await self._struck(shown, bare=False)
                edited = await self._late.edit(self._discord, effect, place, post, again)
            except (
                AutomodBlocked
            ):  # what the server's filter does not let through is not struck, but left out
                post = await self._struck(shown, bare=True)
                edited = await self._late.edit(self._discord, effect, place, post, again)
        except (TextErased, SealDamaged) as lost:
            return Moot(lost.reason)  # of a post that several texts share; it is taken away as a whole
        except TargetGone as gone:
            if not body["first"]:
                return Moot(gone.reason)
            note = render.note(tr(_NOTE), ref=effect.id, at=body["at"])
            return Becomes("post", {"post": pack_post(note), "message": None}, since=body["at"])
        return Done(then=edited)

    async def _struck(self, shown: Effect, *, bare: bool) -> Post:
        post = await self._post(shown)
        return await self.dressed(shown, replace(post, body=()) if bare else post, bare=bare)

    async def _post(self, shown: Effect) -> Post:
        """The line as it was, whole; without its text where that is not kept any more."""
        try:
            packed = self._ctx.effects.body(shown)
            if shown.kind == _REPLY:
                reply = EffectId(packed["reply"])
                post, _ = await self._ctx.database.read(
                    lambda tx: view_of_reply(tx, self._ctx.effects, reply)
                )
                return post
            return unpack_post(packed["post"])
        except (TextErased, DeliveryRefused):
            return replace(render.note("", ref=shown.id, at=shown.created_at), title=None, body=())
