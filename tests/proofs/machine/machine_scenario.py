"""Two creators, fans of one name, and a process that may die of it."""

import asyncio
import json
import random
import re
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.engine.retry import RetryWaits
from bot.engine.streams import facts_stream
from bot.model.events import CreatorWrote, FanWrote, Person
from bot.relay.forum_places import SetupDone
from bot.relay.replies import ReplyWish
from bot.relay.send_effects import show_state
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction, Work
from storage.engine import inbox, outbox, stream_heads
from storage.engine.connect import open_database
from storage.inbox import forums, threads
from storage.operations import attention
from storage.people import creators, unsent_messages
from storage.records import (
    Creator,
    CreatorId,
    DiscordId,
    EffectId,
    EffectState,
    FanId,
    Forum,
    Link,
    LinkId,
    LinkState,
    Millis,
)
from tests.audit_log_fixtures import begun
from tests.database_place import with_schema
from tests.proofs.machine.database_gate import DatabaseGate
from tests.proofs.machine.far_side_stand_ins import CountingFanvue, RememberingDiscord
from tests.proofs.machine.relay_model import ModelChat, ModelMessage, ModelReply, RelayModel
from tests.relay.clock_fixtures import SettableClock
from tests.relay.far_side_stand_ins import ChannelStandIn
from tests.relay.relay_scenario import GUILD, MAYA, RelayScenario

T = TypeVar("T")

LUNA, MARA = CreatorId("aaaa0000-luna"), CreatorId("bbbb0000-mara")
# The first two are one and the same to anybody who reads names and short ids.
CHATS = (
    ModelChat(LUNA, FanId("3b6a-one")),
    ModelChat(LUNA, FanId("3b6a-two")),
    ModelChat(MARA, FanId("3b6a-one")),
)
CREATORS = (LUNA, MARA)
A_SECOND: Millis = 1_000
LINE = re.compile(r"line (\d+) of")


class ProcessDied(Exception):
    """The process died of this, and another one has started."""


