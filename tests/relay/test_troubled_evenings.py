"""Whole evenings in which much goes wrong: nothing lost, twice or out of order."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import TryLater
from bot.model.events import Person
from storage.records import EffectId, EffectState, FanId
from tests.relay.clock_fixtures import TickingClock
from tests.relay.fault_switchboard import Fault, HeldCall, LateCall, LostAnswer, ResetConnection
from tests.relay.relay_scenario import FORUM, MAYA, RelayScenario, running

FANS = [Person(FanId(f"{number:04}-fan"), f"fan-{number}", f"Fan {number}") for number in range(4)]
DEAR = {"send", "open_thread", "post", "edit"}  # what cannot simply be done again


class RandomNetworkFaults:
    """One call in five goes wrong."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def __call__(self, call: str) -> Fault | None:
        if self._random.random() > 0.2:
            return None
        if call in DEAR and self._random.random() < 0.6:
            return self._random.choice((LostAnswer(), ResetConnection(), LateCall(30_000)))
        return TryLater("Not now.", after=self._random.choice((None, 3.0)))


class TroubledEvening:
    """Fans write, Maya answers, the process crashes; and who wrote what is remembered here."""

    def __init__(self, world: RelayScenario, seed: int) -> None:
        self._world = world
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self.written: dict[FanId, list[str]] = {fan.id: [] for fan in FANS}
        self.answered: dict[FanId, list[str]] = {fan.id: [] for fan in FANS}
        self.replies: list[EffectId] = []

    async def play(self, steps: int) -> None:
        """So many things happen."""
        world = self._world
        for number in range(steps):
            fan = self._random.choice(FANS)
            world.clock.at += 1_000
            if self._random.random() < 0.6 or not self.written[fan.id]:
                await self._write(fan, f"message {number}")
            else:
                await self._answer(fan, f"answer {number}")
            if self._random.random() < 0.1:
                await world.restart()
            if self._random.random() < 0.3:
                await world.pass_time(self._random.choice((1_000, 20_000, 90_000)))

    async def _write(self, fan: Person, text: str) -> None:
        self.written[fan.id].append(text)
        event = self._world.wrote(text, fan)
        for _ in range(self._random.choice((1, 1, 2))):
            await self._world.keep(event)

    async def _answer(self, fan: Person, text: str) -> None:
        known = await self._world.current(fan)
        if known is None or known.state != "open":
            return
        self.answered[fan.id].append(text)
        self.replies.append(await self._world.reply(text, fan))

    async def end(self) -> None:
        """The weather clears up; Maya presses [Send again] wherever she is asked to."""
        world = self._world
        await world.pass_time(600_000)
        for reply in self.replies:
            effect = await world.effect(reply)
            if effect.state is EffectState.ABSENT:
                fan = next(one for one in FANS if one.id == effect.fan)
                await world.replies.again(reply, MAYA, await world.thread(fan))
        await world.pass_time(600_000)


@pytest.mark.parametrize("seed", range(6))
async def test_in_bad_weather_every_message_and_every_reply_is_there_once(tmp_path: Path, seed: int) -> None:
    async with running(tmp_path) as world:
        world.discord.faults.chance = RandomNetworkFaults(seed)
        world.fanvue.faults.chance = RandomNetworkFaults(seed + 100)
        evening = TroubledEvening(world, seed)

        await evening.play(50)
        await world.pass_time(200_000)
        world.discord.faults.chance = world.fanvue.faults.chance = lambda _call: None
        await evening.end()

        for fan in FANS:
            if not evening.written[fan.id]:
                continue
            lines = await world.lines(fan)
            assert [line for line in lines if line.startswith("message")] == evening.written[fan.id]
            assert sorted(line for line in lines if line.startswith("answer")) == sorted(
                evening.answered[fan.id]
            )
            assert sorted(map(str, world.texts(fan))) == sorted(evening.answered[fan.id])
        assert len(world.discord.threads(FORUM)) == sum(bool(texts) for texts in evening.written.values())
        assert {(await world.effect(reply)).state for reply in evening.replies} <= {EffectState.DONE}


async def test_many_fans_at_once_in_real_time(tmp_path: Path) -> None:
    crowd = [Person(FanId(f"{number:04}-fan"), None, f"Fan {number}") for number in range(30)]
    async with running(tmp_path, RetryWaits().divided(500), clock=TickingClock()) as world:
        world.discord.faults.add("post", LostAnswer(), ResetConnection(), TryLater("Not now."))

        await asyncio.gather(*(world.keep(world.wrote(f"I am {fan.display_name}", fan)) for fan in crowd))
        await world.discord.until_posts(len(crowd))
        await world.stop()

        assert len(world.discord.threads(FORUM)) == len(crowd)
        assert [await world.lines(fan) for fan in crowd] == [[f"I am {fan.display_name}"] for fan in crowd]


async def test_a_bridge_that_stops_in_peace_finishes_what_it_began_and_begins_nothing(tmp_path: Path) -> None:
    async with running(tmp_path) as world:
        held = HeldCall(done=False)
        world.discord.faults.add("open_thread", held)
        await world.keep(world.wrote("hello"))
        await held.reached.wait()
        stopping = asyncio.create_task(world.stop())
        await world.keep(world.wrote("hello?", FANS[0]))
        held.go.set()
        await stopping
        after_the_stop = (world.discord.threads(FORUM), (await world.current() or pytest.fail("none")).state)

        await world.restart()
        await world.turn()

        assert after_the_stop == ([await world.thread()], "open")
        assert await world.lines() == ["hello"]
        assert await world.lines(FANS[0]) == ["hello?"]
