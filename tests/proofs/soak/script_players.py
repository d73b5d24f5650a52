"""Plays a script: fans write and buy, members answer and remember."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.people import StandInFan
from tests.earlier_windows import with_ids
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.creator_setup import INTERRUPTED, labels
from tests.proofs.soak.network_faults import NetworkFaults
from tests.proofs.soak.owner_actions import publish, write_to_all
from tests.proofs.soak.script_progress import ScriptProgress
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario
from tests.proofs.soak.soak_script import ScriptStep

_PATIENCE = 12.0  # seconds that a member waits for an answer, or for a fan's thread to appear
_AT_ONCE = 48
_FAR_BEHIND = 500  # facts and effects that are still to be dealt with
_LOOK_EVERY = 20  # steps
_PAUSE = 0.25
_AS_OFTEN = 5
_CATCHES_UP = 1.0  # seconds of the script that may be made up for


@dataclass
class ReplyAttempt:
    """One reply that a member tried to send; `answer` goes on changing."""

    house: SoakCreator
    fan: StandInFan
    step: ScriptStep
    answer: InteractionAnswer
    waits: bool = False  # for a lead, or for its time: that it was taken does not mean that it leaves
    typed: str = ""  # what the bridge knows a plain message by; `answer` tells nothing of it then

    @property
    def name(self) -> str:
        """What the bridge knows it by."""
        return self.typed or str(self.answer.id)

    @property
    def told(self) -> bool | None:
        """What the member was told: True on its way, False not sent, None neither."""
        if self.typed:
            return None
        text = self.answer.text
        if "On its way" in text or self.answer.state == "deleted":
            return True  # it goes away once the thread says that the reply was sent
        if self.answer.is_silent:
            return True  # the window closed, and nothing beside its line says otherwise
        if self.answer.state in {"failed", "waiting"} or "not done" in text or "not sent" in text:
            return False
        return None

    @property
    def untold(self) -> bool:
        """Whether the bridge said nothing: the window closed, or Discord says that something went wrong."""
        return self.answer.is_silent or self.answer.state == "failed"


@dataclass
class ScriptPlayers:
    """Everybody in the town."""

    town: SoakScenario
    weather: NetworkFaults
    per_second: float
    course: ScriptProgress
    attempts: list[ReplyAttempt] = field(default_factory=list)
    nowhere: int = 0  # replies that nobody could write: no thread was there to write in
    _busy: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def play(self, steps: Iterable[ScriptStep]) -> None:
        """Begin the steps in order, at most so many a second; returns when the last one has ended.

        They wait while the bridge is far behind, for on a slow machine the kills would leave it no life.
        """
        loop = asyncio.get_running_loop()
        due = loop.time()
        async with asyncio.TaskGroup() as tasks:
            for count, step in enumerate(steps):
                due = max(due + 1 / self.per_second, loop.time() - _CATCHES_UP)
                await asyncio.sleep(due - loop.time())  # the script's own pace
                while count % _LOOK_EVERY == 0 and await self._is_far_behind():  # noqa: ASYNC110 - another process
                    await asyncio.sleep(_PAUSE)
                await self._busy.acquire()
                tasks.create_task(self._step(step))

    async def _is_far_behind(self) -> bool:
        return await asyncio.to_thread(bridge_ledger.busy, self.town.database) > _FAR_BEHIND

    async def _step(self, step: ScriptStep) -> None:
        try:
            self.weather.stir()
            house = self.town.houses[step.house]
            await self._do(step, house, house.fans[step.fan])
        finally:
            self.course.done += 1
            self._busy.release()

    async def _do(self, step: ScriptStep, house: SoakCreator, fan: StandInFan) -> None:
        world = self.town.fanvue.world
        match step.deed:
            case "writes":
                world.switches.text_in_events = not step.textless
                await fan.write(step.text, media=int(step.number % 17 == 0))
                world.switches.text_in_events = True
            case "tips" if world.switches.tips_are_gifts:
                await fan.give()
            case "tips":
                # Every fourth tip is of one amount: what two sources tell must be told apart all the same.
                await fan.tip(500 if step.number % 4 == 0 else 100 + step.number % 5000)
            case "follows":
                await fan.follow()
            case "joins":
                newcomer = world.add_fan(f"new{step.number}", "Sam", house.creator, subscribed=False)
                await newcomer.subscribe()
            case "elsewhere":
                world.write_as_creator(fan, step.text)
            case "looks":
                await self._looks(fan)
            case "masses":
                with suppress(*INTERRUPTED):
                    await write_to_all(house, step.text)
            case "posts":
                with suppress(*INTERRUPTED):  # she types it again another day
                    await publish(house, step.text)
            case _:
                await self._replies(step, house, fan)

    async def _looks(self, fan: StandInFan) -> None:
        for message in fan.inbox():
            if message.price and message.purchased_at is None:
                await fan.buy(message.uuid)
                break
        await fan.read()

    async def _replies(self, step: ScriptStep, house: SoakCreator, fan: StandInFan) -> None:
        member = house.members[step.number % len(house.members)]
        try:
            thread = await self.town.discord.world.until(lambda: self.town.thread_of(house, fan), _PATIENCE)
            assert thread is not None
            answer = await self._asks(step, house, member, thread)
        except (NotPossible, TimeoutError):
            answer = None
        if answer is None:
            self.nowhere += 1
            return
        self.attempts.append(ReplyAttempt(house, fan, step, answer))
        with suppress(TimeoutError):  # still "thinking": the bridge was killed meanwhile
            await answer.done(_PATIENCE)
            if answer.state == "updated":  # a window over a line: what is to be read comes beside it
                await answer.until(lambda now: bool(now.followups) or has_arrived(fan, step), _PATIENCE)
            await _insist(member, answer)

    async def _asks(
        self, step: ScriptStep, house: SoakCreator, member: DiscordPerson, thread: StandInChannel
    ) -> InteractionAnswer | None:
        values = {"text": step.text}
        if step.dollars is not None:
            values |= {"price": str(step.dollars), "media": house.media[step.number % len(house.media)]}
        if not step.window:
            return await member.slash(house.guild, thread, "reply", **values)
        newest = next(one for one in reversed(member.read(thread)) if "Reply" in labels(one))
        opened = await member.click(newest, "Reply")
        await opened.done(_PATIENCE)
        if opened.state == "shown":  # a colleague has just been there
            opened = await member.click(opened.message, "Answer anyway")
            await opened.done(_PATIENCE)
        return await member.submit(with_ids(opened), values) if opened.state == "modal" else None


def has_arrived(fan: StandInFan, step: ScriptStep) -> bool:
    """Whether the fan has the words of a step."""
    return any(message.text == step.text for message in fan.inbox())


async def _insist(member: DiscordPerson, answer: InteractionAnswer) -> None:
    """Whoever is asked because something new came in says that it goes out all the same."""
    for _ in range(_AS_OFTEN):
        if answer.message is None or "Send" not in labels(answer.message):
            return
        with suppress(NotPossible):
            await _changed(await member.click(answer.message, "Send"), answer.text)


async def _changed(answer: InteractionAnswer, before: str) -> None:
    """Until something else stands there: a press changes the message that it belongs to."""
    await answer.until(lambda now: now.text != before, _PATIENCE)
