"""Deeds on the Discord side: lines, alerts, and what became of a reply."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from dataclasses import replace

from bot.engine.effect_handler import (
    Becomes,
    Body,
    Done,
    EffectHandler,
    Outcome,
    SettlingMethod,
    Then,
    fan_of,
)
from bot.engine.outbox import Effects, unpack_post
from bot.engine.sending_pauses import why_held
from bot.model.draft_source import mark_of
from bot.model.errors import AutomodBlocked, DeliveryRefused, TryLater
from bot.model.language import english, tr
from bot.model.ports import DiscordPort, Post
from bot.relay.context import Context
from bot.relay.impostors import label_of
from bot.relay.lines import ref_from_elsewhere
from bot.relay.redaction import LineRedaction, LineRedactor
from bot.relay.send_effects import outgoing
from bot.relay.threads import ThreadOpener
from bot.text import render, unsend_texts
from bot.text.draft_changes import said
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import fans, forums, messages, threads
from storage.operations import attention
from storage.records import DiscordId, Effect, EffectId, EffectState, FanThread, FanvueMessageId, Millis


class PostLineHandler(EffectHandler):
    """One message in a fan's thread."""

    settling = SettlingMethod.NONCE

    def __init__(
        self, ctx: Context, *, discord: DiscordPort, opener: ThreadOpener, covers: LineRedactor
    ) -> None:
        self._ctx = ctx
        self._discord = discord
        self._opener = opener
        self._covers = covers

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Whether the thread is open; opening it wakes this stream."""
        thread = await threads.current(tx, effect.creator, fan_of(effect))
        if thread is not None and thread.state == "gone":
            # There was no forum either when that was found out; by now there may be one.
            await self._opener.replace(tx, effect.creator, fan_of(effect), at=effect.created_at)
        return thread is not None and thread.state == "open"

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it under the effect's own nonce; a notice replaces one that the server's filter blocks."""
        return await self._posted(effect, body, await self._dress(effect))

    async def _posted(self, effect: Effect, body: Body, dress: LineRedaction) -> Outcome:
        try:
            return await self._post(effect, unpack_post(body["post"]), body.get("message"), dress)
        except AutomodBlocked as blocked:
            if effect.attempt_started is not None:
                raise  # an earlier attempt may have passed: that is looked for first
            return Becomes("post.hidden", {**body, "why": blocked.reason})

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the thread for the button that carries this effect's id."""
        return await self._find(effect, effect.id, body.get("message"))

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The thread was deleted: another one is opened, and this line goes there."""
        await self._opener.replace(tx, effect.creator, fan_of(effect), at=effect.created_at)
        return 0

    async def _dress(self, effect: Effect) -> LineRedaction:
        return await self._ctx.database.read(lambda tx: self._covers.of(tx, [effect]))

    async def _post(self, effect: Effect, post: Post, message: str | None, dress: LineRedaction) -> Done:
        channel = _channel(dress.thread)
        shown = await self._covers.over(post, effect, dress)
        posted = await self._discord.post(channel, shown, nonce=effect.nonce)
        return self._done(effect, channel, posted, message)

    async def _find(self, effect: Effect, reference: str, message: str | None) -> Done | None:
        thread = await self._ctx.database.read(lambda tx: threads.current(tx, effect.creator, fan_of(effect)))
        channel = _channel(thread)
        posted = await self._discord.find_post(channel, reference, since=effect.since)
        return None if posted is None else self._done(effect, channel, posted, message)

    def _done(self, effect: Effect, channel: DiscordId, posted: DiscordId, message: str | None) -> Done:
        return Done(f"{channel}:{posted}", shown_in(effect, channel, posted, message))


class ShowReplyHandler(PostLineHandler):
    """A member's reply in the fan's thread, in the state it has when it is posted."""

    async def do(self, effect: Effect, body: Body) -> Outcome:

        async def work(tx: Transaction) -> tuple[tuple[Post, FanvueMessageId | None], LineRedaction]:
            view = await view_of_reply(tx, self._ctx.effects, EffectId(body["reply"]))
            return view, await self._covers.of(tx, [effect])

        (post, message), dress = await self._ctx.database.read(work)
        return await self._post(effect, post, message, dress)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the thread for a button of the reply's: as it was before it was sent, or after."""
        reply = EffectId(body["reply"])

        async def work(tx: Transaction) -> tuple[tuple[Post, FanvueMessageId | None], bool]:
            # Together: what is settled while the thread is searched has changed what is searched for.
            return await view_of_reply(tx, self._ctx.effects, reply), await _in_doubt(tx, reply)

        (post, message), doubted = await self._ctx.database.read(work)
        for ref in {reply: None, post.buttons[0].ref: None}:
            found = await self._find(effect, ref, message)
            if found is not None:
                return found
        if message is None and doubted:
            raise TryLater(
                english("We don't know yet whether the reply was sent, and its post depends on that.")
            )
        return None


