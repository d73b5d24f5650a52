"""500 fans of one name, or 2,000: each gets one thread and only their own lines."""

import asyncio
import random
from collections import Counter
from itertools import count
from pathlib import Path

from bot.model.events import Person
from storage.database import Row, Transaction
from storage.records import DiscordId, FanId
from tests.full_size import size
from tests.relay.fault_switchboard import Fault, LateCall, LostAnswer, ResetConnection
from tests.relay.relay_scenario import FORUM, RelayScenario, running, told

FANS = size(500, 2_000)
HOURS = 3_600_000


def crowd(rng: random.Random) -> list[Person]:
    """Everybody is called Emma, and the first two are equal in their first four digits too."""
    ids = [f"{rng.getrandbits(128):032x}" for _ in range(FANS)]
    ids[1] = ids[0][:4] + ids[1][4:]
    return [Person(FanId(f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:]}"), None, "Emma") for one in ids]


class UnclearCreations:
    """Three of four creations are of unknown fate, those of the first two fans among them."""

    def __init__(self, rng: random.Random) -> None:
        self.unknown = 0
        self._calls = count()
        self._rng = rng

    def __call__(self, call: str) -> Fault | None:
        # Not four in a row: a breaker would leave most of the fans waiting for hours, and rightly so.
        if call != "open_thread" or next(self._calls) % 4 == 3:
            return None
        self.unknown += 1
        return self._rng.choice((LostAnswer(), ResetConnection(), LateCall(self._rng.randrange(55_000))))


def twins(world: RelayScenario, rng: random.Random) -> int:
    """Some of what was made was made twice; says how many."""
    made = 0
    for thread in world.discord.threads(FORUM):
        channel = world.discord.channels[thread]
        if len(channel.posts) == 1 and rng.random() < 0.2:  # a card, and no line that is there already
            world.discord.twin(thread)
            made += 1
    return made


async def known_threads(tx: Transaction) -> list[Row]:
    """What the bridge remembers of its threads."""
    return await tx.all("SELECT fan_uuid, thread_id, generation, reference, state FROM threads")


async def test_hundreds_of_fans_of_one_name_get_one_thread_each_and_only_their_own_lines(
    tmp_path: Path,
) -> None:
    rng = random.Random(4)  # noqa: S311 - repeatable on purpose
    fans = crowd(rng)
    async with running(tmp_path) as world:
        weather = world.discord.faults.chance = UnclearCreations(rng)
        await asyncio.gather(*(world.keep(world.wrote(f"I am {fan.id}", fan)) for fan in fans))
        await world.turn()
        doubled = twins(world, rng)
        await world.pass_time(2 * HOURS)
        world.discord.faults.chance = lambda _call: None
        await world.pass_time(HOURS)

        rows = await world.database.read(known_threads)
        threads = world.discord.threads(FORUM)
        shown = {
            (row["fan_uuid"], told(post))
            for row in rows
            for post in world.discord.lines(DiscordId(row["thread_id"]))
        }
        names = Counter(world.discord.channels[thread].name for thread in threads)

    assert (weather.unknown > FANS / 2, doubled > 10, max(names.values()) >= 2) == (True, True, True)
    assert {row["thread_id"] for row in rows} == set(threads)
    assert (len(rows), len(threads)) == (FANS, FANS)
    assert {(row["generation"], row["state"]) for row in rows} == {(1, "open")}
    assert shown == {(fan.id, f"I am {fan.id}") for fan in fans}
    assert all(
        world.discord.channels[DiscordId(row["thread_id"])].posts[row["thread_id"]].buttons[0].ref
        == row["reference"]
        for row in rows
    )
    # Each attempt of unknown fate is looked for a few times: never more the more fans there are.
    assert world.discord.faults.calls["find_threads"] <= 6 * weather.unknown
    assert {row["fan_uuid"] for row in rows} == {fan.id for fan in fans}
