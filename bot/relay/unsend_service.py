"""Decides: somebody's word that a message to a fan is taken back (D10)."""

from dataclasses import dataclass

from bot.engine.outbox import EffectRequest, unpack_post
from bot.engine.settlements import settled_by
from bot.engine.streams import fanvue_stream
from bot.model.acting_account import NEEDS_OWN
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.lines import ThreadOwner, add_post
from bot.relay.send_effects import show_state
from bot.relay.unsend_effects import KIND, PART, show_under
from bot.text import unsend_texts as texts
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import messages, threads
from storage.people import creators
from storage.records import DiscordId, Effect, EffectId, EffectState, FanvueMessageId, LinkKind, MessagePair


@dataclass(frozen=True)
class _SentMessage:
    """What a button is about: under this effect it was pressed, and this message it means."""

    pressed: Effect
    cause: str  # of its unsend: the send, or the line of a message that was sent elsewhere
    paired: MessagePair


class UnsendService:
    """Says what deleting a line does not do, asks before a message is taken back, and takes the word."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def line_deleted(self, message: DiscordId) -> None:
        """A Discord message is gone; if it showed a reply that was sent, its thread is told."""

        async def work(tx: Transaction) -> None:
            paired = await messages.of_discord(tx, message)
            send = await outbox.get(tx, paired.effect) if paired and paired.effect else None
            if paired is None or send is None or send.state is not EffectState.DONE:
                return
            bought = paired.bought_at is not None
            await add_post(
                tx,
                self._ctx.effects,
                ThreadOwner(paired.creator, paired.fan),
                cause=send.id,
                part=f"deleted:{message}",
                make=lambda ref: texts.line_deleted(
                    ref, self._ctx.clock.now(), tr(texts.BOUGHT) if bought else None
                ),
            )

        await self._ctx.database.write(work)

    async def ask(self, ref: EffectId, channel: DiscordId) -> Post | str:
        """The question about the message behind a button of this channel, or why there is none."""

        async def work(tx: Transaction) -> Post | str:
            found = await self._of(tx, ref, channel)
            if found is None:
                return tr(texts.NOTHING)
            asked = await outbox.by_cause(tx, found.cause, PART)
            if asked is not None:
                return await settled_by(tx, asked)
            return await self._refusal(tx, found.paired) or texts.question(ref)

        return await self._ctx.database.read(work)

    async def unsend(self, ref: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Have the message behind a button of this channel taken back; return words for the member."""

        async def work(tx: Transaction) -> str:
            found = await self._of(tx, ref, channel)
            if found is None:
                return tr(texts.NOTHING)
            refusal = await self._refusal(tx, found.paired)
            return refusal or await self._want(tx, found, actor)

        return await self._ctx.database.write(work)

    async def _of(self, tx: Transaction, ref: EffectId, channel: DiscordId) -> _SentMessage | None:
        """`ref`: the send, the line of a message from elsewhere, or the note that a line was deleted."""
        pressed, thread = await outbox.get(tx, ref), await threads.by_discord(tx, channel)
        if pressed is None or thread is None:
            return None
        send = pressed.id if pressed.kind == "chat.send" else EffectId(pressed.cause)
        cause, paired = str(send), await messages.of_effect(tx, send)
        if paired is None:
            cause, paired = pressed.id, await self._from_elsewhere(tx, pressed)
        if paired is None or (thread.creator, thread.fan) != (paired.creator, paired.fan):
            return None
        return _SentMessage(pressed, cause, paired)

    async def _from_elsewhere(self, tx: Transaction, line: Effect) -> MessagePair | None:
        if line.network != "discord":
            return None
        try:
            message = self._ctx.effects.body(line).get("message")
        except (TextErased, SealDamaged):
            return None
        paired = await messages.get(tx, line.creator, FanvueMessageId(message)) if message else None
        return paired if paired is not None and paired.direction == "out" else None

    async def _refusal(self, tx: Transaction, paired: MessagePair) -> str | None:
        if paired.bought_at is not None:
            return tr(texts.BOUGHT)
        link = await creators.open_link(tx, paired.creator)
        return tr(NEEDS_OWN) if link is not None and link.kind is LinkKind.STEWARD else None

    async def _want(self, tx: Transaction, found: _SentMessage, actor: DiscordId) -> str:
        paired = found.paired
        wanted = EffectRequest(
            network="fanvue",
            kind=KIND,
            stream=fanvue_stream(paired.creator, paired.fan),
            creator=paired.creator,
            fan=paired.fan,
            cause=found.cause,
            part=PART,
            body={"message": paired.message, "sent_at": paired.sent_at, "note": found.pressed.id},
        )
        added = await self._ctx.effects.add(tx, wanted)
        if added is None:
            return await settled_by(tx, await outbox.by_cause(tx, found.cause, PART))
        await self._ctx.effects.trail.write(
            tx,
            "reply.unsend",
            "accepted",
            actor=actor,
            creator=paired.creator,
            fan=paired.fan,
            cause=added,
        )
        await self._show(tx, found, added)
        return tr(texts.ASKED)

    async def _show(self, tx: Transaction, found: _SentMessage, added: EffectId) -> None:
        """Have the line say at once that it is being taken back."""
        unsend = await outbox.get(tx, added)
        if found.pressed.kind == "chat.send":
            await show_state(tx, self._ctx.effects, found.pressed, PART)
        elif unsend is not None and found.pressed.id == found.cause:
            post = unpack_post(self._ctx.effects.body(found.pressed)["post"])
            await show_under(tx, self._ctx.effects, found.pressed, texts.outcome(post, unsend), added, PART)
