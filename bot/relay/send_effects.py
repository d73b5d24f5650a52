"""Deeds on the Fanvue side: send a reply, and see what became of it."""

from collections.abc import Sequence

from bot.engine.conversation_port import Refusal, unheard
from bot.engine.effect_handler import (
    Body,
    Done,
    EffectHandler,
    Moot,
    Outcome,
    SettlingMethod,
    ShownUnclear,
    fan_of,
)
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import discord_stream
from bot.model.acting_account import ANOTHER_WAY, ActingAccountChooser
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.language import english
from bot.model.ports import ChatMessage, FanvuePort, MessageToFan
from bot.model.read_purposes import ReadPurpose
from bot.relay.context import Context
from bot.relay.lines import Wrote, add_gap_note, add_lines, completed, paired, unpack_wrote
from bot.relay.send_match import FAR, NOT_TOLD, candidates, hides, is_this, unowned
from bot.relay.unclear_messages import doubt_of, warn_with
from storage.database import Transaction
from storage.engine import commands, outbox, sent_message_ids
from storage.inbox import messages
from storage.operations import attention
from storage.records import CommandId, Effect, EffectId, EffectState, FanvueMessageId, MediaId, MessagePair


def outgoing(body: Body) -> MessageToFan:
    """The message that a `chat.send` effect carries."""
    return MessageToFan(
        text=body["text"],
        media=tuple(MediaId(item) for item in body["media"]),
        price=body["price"],
        preview=MediaId(body["preview"]) if body["preview"] else None,
    )


async def show_state(tx: Transaction, effects: Effects, send: Effect, part: str) -> None:
    """Have the team see what became of a reply. A line that was never tried to be posted is, and shows it."""
    shown = await outbox.by_cause(tx, send.id, "show")
    if shown is None or send.fan is None:
        return
    if shown.state is EffectState.PENDING and shown.attempts == 0:
        await effects.at_once(tx, shown)
        return  # but after an attempt the nonce may bring back the message as it was posted then
    await effects.add(
        tx,
        EffectRequest(
            network="discord",
            kind="reply.edit",
            stream=discord_stream(send.creator, send.fan),
            creator=send.creator,
            fan=send.fan,
            cause=send.id,
            part=part,
            body={"reply": send.id},
        ),
    )


class SendChatHandler(EffectHandler):
    """One message to one fan: one POST, ever, unless a person says otherwise."""

    settling = SettlingMethod.ASK

    def __init__(
        self, ctx: Context, *, fanvue: FanvuePort, voices: ActingAccountChooser, refused: Refusal = unheard
    ) -> None:
        self._ctx = ctx
        self._fanvue = fanvue
        self._voices = voices
        self._refused = refused

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Always; through whose account it goes is decided in the commit in which it begins."""
        if effect.state is EffectState.PENDING:
            command = await commands.get(tx, CommandId(effect.cause))
            await self._voices.choose(tx, effect, command.actor if command else None, "send")
        return True

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Send it; the Idempotency-Key is the effect's own, but nothing is built on it."""
        voice, fan = await self._voices.chosen(effect.id), fan_of(effect)
        try:
            sent = await self._fanvue.send(effect.creator, fan, outgoing(body), key=effect.nonce, voice=voice)
        except (TargetGone, DeliveryRefused, TryLater) as failed:
            if await self._voices.elsewhere(effect.creator, voice, failed):
                raise TryLater(ANOTHER_WAY, after=0) from failed
            raise
        return self._sent(effect, sent, body)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the chat for it; one message can answer for one send only."""
        wanted, started = outgoing(body), effect.attempt_started or effect.created_at
        # Down to what is surely older, however much the fan has written since: what is deeper is not absent.
        chat = await self._fanvue.sent_since(effect.creator, fan_of(effect), started - FAR)
        fitting = candidates(chat, wanted, started=started)
        hidden = [message for message in chat if hides(message, wanted, started=started)]
        found = await self._ctx.database.read(lambda tx: unowned(tx, effect, fitting))
        if (
            found is None
            and await self._ctx.database.read(lambda tx: unowned(tx, effect, hidden)) is not None
        ):
            raise TryLater(NOT_TOLD)
        return None if found is None else self._sent(effect, found, body)

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Show the team what is known about it."""
        await show_state(tx, self._ctx.effects, effect, f"{state}:{effect.attempts}:{effect.reason or ''}")
        await self._refused(tx, effect)

    def _sent(self, effect: Effect, message: FanvueMessageId, body: Body) -> Done:
        async def then(tx: Transaction) -> None:
            fresh = await sent_message_ids.claim(tx, effect.creator, message, effect.id)
            if not fresh and await sent_message_ids.owner(tx, effect.creator, message) != effect.id:
                raise DeliveryUnknown(
                    english("The message found for this reply already belongs to another one.")
                )
            paired = paired_send(effect, message, body["price"])
            await messages.pair(tx, paired)
            await self._ctx.talks.sent(tx, paired.creator, paired.fan, effect.id, at=paired.sent_at)

        return Done(message, then)


