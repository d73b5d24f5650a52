"""Fans' threads: wanted once, opened once, found again by their reference.

The adoption rule (R6): after an attempt of unknown fate a forum post is this thread only if its first
message is the bot's own and carries the row's reference in a button; never by name. It is looked for in
the forum of the attempt, whichever forum is the newest by now.
"""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome, SettlingMethod
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import card_stream, discord_stream, thread_stream
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.language import english
from bot.model.ports import DiscordPort, FanvuePort, OpenedThread, Post
from bot.relay import impostors
from bot.relay.context import Context
from bot.text import render
from storage.database import Transaction
from storage.inbox import fans, forums, threads
from storage.operations import attention
from storage.people import creators
from storage.records import Creator, CreatorId, Effect, Fan, FanId, FanThread, Forum, Millis, ThreadKey

# Told of a thread, and of when that happened which it is wanted for; part of the same transaction.
Begins = Callable[[Transaction, FanThread, Millis], Awaitable[None]]

# A thread may have been opened for an earlier message than the one that it is wanted for now.
_BEFORE: Millis = 7 * 86_400_000


async def nothing_before(_tx: Transaction, _thread: FanThread, _at: Millis, /) -> None:
    """A thread begins with its first line: the default until `bot.app.relay` passes in better."""


async def nothing_after(_tx: Transaction, _thread: FanThread, _wanted: Millis, /) -> None:
    """Nobody else shows threads: the default until `bot.app.relay` passes in better."""


class ThreadOpener:
    """Wants threads; `OpenThreadHandler` makes them."""

    def __init__(self, *, effects: Effects, begins: Begins = nothing_before) -> None:
        """`begins`: told of each thread that is wanted, before any line of it."""
        self._effects = effects
        self._begins = begins

    async def ensure(
        self, tx: Transaction, creator: CreatorId, fan: FanId, forum: Forum, *, at: Millis
    ) -> FanThread:
        """The fan's thread; one is wanted where there is none, or where the last one is gone.

        `at`: when that happened which it is wanted for.
        """
        thread = await threads.current(tx, creator, fan)
        if thread is not None and thread.state != "gone":
            return thread
        generation = thread.generation + 1 if thread else 1
        return await self._want(tx, self._thread(creator, fan, forum, generation), at=at)

    async def replace(self, tx: Transaction, creator: CreatorId, fan: FanId, *, at: Millis) -> None:
        """The fan's thread is gone: close it here, and want the next generation, once there is a forum."""
        thread = await threads.current(tx, creator, fan)
        if thread is None or thread.state == "wanted":
            return
        if thread.state == "open":
            await threads.gone(tx, thread.key)
        forum = await forums.of_creator(tx, creator)
        if forum is not None:
            await self._want(tx, self._thread(creator, fan, forum, thread.generation + 1), at=at)

    def _thread(self, creator: CreatorId, fan: FanId, forum: Forum, generation: int) -> FanThread:
        key = self._effects.ids.thread(creator, fan, generation)
        return FanThread(
            key=key,
            creator=creator,
            fan=fan,
            generation=generation,
            guild=forum.guild,
            forum=forum.id,
            thread=None,
            card=None,
            reference=self._effects.ids.card(key),
            state="wanted",
        )

    async def _want(self, tx: Transaction, wanted: FanThread, *, at: Millis) -> FanThread:
        await threads.want(tx, wanted)
        await self._effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind="thread.open",
                stream=thread_stream(wanted.creator, wanted.fan),
                creator=wanted.creator,
                fan=wanted.fan,
                cause=wanted.key,
                part="open",
                body={},
                since=at - _BEFORE,
            ),
        )
        await self._begins(tx, wanted, at)
        return wanted


