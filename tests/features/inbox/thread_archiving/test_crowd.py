"""More fans than their server has room for: never too many threads are awake.

In full size 950 fans for the 900 threads that a bridge has room for unless it is told otherwise.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

import pytest
import pytest_asyncio

from bot.sandbox.fanvue.people import StandInFan
from tests.features.inbox.thread_archiving.archiving_report import archived, most_awake
from tests.full_size import size
from tests.proofs.faults.live_bridge import SPEED, LiveBridge, housed
from tests.proofs.faults.more_creators import move_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

CREATORS, FANS, MOST, WAITING = 5, size(190, 950), size(140, 900), 25
CALLS = (
    9  # of Discord, for a fan who writes and is answered: thread, line, answer, card, face, list of who waits
)
_WAVE = 95


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of five creators, whose Discord counts calls as the real one does, only faster."""
    async with housed(tmp_path_factory.mktemp("crowd"), open_house=False, ACTIVE_THREADS=str(MOST)) as made:
        for number in range(CREATORS):
            await move_in(made, number)
        made.stage.discord.world.speed = SPEED
        made.stage.discord.limits.enabled = True
        yield made


def crowd(house: LiveBridge) -> list[StandInFan]:
    """The fans, one creator's beside the other's; they subscribed long ago: no sweep has news of that.

    Where one has, the wave it comes in is slow: as many events come before the fans' own, and with them as
    many alerts and cards.
    """
    world = house.stage.fanvue.world
    stars = [account for account in world.accounts.values() if account.handle.startswith("star")]
    crowds = [world.add_crowd(star, FANS // CREATORS, f"{star.handle}fan", subscribed=True) for star in stars]
    return [fan for beside in zip(*crowds, strict=True) for fan in beside]


async def all_done(house: LiveBridge, left: Callable[[], int]) -> None:
    """Return once nothing is left to do, as long as it does not stand still meanwhile.

    A wave is two seconds of work for the processors, and no wait: beside twelve busy processes it takes a
    quarter of a minute. What may take no longer than the patience of this house is that more of it is done.
    """
    before = left()
    while before:
        await house.stored(partial(_fewer, left, before))
        before = left()


def _fewer(left: Callable[[], int], before: int) -> bool:
    return left() < before


async def wrote(house: LiveBridge, fans: Sequence[StandInFan], words: str) -> None:
    """Each writes, and each line is shown."""
    await asyncio.gather(*(fan.write(f"{words} {fan.handle}") for fan in fans))
    uuids = ",".join(f"'{fan.uuid}'" for fan in fans)
    done = "SELECT DISTINCT fan_uuid FROM outbox WHERE kind = 'post' AND state = 'done'"
    shown = f"{done} AND fan_uuid IN ({uuids})"
    await all_done(house, lambda: len(fans) - len(house.rows(shown)))


def waiting(house: LiveBridge) -> set[str]:
    """Who waits, as the bridge knows it."""
    return {
        row["fan_uuid"] for row in house.rows("SELECT fan_uuid FROM talks WHERE waiting_since IS NOT NULL")
    }


async def until_wait(house: LiveBridge, fans: set[str]) -> None:
    """Return once these wait, and nobody else."""
    await all_done(house, lambda: len(waiting(house) ^ fans))


async def test_the_fans_of_five_creators_never_fill_the_server_and_one_who_writes_is_back(
    house: LiveBridge,
) -> None:
    ledger, rng, fanvue = house.stage.discord.ledger, random.Random(5), house.stage.fanvue.world  # noqa: S311 - dice
    fans, patient = crowd(house), set[str]()
    for start in range(0, FANS, _WAVE):
        wave = fans[start : start + _WAVE]
        await wrote(house, wave, "hello")
        stay = rng.sample(wave, WAITING * _WAVE // FANS)
        patient |= {fan.uuid for fan in stay}
        for fan in wave:
            if fan not in stay:
                fanvue.write_as_creator(fan, "hi")
        await until_wait(house, patient)
        if start == FANS - 2 * _WAVE:  # before the wave that has no room
            await house.restart()

    rested = archived(ledger)
    back = next(fan for fan in fans if house.threads(fan)[-1].id == rested[0])
    await back.write("it is me again")
    await house.shows(back, "it is me again")

    assert most_awake(ledger) <= MOST
    assert len(rested) == len(set(rested)) >= FANS - MOST
    assert {t.id for fan in fans if fan.uuid in patient for t in house.threads(fan)}.isdisjoint(rested)
    assert len(house.threads(back)) == 1
    # No more than this was to be done, on whatever machine; where a wave was slow once, it was twice as much.
    assert house.rows("SELECT DISTINCT kind FROM inbox") == [{"kind": "message"}]
    assert len(ledger.of("request")) <= CALLS * FANS
    # All calls together are a machine's matter here: at this speed Discord's second is shorter than a busy
    # loop's stand-still, and no pace at all shows no more refusals (tests/discord/test_call_pace.py is about
    # that).
    assert ledger.of("rate_limited", everywhere=False) == []
