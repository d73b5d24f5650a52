"""A reply leaves: its rows in the outbox, and what its author reads."""

from collections.abc import Mapping
from typing import Any

from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import discord_stream, fanvue_stream, typed_stream
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.impostors import label_of
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.inbox import fans
from storage.records import CommandId, DiscordId, EffectId, FanThread, Millis

CANCEL = "reply.cancel"
TYPED_GONE = "typed.gone"


async def addressed(tx: Transaction, thread: FanThread) -> str:
    """The name of a thread's fan for those who answer."""
    fan = await fans.get(tx, thread.creator, thread.fan)
    return await label_of(tx, fan) if fan else tr("the fan")


def at_once(to: str) -> str:
    return tr("On its way to {to}. The thread shows when it is sent.", to=to)


def on_its_way(to: str, send: EffectId, hold: int, due: Millis) -> Post | str:
    """`hold`: seconds that it waits, until `due`; 0: it does not."""
    if not hold:
        return at_once(to)
    return Post(
        body=(
            tr(
                "On its way to {to}: it is sent in {hold} s, at <t:{due}:T>.",
                to=to,
                hold=hold,
                due=due // 1000,
            ),
        ),
        small=tr("Cancel stops it until then and keeps your text. The thread shows when it is sent."),
        buttons=(Button(CANCEL, send, tr("Cancel"), "danger"),),
    )


async def queue(  # noqa: PLR0913 - what a reply is made of, each by its name
    tx: Transaction,
    effects: Effects,
    thread: FanThread,
    command: CommandId,
    body: Mapping[str, Any],
    *,
    due: Millis,
    shows: Millis = 0,
    typed: DiscordId | None = None,
) -> EffectId:
    """One send to the fan, not before `due`, and the line that shows it. Raises ReplyRefused.

    `shows`: until when the line waits for the end of the send. `typed`: the message in which it stood in the
    thread; the line takes its place.
    """
    send = await effects.add(tx, _sent(thread, command, body, due))
    if send is None:
        raise ReplyRefused(tr("This was already taken."))
    await effects.add(tx, _shown(thread, send, shows))
    if typed is not None:
        await effects.add(tx, _taken_up(thread, send, typed))
    return send


def _sent(thread: FanThread, command: CommandId, body: Mapping[str, Any], due: Millis) -> EffectRequest:
    return EffectRequest(
        network="fanvue",
        kind="chat.send",
        stream=fanvue_stream(thread.creator, thread.fan),
        creator=thread.creator,
        fan=thread.fan,
        cause=command,
        part="send",
        body=body,
        not_before=due,
    )


def _shown(thread: FanThread, send: EffectId, shows: Millis) -> EffectRequest:
    return EffectRequest(
        network="discord",
        kind="reply.post",
        stream=discord_stream(thread.creator, thread.fan),
        creator=thread.creator,
        fan=thread.fan,
        cause=send,
        part="show",
        body={"reply": send},
        not_before=shows,
    )


def _taken_up(thread: FanThread, send: EffectId, typed: DiscordId) -> EffectRequest:
    return EffectRequest(
        network="discord",
        kind=TYPED_GONE,
        stream=typed_stream(thread.creator, typed),
        creator=thread.creator,
        fan=thread.fan,
        cause=send,
        part="typed",
        body={"typed": typed, "reply": send},
    )