class OpenThreadHandler(EffectHandler):
    """One forum post for one fan."""

    settling = SettlingMethod.SEARCH

    def __init__(
        self, ctx: Context, *, discord: DiscordPort, fanvue: FanvuePort, opened: Begins = nothing_after
    ) -> None:
        """`opened`: told of each thread that is open now, and of when it was wanted."""
        self._ctx = ctx
        self._discord = discord
        self._fanvue = fanvue
        self._told = opened

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Always; but which forum is tried is recorded first, and changes only with one that is no more."""
        thread = await threads.by_key(tx, ThreadKey(effect.cause))
        if thread is not None and (effect.attempts == 0 or await forums.get(tx, thread.forum) is None):
            await self._aim(tx, thread)
        return True

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Create it with one request; after an earlier attempt, make sure that there is one only."""
        thread, fan, creator = await self._known(ThreadKey(effect.cause))
        if fan.handle is None:
            fan = await self._named(fan)
        name, card = await self._ctx.database.read(lambda tx: _first_face(tx, thread, fan, creator))
        try:
            opened = await self._discord.open_thread(thread.forum, name=name, card=card, tags=())
        except DeliveryRefused as refused:
            # All that the fan writes waits for this thread, so it stays wanted until a person has helped.
            raise TryLater(refused.reason, paused=True) from refused
        if effect.attempts == 0:
            return self._opened(effect, thread, opened)
        try:
            found = await self._find(effect, thread)
            return await self._keep_oldest(effect, thread, [*found, *([] if opened in found else [opened])])
        except (TryLater, DeliveryRefused, TargetGone) as unseen:
            # It was made all right: to say "not sent" now would make another one.
            raise DeliveryUnknown(unseen.reason) from unseen

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the forum for the reference; never by name."""
        thread, _, _ = await self._known(ThreadKey(effect.cause))
        found = await self._find(effect, thread)
        return await self._keep_oldest(effect, thread, found) if found else None

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The forum was deleted: another one is tried, or the fans wait until a person has run /setup."""
        thread = await threads.by_key(tx, ThreadKey(effect.cause))
        if thread is not None and await self._aim(tx, thread):
            return 0
        await attention.ask(tx, effect.id, english("The forum is gone: run /setup to create a new one."))
        return self._ctx.clock.now() + self._ctx.waits.paused

    async def _aim(self, tx: Transaction, thread: FanThread) -> bool:
        """Have the creator's newest forum tried next; False when there is no other one."""
        forum = await forums.of_creator(tx, thread.creator)
        if forum is None or forum.id == thread.forum:
            return False
        await threads.aim(tx, thread.key, forum)
        return True

    async def _find(self, effect: Effect, thread: FanThread) -> Sequence[OpenedThread]:
        return await self._discord.find_threads(thread.forum, thread.reference, since=effect.since)

    async def _named(self, fan: Fan) -> Fan:
        """The fan with the names that Fanvue knows. An event may lack them, and a thread has one name."""
        try:
            person = await self._fanvue.person(fan.creator, fan.id)
        except DeliveryFailed:
            return fan  # a thread without a name is better than none
        named = replace(fan, handle=person.handle, display_name=person.display_name)
        return await self._ctx.database.write(lambda tx: fans.learn(tx, named))

    async def _keep_oldest(self, effect: Effect, thread: FanThread, found: Sequence[OpenedThread]) -> Done:
        oldest, *others = found
        for other in others:
            with suppress(TargetGone):
                await self._discord.delete_thread(other.thread)
        return self._opened(effect, thread, oldest)

    def _opened(self, effect: Effect, thread: FanThread, opened: OpenedThread) -> Done:
        async def then(tx: Transaction) -> None:
            await threads.opened(tx, thread.key, thread=opened.thread, card=opened.card)
            self._ctx.dispatch.wake(tx, discord_stream(thread.creator, thread.fan))
            self._ctx.dispatch.wake(tx, card_stream(thread.creator, thread.fan))
            await self._told(tx, thread, effect.created_at)

        return Done(f"{opened.thread}:{opened.card}", then)

    async def _known(self, key: ThreadKey) -> tuple[FanThread, Fan, Creator]:
        async def work(tx: Transaction) -> tuple[FanThread, Fan, Creator]:
            thread = await threads.by_key(tx, key)
            fan = await fans.get(tx, thread.creator, thread.fan) if thread else None
            creator = await creators.get(tx, thread.creator) if thread else None
            forum = await forums.get(tx, thread.forum) if thread else None
            if thread is None or fan is None or creator is None:
                raise DeliveryRefused(english("We no longer know the thread's fan or creator."))
            if forum is None:
                raise TryLater(english("There is no forum yet: run /setup."), paused=True)
            return thread, fan, creator

        return await self._ctx.database.read(work)


async def _first_face(tx: Transaction, thread: FanThread, fan: Fan, creator: Creator) -> tuple[str, Post]:
    """The name of a thread and its first message; digits of an id only where another fan is named alike."""
    mistakable = await fans.is_mistakable(tx, fan)
    card = render.card(
        fan,
        thread,
        creator=creator.display_name,
        label=render.fan_label(fan) if mistakable else render.plain_label(fan),
        warning=await impostors.warning(tx, fan),
    )
    return render.thread_name(fan, digits=mistakable), card
