"""Records of typed messages, and the bridge's own lines about them."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.engine.commands import TYPED
from bot.engine.outbox import EffectRequest
from bot.engine.streams import typed_stream
from bot.features.inbox.message_replies import texts
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.lines import ThreadOwner, add_post
from bot.relay.reply_queue import CANCEL, TYPED_GONE
from bot.relay.typed_messages import TypedThreadMessage
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import message_replies, reply_holds
from storage.inbox.message_replies import TypedMessageRecord, TypedMessageState
from storage.records import CommandId, DiscordId, EffectId, FanThread


@dataclass(frozen=True)
class MessageSpot:
    """A typed message, and the fan's thread."""

    heard: TypedThreadMessage
    thread: FanThread


class MessageLines:
    """Each line is added once for a message, however often it is decided."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def put(
        self,
        tx: Transaction,
        spot: MessageSpot,
        state: TypedMessageState,
        *,
        why: str | None = None,
        line: EffectId | None = None,
        command: CommandId | None = None,
    ) -> TypedMessageState:
        """Record its state from now on."""
        heard, thread = spot.heard, spot.thread
        whose = (thread.creator, thread.fan, heard.channel, heard.by.user)
        row = TypedMessageRecord(
            heard.message, *whose, state, self._ctx.clock.now(), why=why, line=line, command=command
        )
        await message_replies.put(tx, row)
        return state

    async def add(
        self, tx: Transaction, spot: MessageSpot, part: str, make: Callable[[EffectId], Post]
    ) -> EffectId:
        """Say something of it in the thread."""
        place = ThreadOwner(spot.thread.creator, spot.thread.fan)
        return await self.about(tx, place, spot.heard.message, part, make)

    async def about(
        self,
        tx: Transaction,
        place: ThreadOwner,
        message: DiscordId,
        part: str,
        make: Callable[[EffectId], Post],
    ) -> EffectId:
        """The same where only the message's id is known."""
        cause = cause_of(message)
        await add_post(
            tx, self._ctx.effects, place, cause=cause, part=part, make=lambda ref: make(EffectId(ref))
        )
        return EffectId(self._ctx.effects.ids.effect(cause, part))

    async def stopped(self, tx: Transaction, spot: MessageSpot) -> EffectId:
        """It did not leave; its member may look why."""
        heard = spot.heard
        return await self.add(tx, spot, "look", lambda ref: texts.stopped(ref, heard.by.user, heard.at))

    async def cancellable(self, tx: Transaction, spot: MessageSpot, said: Post | str) -> None:
        """Add a line with the button while this waits, where replies wait some seconds."""
        heard, thread, send = spot.heard, spot.thread, ref_of(said, CANCEL)
        effect = await outbox.get(tx, EffectId(send)) if send is not None else None
        if effect is None:
            return
        wait = await reply_holds.seconds(tx, thread.creator)
        line = await self.add(
            tx, spot, "hold", lambda ref: texts.waits(ref, effect.id, heard.by.user, wait, heard.at)
        )
        body = {"line": line, "unless": effect.id}
        await self.gone(tx, thread, heard.message, effect.id, body, not_before=effect.not_before)

    async def gone(
        self,
        tx: Transaction,
        thread: FanThread,
        message: DiscordId,
        cause: str,
        body: dict[str, EffectId],
        *,
        not_before: int = 0,
    ) -> None:
        """Have a line about it taken away."""
        wanted = EffectRequest(
            network="discord",
            kind=TYPED_GONE,
            stream=typed_stream(thread.creator, message),
            creator=thread.creator,
            fan=thread.fan,
            cause=cause,
            part=f"gone:{body['line']}",
            body=body,
            not_before=not_before,
        )
        await self._ctx.effects.add(tx, wanted)


def cause_of(message: DiscordId) -> str:
    """The cause of the lines about a typed message."""
    return f"{TYPED}{message}"


def ref_of(said: Post | str, action: str) -> str | None:
    """The reference of a shown button; None where there is no such button."""
    buttons = () if isinstance(said, str) else said.buttons
    return next((button.ref for button in buttons if button.action == action), None)
