"""Deeds on the Fanvue side: send a reply, look what became of it, read what came without its text."""
# ruff: noqa: ARG002 -- every deed answers the same questions, needed or not

from dataclasses import replace

from bot.relay.deeds import Body, Deed, Done, Moot, Outcome, Settling
from bot.relay.effects import Effects, Wanted, discord_stream
from bot.relay.errors import Gone, Refused, TryLater
from bot.relay.lines import Wrote, add_lines, unpack_wrote
from bot.relay.ports import ChatMessage, Clock, FanvuePort, Outgoing
from bot.relay.reconcile import candidates, is_this
from bot.relay.retry import Waits
from storage import messages, outbox
from storage.database import Database, Transaction
from storage.records import Effect, EffectState, FanId, FanvueMessageId, MediaId, Paired


def outgoing(body: Body) -> Outgoing:
    """The message that a `chat.send` effect carries."""
    return Outgoing(
        text=body["text"],
        media=tuple(MediaId(item) for item in body["media"]),
        price=body["price"],
        preview=MediaId(body["preview"]) if body["preview"] else None,
    )


async def show_state(tx: Transaction, effects: Effects, send: Effect, part: str) -> None:
    """Have the team see what became of a reply. What is not posted yet will show it anyway."""
    shown = await outbox.by_cause(tx, send.id, "show")
    if shown is None or shown.state is EffectState.PENDING or send.fan is None:
        return
    await effects.add(
        tx,
        Wanted(
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


class SendChat(Deed):
    """One message to one fan: one POST, ever, unless a person says otherwise."""

    settling = Settling.ASK

    def __init__(self, *, database: Database, fanvue: FanvuePort, effects: Effects) -> None:
        self._database = database
        self._fanvue = fanvue
        self._effects = effects

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Send it; the Idempotency-Key is the effect's own, but nothing is built on it."""
        message = await self._fanvue.send(effect.creator, _fan(effect), outgoing(body), key=effect.nonce)
        return self._sent(effect, message, body)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the chat for it; one message can answer for one send only."""
        started = effect.attempt_started or effect.created_at
        chat = await self._fanvue.recent(effect.creator, _fan(effect))
        fitting = candidates(chat, outgoing(body), started=started)

        async def unowned(tx: Transaction) -> FanvueMessageId | None:
            for message in fitting:
                if await outbox.claimed(tx, effect.creator, message.message) in (None, effect.id):
                    return message.message
            return None

        found = await self._database.read(unowned)
        return None if found is None else self._sent(effect, found, body)

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Show the team what is known about it."""
        await show_state(tx, self._effects, effect, f"{state}:{effect.attempts}:{effect.reason or ''}")

    def _sent(self, effect: Effect, message: FanvueMessageId, body: Body) -> Done:
        async def then(tx: Transaction) -> None:
            await outbox.claim(tx, effect.creator, message, effect.id)
            await messages.pair(tx, paired_send(effect, message, body["price"]))

        return Done(message, then)


class LookAtChat(Deed):
    """Read a chat, without marking it read, for what the fan has seen and bought."""

    def __init__(self, *, fanvue: FanvuePort, effects: Effects, clock: Clock) -> None:
        self._fanvue = fanvue
        self._effects = effects
        self._clock = clock

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Mark as seen only those messages whose own row says that they were read."""
        fan = _fan(effect)
        chat = {message.message: message for message in await self._fanvue.recent(effect.creator, fan)}

        async def then(tx: Transaction) -> None:
            for known in await messages.unseen_out(tx, effect.creator, fan):
                now_there = chat.get(known.message)
                if now_there is not None:
                    await self._learn(tx, known, now_there)

        return Done(then=then)

    async def _learn(self, tx: Transaction, known: Paired, there: ChatMessage) -> None:
        now = self._clock.now()
        if there.read:
            await messages.seen(tx, known.creator, known.message, now)
        if there.bought_at is not None and known.bought_at is None:
            await messages.bought(tx, known.creator, known.message, there.bought_at)
        send = await outbox.get(tx, known.effect) if known.effect else None
        if send is not None and (there.read or there.bought_at is not None):
            part = f"seen:{there.read}:{there.bought_at}"
            await show_state(tx, self._effects, send, part)


class CheckEcho(Deed):
    """A message of the creator's that no send owns yet: ours after all, or written elsewhere."""

    def __init__(
        self, *, database: Database, fanvue: FanvuePort, effects: Effects, clock: Clock, waits: Waits
    ) -> None:
        self._database = database
        self._fanvue = fanvue
        self._effects = effects
        self._clock = clock
        self._waits = waits

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Wait for sends that are under way; then it is one of the lost ones, or it is shown."""
        event = unpack_wrote(body["event"])
        fan = _fan(effect)
        if await self._database.read(lambda tx: outbox.claimed(tx, effect.creator, event.message)):
            return Moot("This is one of our own messages.")
        waiting = await self._database.read(lambda tx: outbox.unclaimed_sends(tx, effect.creator, fan))
        if any(send.state is not EffectState.ABSENT for send in waiting):
            raise TryLater("A reply to this fan is under way.", after=self._waits.echo / 1000)
        if not waiting and event.complete:
            return Done(then=lambda tx: add_lines(tx, self._effects, event, effect.id))
        there = await self._fanvue.message(effect.creator, fan, event.message)
        for send in waiting:
            wanted = outgoing(self._effects.body(send))
            if is_this(there, wanted, started=send.attempt_started or send.created_at):
                return self._ours(send, there)
        told = completed(event, there)
        return Done(then=lambda tx: add_lines(tx, self._effects, told, effect.id))

    def _ours(self, send: Effect, there: ChatMessage) -> Done:
        async def then(tx: Transaction) -> None:
            if await outbox.found(tx, send.id, now=self._clock.now(), external_id=there.message):
                await outbox.claim(tx, send.creator, there.message, send.id)
                await messages.pair(tx, paired_send(send, there.message, there.price))
                await show_state(tx, self._effects, send, f"found:{there.message}")

        return Done(then=then)


class ReadMessage(Deed):
    """A message that was announced before it could be read: its text follows."""

    def __init__(self, *, fanvue: FanvuePort, effects: Effects) -> None:
        self._fanvue = fanvue
        self._effects = effects

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Read it and add its lines to the fan's thread."""
        event = unpack_wrote(body["event"])
        try:
            there = await self._fanvue.message(effect.creator, _fan(effect), event.message)
        except (Gone, Refused) as nothing:
            return Moot(nothing.reason)
        told = completed(event, there)
        return Done(then=lambda tx: add_lines(tx, self._effects, told, effect.id))


def completed(event: Wrote, there: ChatMessage) -> Wrote:
    """The event with what the message's own row says."""
    return replace(
        event,
        text=there.text,
        complete=True,
        media=max(len(there.media), event.media),
        price=there.price if there.price is not None else event.price,
        kind=there.kind or event.kind,
    )


def paired_send(send: Effect, message: FanvueMessageId, price: int | None) -> Paired:
    """The memory of a sent message; where it is shown is filled in by whoever shows it."""
    return Paired(
        creator=send.creator,
        fan=_fan(send),
        message=message,
        direction="out",
        sent_at=send.attempt_started or send.created_at,
        effect=send.id,
        channel=None,
        discord_message=None,
        seen_at=None,
        bought_at=None,
        price=price,
    )


def _fan(effect: Effect) -> FanId:
    if effect.fan is None:
        raise Refused("This message names no fan.")
    return effect.fan