class LookAtChatHandler(EffectHandler):
    """Read a chat, without marking it read, for what the fan has seen and bought."""

    def __init__(self, ctx: Context, *, fanvue: FanvuePort) -> None:
        self._fanvue = fanvue
        self._ctx = ctx

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Mark as seen or bought only those messages whose own row says so."""
        try:
            chat = await self._chat(effect, body.get("message"))
        except (TargetGone, DeliveryRefused) as nothing:
            return Moot(nothing.reason)

        async def then(tx: Transaction) -> None:
            newer = False
            for there in sorted(chat, key=lambda one: one.sent_at, reverse=True):
                known = await messages.get(tx, effect.creator, there.message)
                if known is not None and known.direction == "out":
                    newer = await self._learn(tx, known, there, newer=newer) or newer

        return Done(then=then)

    async def _chat(self, effect: Effect, asked: FanvueMessageId | None) -> Sequence[ChatMessage]:
        creator, fan = effect.creator, fan_of(effect)
        newest = await self._fanvue.recent(creator, fan, ReadPurpose.CARD)
        if asked is not None and all(there.message != asked for there in newest):  # bought long after
            return [*newest, await self._fanvue.message(creator, fan, asked, ReadPurpose.CARD)]
        return newest

    async def _learn(self, tx: Transaction, known: MessagePair, there: ChatMessage, *, newer: bool) -> bool:
        """Show what is new of one message. Whether its line says so then; `newer`: a newer message's does.

        Who has seen a message has seen those above it: an edit says so of the newest, and of each priced one.
        """
        seen = bool(there.read) and await messages.seen(
            tx, known.creator, known.message, self._ctx.clock.now()
        )
        bought = there.bought_at is not None and await messages.bought(
            tx, known.creator, known.message, there.bought_at
        )
        send = await outbox.get(tx, known.effect) if known.effect else None
        if send is None or not (seen or bought):
            return False
        if bought or known.price or not newer:
            await show_state(tx, self._ctx.effects, send, f"seen:{there.read}:{there.bought_at}")
        return True


class CheckEchoHandler(EffectHandler):
    """A message of the creator's that no send owns yet: ours after all, or written elsewhere."""

    def __init__(self, ctx: Context, *, fanvue: FanvuePort) -> None:
        self._ctx = ctx
        self._fanvue = fanvue

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Wait for sends that are under way; then it is one of the lost ones, or it is shown."""
        event = unpack_wrote(body["event"])
        owner, waiting = await self._ctx.database.read(lambda tx: _owners(tx, effect, event))
        if owner is not None:
            return Moot(english("This is one of our own messages."))
        if any(send.state is not EffectState.ABSENT for send in waiting):
            raise self._not_yet()
        if not waiting and event.complete:
            return self._elsewhere(effect, event)
        try:
            there = await self._fanvue.message(effect.creator, event.fan.id, event.message, ReadPurpose.OWN)
        except (TargetGone, DeliveryRefused) as nothing:
            return self._elsewhere(effect, event) if event.complete else Moot(nothing.reason)
        for send in waiting:
            wanted = outgoing(self._ctx.effects.body(send))
            if is_this(there, wanted, started=send.attempt_started or send.created_at):
                return self._ours(send, there)
        return self._elsewhere(effect, completed(event, there))

    def _ours(self, send: Effect, there: ChatMessage) -> Done:
        async def then(tx: Transaction) -> None:
            if not await attention.found(tx, send.id, now=self._ctx.clock.now(), external_id=there.message):
                raise self._not_yet()  # somebody pressed a button meanwhile
            await self._ctx.effects.trail.became(tx, send, EffectState.DONE)
            await sent_message_ids.claim(tx, send.creator, there.message, send.id)
            await messages.pair(tx, paired_send(send, there.message, there.price))
            await self._ctx.talks.sent(tx, send.creator, fan_of(send), send.id, at=there.sent_at)
            await show_state(tx, self._ctx.effects, send, f"found:{there.message}")

        return Done(then=then)

    def _elsewhere(self, effect: Effect, event: Wrote) -> Done:
        async def then(tx: Transaction) -> None:
            # Paired, so that no send of the same words ever takes it for its own (C7).
            if await messages.pair(tx, paired(event)):
                await self._ctx.talks.wrote(tx, event)
                warn_with(tx, event)
                await add_gap_note(tx, self._ctx.effects, event)
                await add_lines(tx, self._ctx.effects, event, effect.id)

        return ShownUnclear(then=then) if doubt_of(event) else Done(then=then)

    def _not_yet(self) -> TryLater:
        return TryLater(english("A reply to this fan is under way."), after=self._ctx.waits.echo / 1000)


async def _owners(tx: Transaction, effect: Effect, event: Wrote) -> tuple[EffectId | None, Sequence[Effect]]:
    # In one snapshot: between two, a send could end, and its message would seem to be nobody's.
    owner = await sent_message_ids.owner(tx, effect.creator, event.message)
    return owner, await outbox.unclaimed_sends(tx, effect.creator, event.fan.id)


def paired_send(send: Effect, message: FanvueMessageId, price: int | None) -> MessagePair:
    """The record of a sent message; its place is filled in when it is shown."""
    return MessagePair(
        creator=send.creator,
        fan=fan_of(send),
        message=message,
        direction="out",
        sent_at=send.attempt_started or send.created_at,
        effect=send.id,
        price=price,
    )