async def view_of_reply(
    tx: Transaction, effects: Effects, reply: EffectId
) -> tuple[Post, FanvueMessageId | None]:
    """A reply as it stands now, whole, and the message that it became. Raises Refused."""
    send = await outbox.get(tx, reply)
    if send is None:
        raise DeliveryRefused(english("We no longer know this reply."))
    fan = await fans.get(tx, send.creator, fan_of(send))
    paired = await messages.of_effect(tx, reply)
    body = effects.body(send)
    mark = mark_of(send.drafted)
    post = render.reply(
        send,
        outgoing(body),
        author=body["author"],
        fan=await label_of(tx, fan) if fan else "fan",
        paired=paired,
        ref=ref_from_elsewhere(effects, send.creator, paired.message) if paired else send.id,
        held=await why_held(tx, send),
        original=body.get("original"),
    )
    if mark is not None and (change := said(mark.change)):
        post = replace(post, small=f"{post.small}\n{tr('Draft: {change}', change=change)}")
    unsend = await outbox.by_cause(tx, reply, "unsend")
    return unsend_texts.reply_line(post, send, paired, unsend), paired.message if paired else None


def _channel(thread: FanThread | None) -> DiscordId:
    if thread is None or thread.thread is None:
        raise TryLater(english("The fan's thread is not open yet."))
    return thread.thread


async def _in_doubt(tx: Transaction, reply: EffectId) -> bool:
    send = await outbox.get(tx, reply)
    return send is not None and send.state in (EffectState.SENDING, EffectState.UNKNOWN)


class PostAlertHandler(EffectHandler):
    """One line in the creator's alerts channel."""

    settling = SettlingMethod.NONCE

    def __init__(self, ctx: Context, *, discord: DiscordPort) -> None:
        self._ctx = ctx
        self._discord = discord

    async def do(self, effect: Effect, body: Body) -> Outcome:
        channel = await self._channel(effect)
        posted = await self._discord.post(channel, unpack_post(body["post"]), nonce=effect.nonce)
        return Done(f"{channel}:{posted}")

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the channel for the button that carries this effect's id."""
        channel = await self._channel(effect)
        posted = await self._discord.find_post(channel, effect.id, since=effect.since)
        return None if posted is None else Done(f"{channel}:{posted}")

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The channel was deleted: the alert waits until a person has run /setup again."""
        await attention.ask(
            tx, effect.id, english("The alerts channel is gone: run /setup to create a new one.")
        )
        return self._ctx.clock.now() + self._ctx.waits.paused

    async def _channel(self, effect: Effect) -> DiscordId:
        forum = await self._ctx.database.read(lambda tx: forums.of_creator(tx, effect.creator))
        if forum is None:
            raise TryLater(english("There is no alerts channel yet: run /setup."), paused=True)
        return forum.alerts


def shown_in(effect: Effect, channel: DiscordId, posted: DiscordId, message: str | None) -> Then:
    """The step that records where a message is shown."""

    async def then(tx: Transaction) -> None:
        if message is not None:
            await messages.shown_at(tx, effect.creator, FanvueMessageId(message), channel, posted)

    return then
