"""Takes a sent message back on Fanvue; its line says what came of it."""

from contextlib import suppress

from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome, SettlingMethod, fan_of
from bot.engine.outbox import EffectRequest, Effects, pack_post, unpack_post
from bot.engine.streams import discord_stream
from bot.model.acting_account import ActingAccountChooser
from bot.model.errors import SealDamaged, TextErased
from bot.model.events import MessageDeleted
from bot.model.ports import FanvuePort, Post
from bot.relay.context import Context
from bot.relay.deleted_messages import DeletedMessages
from bot.relay.send_effects import show_state
from bot.text import unsend_texts
from storage.database import Transaction
from storage.engine import audit_log, outbox
from storage.records import Effect, EffectId, EffectState, FanvueMessageId

KIND, PART = "chat.unsend", "unsend"


class UnsendHandler(EffectHandler):
    """Take one message back. Of an attempt of unknown fate the chat tells: the message is there or not."""

    settling = SettlingMethod.SEARCH

    def __init__(self, ctx: Context, *, fanvue: FanvuePort, voices: ActingAccountChooser) -> None:
        self._fanvue = fanvue
        self._ctx = ctx
        self._voices = voices
        self._striking = DeletedMessages(ctx)

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Always; Fanvue lets nobody but the creator take a message back, which the audit says."""
        if effect.state is EffectState.PENDING:
            asked = await audit_log.last_by_a_person(tx, effect.id)
            await self._voices.choose(tx, effect, asked.actor if asked else None, None)
        return True

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Ask Fanvue once; one that is gone already is taken back."""
        await self._fanvue.unsend(effect.creator, fan_of(effect), FanvueMessageId(body["message"]))
        return self._done(effect, body)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Done if the chat has the message no more. If it has, asking once more does no harm."""
        message = FanvueMessageId(body["message"])
        there = await self._fanvue.has(effect.creator, fan_of(effect), message, since=body["sent_at"])
        return None if there else self._done(effect, body)

    def _done(self, effect: Effect, body: Body) -> Done:
        """The fan no longer has it, whether or not a live event says so, too."""

        async def then(tx: Transaction) -> None:
            asked = await audit_log.last_by_a_person(tx, effect.id)
            gone = MessageDeleted(
                creator=effect.creator,
                fan=None,
                message=FanvueMessageId(body["message"]),
                at=self._ctx.clock.now(),
                by=asked.actor if asked else None,
            )
            await self._striking.deleted(tx, gone, effect.id)
            await self._ctx.talks.deleted(tx, gone)

        return Done(then=then)

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Have the line under which it was asked for say what came of it."""
        now = await outbox.get(tx, effect.id) or effect
        part = f"{PART}:{state}:{effect.attempts}:{now.reason or ''}"
        asked = await outbox.get(tx, EffectId(self._ctx.effects.body(effect)["note"]))
        if asked is not None and asked.kind == "chat.send":
            await show_state(tx, self._ctx.effects, asked, part)
        elif asked is not None:
            with suppress(TextErased, SealDamaged):  # what has no text any more says nothing
                await show_under(tx, self._ctx.effects, asked, self._changed(asked, now), effect.id, part)

    def _changed(self, asked: Effect, now: Effect) -> Post:
        if asked.cause == now.cause:
            word = unsend_texts.became(now.state, now.reason)
            return unsend_texts.line_deleted(asked.id, self._ctx.clock.now(), word)
        return unsend_texts.outcome(unpack_post(self._ctx.effects.body(asked)["post"]), now)


async def show_under(
    tx: Transaction, effects: Effects, line: Effect, post: Post, cause: str, part: str
) -> None:
    """Have a line of a fan's thread show this post from now on."""
    wanted = EffectRequest(
        network="discord",
        kind="line.edit",
        stream=discord_stream(line.creator, fan_of(line)),
        creator=line.creator,
        fan=line.fan,
        cause=cause,
        part=part,
        body={"line": line.id, "post": pack_post(post)},
    )
    await effects.add(tx, wanted)
