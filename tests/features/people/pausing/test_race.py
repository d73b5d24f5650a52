"""A pause and replies at once: what had not begun at its commit never leaves."""

import asyncio
import random
import re
from collections import Counter
from pathlib import Path

from bot.model.events import Person
from bot.text.reply_rules import ReplyRefused
from storage.database import Database, T, Work
from storage.records import FanId
from tests.features.people.pausing.pausing_scenario import NINA, PausingScenario, opened, words_of
from tests.relay.relay_scenario import MAYA

FANS = [Person(FanId(f"{number}b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20"), f"fan-{number}") for number in range(6)]
ROUNDS = 120
MOST = 160  # pieces of work after which the pause comes at the latest: nearly all of a round


class UnsteadyDatabase:
    """A database that lets others go first, at random, before and after each piece of work.

    It counts its work, so that something can begin after so much of it, however fast the machine is.
    """

    def __init__(self, database: Database, rng: random.Random) -> None:
        self._database = database
        self._rng = rng
        self._left = 0
        self._reached = asyncio.Event()

    def count(self, work: int) -> None:
        """Begin to count down."""
        self._left = work
        self._reached.clear()

    async def counted(self) -> None:
        """Return once so much work was done, or `give_up` was called."""
        await self._reached.wait()

    def give_up(self) -> None:
        self._reached.set()

    async def read(self, work: Work[T]) -> T:
        await self._let_others()
        found = await self._database.read(work)
        await self._let_others()
        return found

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        await self._let_others()
        found = await self._database.write(work, urgent=urgent)
        await self._let_others()
        return found

    async def close(self) -> None:
        await self._database.close()

    async def _let_others(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._reached.set()
        for _ in range(self._rng.randrange(8)):
            await asyncio.sleep(0)


async def _say(lodge: PausingScenario, fan: Person) -> int:
    """1 when the bridge took it, 0 when it was refused."""
    try:
        await lodge.say("hi", fan)
    except ReplyRefused:
        return 0
    return 1


async def _pause(lodge: PausingScenario, unsteady: UnsteadyDatabase, rng: random.Random) -> str:
    await unsteady.counted()
    return await lodge.pause(rng.choice((None, NINA)))


def _number(said: str, words: str) -> int:
    found = re.search(rf"\*\*(\d+) {words}", said)
    return int(found[1]) if found else 0


async def test_what_had_not_begun_when_the_pause_was_committed_never_leaves(tmp_path: Path) -> None:
    rng, seen = random.Random(11), Counter[str]()  # noqa: S311 - repeatable on purpose
    async with opened(tmp_path) as lodge:
        for fan in FANS:
            await lodge.greeted(fan)
        lodge.database = unsteady = UnsteadyDatabase(lodge.database, rng)
        await lodge.restart()

        for number in range(ROUNDS):
            before = len(lodge.fanvue.keys)
            unsteady.count(rng.randrange(MOST))
            pausing = asyncio.create_task(_pause(lodge, unsteady, rng))
            taken = await asyncio.gather(*(_say(lodge, fan) for fan in FANS))
            await lodge.turn()
            unsteady.give_up()
            said = await pausing
            await lodge.pass_time(1000)
            left = len(lodge.fanvue.keys) - before
            held = _number(said, "waited and (?:is|are) held")
            under_way = _number(said, "(?:was on its|were on their) way")

            assert left == sum(taken) - held, f"round {number}: {said}"
            seen.update(held=bool(held), under_way=bool(under_way), refused=sum(taken) < len(FANS))
            question = await lodge.off()
            if held:
                await lodge.press(question, "Discard them", by=MAYA)
            else:
                assert "The pause is over" in words_of(question)
            await lodge.turn()

    assert min(seen["held"], seen["under_way"], seen["refused"]) >= 5, seen
    assert len(lodge.fanvue.keys) == len(set(lodge.fanvue.keys))