class MachineScenario:
    """The relay between its far sides, and the model beside it."""

    def __init__(self, database: DatabaseGate) -> None:
        self.gate = database
        self.world = RelayScenario(database, RetryWaits(), SettableClock())
        self.model = RelayModel()
        self.fanvue = CountingFanvue(self.world.clock)
        self.discord = RememberingDiscord(self.world.clock)
        self.world.fanvue, self.world.discord = self.fanvue, self.discord
        self.world.build()
        self.struck: set[tuple[DiscordId, DiscordId]] = set()  # lines lost with a thread that was deleted
        self.forums = 0

    async def furnish(self) -> None:
        """Everybody is linked and has a forum."""
        await begun(self.gate)
        for creator in CREATORS:
            await self._link(creator, 1)
            await self._set_up(creator)
        await self.world.start()
        await self.world.turn()

    # ── the process ──

    async def lives(self, doing: Coroutine[Any, Any, T]) -> T:
        """What came of `doing`. Raises Died when the process died meanwhile; then another one runs."""
        task = asyncio.ensure_future(doing)
        dead = asyncio.ensure_future(self.gate.dead.wait())
        await asyncio.wait({task, dead}, return_when=asyncio.FIRST_COMPLETED)
        died = self.gate.dead.is_set()
        for one in (task, dead):
            one.cancel()
        await asyncio.wait({task, dead})
        if not died:
            return task.result()
        await self.restart()
        raise ProcessDied

    async def restart(self) -> None:
        """Another process on the same database."""
        await self.world.crash()
        self.gate.open()
        await self.world.restart()

    async def look(self, work: Work[T]) -> T:
        """What the database holds, whether the process lives or not."""
        try:
            return await self.lives(self.gate.read(work))
        except ProcessDied:
            return await self.gate.read(work)

    async def rest(self, wait: Millis = 0) -> None:
        """Until nothing is left to do, `wait` from now; a death in between costs the rest of the wait."""
        try:
            await self.lives(self.world.pass_time(wait))
        except ProcessDied:
            await self.world.turn()

    # ── Fanvue ──

    def write(self, chat: ModelChat, *, complete: bool, by_creator: bool = False) -> ModelMessage:
        """Somebody writes; Fanvue has not told yet."""
        self.world.clock.at += A_SECOND
        number = len(self.model.messages)
        there = self.fanvue.write(chat.creator, chat.fan, f"line {number} of", by_creator=by_creator)
        return self.model.wrote(chat, there.message, complete=complete, by_creator=by_creator)

    async def tell(self, message: ModelMessage) -> None:
        """Fanvue tells of a message, once more or for the first time."""
        self.model.tell(message)
        chat = message.chat
        [there] = [one for one in self.fanvue.chat(chat.creator, chat.fan) if one.message == message.id]
        wrote = CreatorWrote if message.by_creator else FanWrote
        text = there.text if message.complete else None
        event = wrote(
            chat.creator, person(chat), there.message, there.sent_at, text, complete=message.complete
        )
        try:
            await self.lives(self.world.keep(event, key=message.id))
        except ProcessDied:
            return
        message.told = True

    async def tell_of_own(self, number: int) -> None:
        """Fanvue tells of a message that the bridge sent."""
        own = sorted(self.fanvue.sender)
        if not own:
            return
        message = own[number % len(own)]
        for chat in CHATS:
            for there in self.fanvue.chat(chat.creator, chat.fan):
                if there.message == message:
                    echo = CreatorWrote(
                        chat.creator, person(chat), message, there.sent_at, there.text, complete=True
                    )
                    await self._quietly(self.world.keep(echo, key=message))

    # ── members ──

    async def reply(self, chat: ModelChat, text: str) -> None:
        """Maya answers, if she sees a thread to do it in."""
        channel = await self._thread(chat)
        if channel is None:
            return
        self.world.clock.at += A_SECOND
        wish = self.world.wish(channel)
        try:
            command = await self.lives(self.world.replies.stage(ReplyWish(wish, text)))
        except (ProcessDied, ReplyRefused):
            return
        try:
            await self.lives(self.world.replies.accept(command))
        except ReplyRefused:
            return
        except ProcessDied:
            pass  # what she was told depends on whether the commit was made: then it counts
        send = await self.look(lambda tx: outbox.by_cause(tx, command, "send"))
        if send is not None:
            self.model.replies[send.id] = ModelReply(chat, text)

    async def press(self, number: int, *, again: bool) -> None:
        """Maya presses a button of a reply, wherever she is asked to or not."""
        if not self.model.replies:
            return
        reply = list(self.model.replies)[::-1][number % len(self.model.replies)]
        known = self.model.replies[reply]
        channel = await self._thread(known.chat)
        if channel is None:
            return
        press = self.world.replies.again if again else self.world.replies.drop
        await self._quietly(press(reply, MAYA, channel))
        known.over = known.over or await self.state(reply) is EffectState.CANCELLED

    async def state(self, effect: EffectId) -> EffectState:
        """How far the bridge is with an effect."""
        found = await self.look(lambda tx: outbox.get(tx, effect))
        assert found is not None
        return found.state

    async def delete_thread(self, chat: ModelChat) -> None:
        """A moderator deletes a fan's thread."""
        channel = await self._thread(chat)
        if channel is not None:
            await self._strike(channel)
            self.discord.delete(channel)

    # ── creators ──

    async def unlink(self, creator: CreatorId) -> None:
        """As `bot.features.people.accounts.unlink_service` does it to the relay."""
        self.model.reading_failed = True

        async def work(tx: Transaction) -> list[EffectId]:
            link = await creators.open_link(tx, creator)
            if link is None:
                return []
            now = self.world.clock.now()
            left = await unsent_messages.of(tx, creator)
            waiting = [one.effect for one in left if one.state is EffectState.PENDING]
            for effect in waiting:
                await stream_heads.end(tx, effect, EffectState.CANCELLED, now=now)
                send = await outbox.get(tx, effect)
                assert send is not None
                await show_state(tx, self.world.effects, send, "unlinked")
            await creators.close(tx, link.id, now=now)
            return waiting

        await self._quietly(self.world.database.write(work))
        if await self.look(lambda tx: creators.open_link(tx, creator)) is None:
            self.fanvue.unlinked.add(creator)
        for reply, known in self.model.replies.items():
            known.over = known.over or await self.state(reply) is EffectState.CANCELLED

    async def relink(self, creator: CreatorId) -> None:
        """As `bot.features.people.accounts.confirmation_service` does it to the relay."""

        async def work(tx: Transaction) -> None:
            if await creators.open_link(tx, creator) is not None:
                return
            generation = await creators.last_generation(tx, creator) + 1
            await creators.add_link(tx, _a_link(creator, generation), now=self.world.clock.now())
            await inbox.adopt_orphans(tx, creator)
            for stream in (facts_stream(creator), *await unsent_messages.release(tx, creator)):
                self.world.driver.wake(tx, stream)

        await self._quietly(self.world.database.write(work))
        if await self.look(lambda tx: creators.open_link(tx, creator)) is not None:
            self.fanvue.unlinked.discard(creator)

    async def lose_forum(self, creator: CreatorId) -> None:
        """Somebody deletes a creator's forum."""
        forum = await self._forum(creator)
        if forum is not None and forum in self.discord.forums:
            for thread in self.discord.threads(forum):
                await self._strike(thread)
            self.discord.delete_forum(forum)

    async def set_up(self, creator: CreatorId) -> None:
        """Somebody runs /setup: a forum that is gone is forgotten, and another one made."""
        forum = await self._forum(creator)
        if forum is not None and forum in self.discord.forums:
            return
        if forum is not None:
            await self._quietly(self.world.places.remove(forum))
        await self._quietly(self._set_up(creator))

    # ── the end ──

    async def clear_up(self) -> None:
        """The weather is fine; everybody does what they are asked to, and Fanvue repeats what it must."""
        for side in (self.discord, self.fanvue):
            side.faults._next.clear()
        await self.restart()
        for creator in CREATORS:
            await self.relink(creator)
            await self.set_up(creator)
        for message in self.model.messages:
            if message.tried and not message.told:
                await self.tell(message)
        for _ in range(3):  # what a person has mended may need them once more further on
            await self.rest(2 * RetryWaits().paused)
            await self._press_all()
        await self.rest(2 * RetryWaits().paused)

    def left_alone(self, creator: CreatorId, network: str) -> bool:
        """Whether so much failed there that the bridge waits before it tries again."""
        breaker = self.world.deliveries._breakers._breakers.get((creator, network))
        now = self.world.clock.now()
        return breaker is not None and bool(breaker.wait) and now < max(breaker.until, breaker.probe_until)

    async def _press_all(self) -> None:
        async def work(tx: Transaction) -> None:
            now = self.world.clock.now()
            for row in await tx.all("SELECT * FROM outbox WHERE state IN ('absent', 'rejected')"):
                effect = outbox.effect_of(row)
                for number in LINE.findall(json.dumps(self.world.effects.body(effect))):
                    self.model.messages[int(number)].in_order = False  # the others did not wait for a person
                await attention.again(tx, effect.id, now=now)
                self.world.driver.wake(tx, effect.stream)

        await self.world.database.write(work)

    # ── small things ──

    async def _quietly(self, doing: Coroutine[Any, Any, Any]) -> None:
        try:
            await self.lives(doing)
        except (ProcessDied, ReplyRefused):
            return

    async def _thread(self, chat: ModelChat) -> DiscordId | None:
        known = await self.look(lambda tx: threads.current(tx, chat.creator, chat.fan))
        return known.thread if known and known.thread in self.discord.channels else None

    async def _forum(self, creator: CreatorId) -> DiscordId | None:
        forum = await self.look(lambda tx: forums.of_creator(tx, creator))
        return forum.id if forum else None

    async def _set_up(self, creator: CreatorId) -> None:
        self.forums += 1
        forum, alerts = DiscordId(100 + self.forums), DiscordId(900)
        self.discord.forums.add(forum)
        self.discord.channels.setdefault(alerts, ChannelStandIn())
        place = Forum(forum, GUILD, DiscordId(1), alerts, creator, "{}")
        await self.world.places.add(place, SetupDone(MAYA, creator, None))

    async def _link(self, creator: CreatorId, generation: int) -> None:
        async def work(tx: Transaction) -> None:
            await creators.learn(tx, Creator(creator, creator, creator), now=self.world.clock.now())
            await creators.add_link(tx, _a_link(creator, generation), now=self.world.clock.now())

        await self.world.database.write(work)

    async def _strike(self, thread: DiscordId) -> None:
        """Lines whose fate the bridge does not know yet are lost with their thread, and come again."""
        for made, post in self.discord.channels[thread].posts.items():
            for button in post.buttons:
                effect = await self.look(partial(outbox.get, effect=EffectId(button.ref)))
                if effect is not None and effect.kind != "chat.send" and effect.state != EffectState.DONE:
                    self.struck.add((thread, made))


def person(chat: ModelChat) -> Person:
    """A fan as every event names them: like all the others."""
    return Person(chat.fan, None, "Emma")


def _a_link(creator: CreatorId, generation: int) -> Link:
    link = LinkId(f"{creator}-{generation}")
    return Link(link, creator, MAYA, GUILD, generation, LinkState.ACTIVE, "", "handle")


@contextmanager
def staged(folder: Path, seed: int) -> Iterator[tuple[asyncio.Runner, MachineScenario]]:
    """A stage on a loop of its own, for tests that are no coroutines."""
    with asyncio.Runner() as runner:
        database = runner.run(open_database(with_schema(f"sqlite:///{folder}/bridge.sqlite3"), now=0))
        try:
            stage = MachineScenario(DatabaseGate(database, random.Random(seed)))  # noqa: S311 - repeatable on purpose
            runner.run(stage.furnish())
            yield runner, stage
            runner.run(stage.world.crash())
        finally:
            runner.run(database.close())
