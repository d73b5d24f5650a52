"""Decides: a member's answer → what to send to which fan.

Two phases (R9): `stage` keeps the wish, Discord takes the private answer, `accept` turns it into one
effect on Fanvue, one line in the thread and one line in the audit. What was not accepted is not sent.
"""

from dataclasses import asdict, dataclass

from bot.relay import render
from bot.relay.commands import Commands, Wish
from bot.relay.compose import ReplyRefused, compose
from bot.relay.dispatch import Dispatch
from bot.relay.effects import Effects, Wanted, discord_stream, fanvue_stream
from bot.relay.ports import Clock, Ids
from bot.relay.sending import show_state
from bot.relay.settled import settled_by
from storage import attention, audit, commands, creators, fans, outbox, threads
from storage.database import Database, Transaction
from storage.records import (
    Cents,
    Command,
    CommandId,
    DiscordId,
    Effect,
    EffectId,
    FanId,
    FanThread,
    LinkState,
)

NOT_HERE = "This is not a fan's thread. Open one in the creator's forum and answer there."
NOT_LINKED = "This creator is not connected to Fanvue any more. Nothing was sent: connect with /link first."
NOT_TAKEN = "This was not sent: Discord had already given up on it. Please try again."


@dataclass(frozen=True)
class ReplyWish:
    """What a member typed, and where."""

    wish: Wish
    text: str | None
    price: Cents | None = None
    media: tuple[str, ...] = ()
    preview: str | None = None


class Replies:
    """Replies to fans, from any command, button or modal."""

    def __init__(
        self,
        *,
        database: Database,
        commands: Commands,
        effects: Effects,
        dispatch: Dispatch,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._database = database
        self._commands = commands
        self._effects = effects
        self._dispatch = dispatch
        self._clock = clock
        self._ids = ids

    async def stage(self, reply: ReplyWish) -> CommandId:
        """Check a reply and keep it. Raises ReplyRefused with the reason; then nothing is kept."""
        message = compose(reply.text, reply.price, reply.media, reply.preview)
        thread = await self._database.read(lambda tx: self._thread(tx, reply.wish))
        command = await self._commands.stage(
            reply.wish, action="reply", creator=thread.creator, target=thread.key, body=asdict(message)
        )
        if command is None:
            raise ReplyRefused("This was taken already.")
        return command

    async def accept(self, command: CommandId) -> str:
        """Send it: Discord took the answer. Raises ReplyRefused when that is no longer right."""
        try:
            return await self._database.write(lambda tx: self._accept(tx, command))
        except ReplyRefused:
            await self._commands.cancel(command)  # the member has been told; a restart must not tell again
            raise

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer; nothing is sent."""
        await self._commands.cancel(command)

    async def again(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Send a reply that is surely not there once more, by a person's word."""

        async def work(tx: Transaction) -> str:
            send = await self._own(tx, reply, channel)
            if not await attention.again(tx, send.id, now=self._clock.now()):
                return await settled_by(tx, send)
            self._dispatch.wake(tx, send.stream)
            await self._note(tx, actor, send, "reply.again")
            await show_state(tx, self._effects, send, f"again:{send.attempts}")
            return "On its way again."

        return await self._database.write(work)

    async def drop(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Give a reply up, by a person's word."""

        async def work(tx: Transaction) -> str:
            send = await self._own(tx, reply, channel)
            if not await attention.give_up(tx, send.id, now=self._clock.now()):
                return await settled_by(tx, send)
            await self._note(tx, actor, send, "reply.drop")
            await show_state(tx, self._effects, send, "dropped")
            return "Discarded. It was not sent."

        return await self._database.write(work)

    async def _accept(self, tx: Transaction, command_id: CommandId) -> str:
        command = await commands.get(tx, command_id)
        if command is None or not await commands.accept(tx, command_id):
            raise ReplyRefused(NOT_TAKEN)
        thread = await threads.by_discord(tx, command.channel)
        if thread is None or thread.key != command.target or thread.state != "open":
            raise ReplyRefused(NOT_HERE)
        await _must_be_linked(tx, thread)
        send = await self._add_send(tx, command, thread)
        await self._add_show(tx, thread, send)
        await audit.write(
            tx,
            audit.Entry(
                id=self._ids.new(),
                at=self._clock.now(),
                actor=command.actor,
                creator=thread.creator,
                action="reply",
                target=thread.fan,
                cause=command.id,
                outcome="accepted",
            ),
        )
        fan = await fans.get(tx, thread.creator, thread.fan)
        return (
            f"On its way to {render.fan_label(fan) if fan else 'the fan'}. The thread shows when it is sent."
        )

    async def _add_send(self, tx: Transaction, command: Command, thread: FanThread) -> EffectId:
        body = self._commands.body(command)
        send = await self._effects.add(
            tx,
            Wanted(
                network="fanvue",
                kind="chat.send",
                stream=fanvue_stream(thread.creator, thread.fan),
                creator=thread.creator,
                fan=thread.fan,
                cause=command.id,
                part="send",
                body={**body, "command": command.id, "author": command.actor_name},
            ),
        )
        if send is None:
            raise ReplyRefused("This was taken already.")
        return send

    async def _add_show(self, tx: Transaction, thread: FanThread, send: EffectId) -> None:
        await self._effects.add(
            tx,
            Wanted(
                network="discord",
                kind="reply.post",
                stream=discord_stream(thread.creator, thread.fan),
                creator=thread.creator,
                fan=thread.fan,
                cause=send,
                part="show",
                body={"reply": send},
            ),
        )

    async def _thread(self, tx: Transaction, wish: Wish) -> FanThread:
        thread = await threads.by_discord(tx, wish.channel)
        if thread is None or thread.guild != wish.guild or thread.state != "open":
            raise ReplyRefused(NOT_HERE)
        await _must_be_linked(tx, thread)
        return thread

    async def _own(self, tx: Transaction, reply: EffectId, channel: DiscordId) -> Effect:
        send = await outbox.get(tx, reply)
        thread = await threads.by_discord(tx, channel)
        ours = (
            send is not None
            and send.kind == "chat.send"
            and thread is not None
            and (thread.creator, thread.fan) == (send.creator, send.fan)
        )
        if send is None or not ours:
            raise ReplyRefused("This button belongs to nothing that waits here.")
        return send

    async def _note(self, tx: Transaction, actor: DiscordId, send: Effect, action: str) -> None:
        await audit.write(
            tx,
            audit.Entry(
                id=self._ids.new(),
                at=self._clock.now(),
                actor=actor,
                creator=send.creator,
                action=action,
                target=send.fan or FanId(""),
                cause=send.id,
                outcome="accepted",
            ),
        )


async def _must_be_linked(tx: Transaction, thread: FanThread) -> None:
    link = await creators.open_link(tx, thread.creator)
    if link is None or link.state is LinkState.UNLINKING:
        raise ReplyRefused(NOT_LINKED)
