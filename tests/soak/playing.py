"""Plays a script: fans write and buy, members answer and remember."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.sandbox.discord.answers import Answer
from bot.sandbox.discord.asking import NotPossible
from bot.sandbox.discord.model import Channel
from bot.sandbox.discord.people import Person
from bot.sandbox.fanvue.people import Fan
from tests.soak.course import Course
from tests.soak.opening import labels
from tests.soak.script import Step
from tests.soak.town import House, Town
from tests.soak.weather import Weather

_PATIENCE = 12.0  # seconds that a member waits for an answer, or for a fan's thread to appear
_AT_ONCE = 48


@dataclass
class Attempt:
    """One reply that a member tried to send; `answer` goes on changing."""

    house: House
    fan: Fan
    step: Step
    answer: Answer

    @property
    def told(self) -> bool | None:
        """What the member was told: True on its way, False not sent, None neither."""
        text = self.answer.text
        if "On its way" in text:
            return True
        if self.answer.state in {"failed", "waiting"} or "not done" in text or "not sent" in text:
            return False
        return None


@dataclass
class Players:
    """Everybody in the town."""

    town: Town
    weather: Weather
    per_second: float
    course: Course
    attempts: list[Attempt] = field(default_factory=list)
    nowhere: int = 0  # replies that nobody could write: no thread was there to write in
    _busy: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def play(self, steps: Iterable[Step]) -> None:
        """Begin the steps in order, so many a second; returns when the last one has ended."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        async with asyncio.TaskGroup() as tasks:
            for count, step in enumerate(steps):
                wait = begun + count / self.per_second - loop.time()
                await asyncio.sleep(max(wait, 0))  # the script's own pace
                await self._busy.acquire()
                tasks.create_task(self._step(step))

    async def _step(self, step: Step) -> None:
        try:
            self.weather.stir()
            house = self.town.houses[step.house]
            await self._do(step, house, house.fans[step.fan])
        finally:
            self.course.done += 1
            self._busy.release()

    async def _do(self, step: Step, house: House, fan: Fan) -> None:
        world = self.town.fanvue.world
        match step.deed:
            case "writes":
                world.switches.text_in_events = not step.textless
                await fan.write(step.text, media=int(step.number % 17 == 0))
                world.switches.text_in_events = True
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
            case _:
                await self._replies(step, house, fan)

    async def _looks(self, fan: Fan) -> None:
        for message in fan.inbox():
            if message.price and message.purchased_at is None:
                await fan.buy(message.uuid)
                break
        await fan.read()

    async def _replies(self, step: Step, house: House, fan: Fan) -> None:
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
        self.attempts.append(Attempt(house, fan, step, answer))
        try:
            await answer.done(_PATIENCE)
        except TimeoutError:
            return  # still "thinking": the bridge was killed meanwhile

    async def _asks(self, step: Step, house: House, member: Person, thread: Channel) -> Answer | None:
        values = {"text": step.text}
        if step.dollars is not None:
            values |= {"price": str(step.dollars), "media": house.media[step.number % len(house.media)]}
        if not step.window:
            return await member.slash(house.guild, thread, "reply", **values)
        newest = next(one for one in reversed(member.read(thread)) if "Reply" in labels(one))
        opened = await member.click(newest, "Reply")
        await opened.done(_PATIENCE)
        return await member.submit(opened, values) if opened.state == "modal" else None
