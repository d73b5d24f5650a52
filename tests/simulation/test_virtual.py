"""Time that jumps, an order from a seed, an end between two steps."""

import asyncio
import random
from collections.abc import Iterator
from contextvars import copy_context

import pytest

from tests.simulation.lives import LIFE, Life
from tests.simulation.virtual import Stalled, VirtualLoop


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    """One whose order is seed 1's."""
    made = VirtualLoop(random.Random(1))
    yield made
    made.close()


def test_an_hour_takes_no_time(loop: VirtualLoop) -> None:
    loop.run_until_complete(_after(3600))

    assert loop.time() == 3600


def test_who_waits_for_nothing_is_told(loop: VirtualLoop) -> None:
    waiting = loop.create_task(_for_ever())

    with pytest.raises(Stalled, match="waits for nothing"):
        loop.run_until_complete(waiting)

    waiting.cancel()
    loop.run_until_complete(asyncio.wait([waiting]))


def test_one_seed_is_one_order_and_another_is_another() -> None:
    assert _order(1) == _order(1)
    assert len({tuple(_order(seed)) for seed in range(12)}) > 4


def test_a_call_that_is_no_task_keeps_its_place() -> None:
    for seed in range(20):
        loop = VirtualLoop(random.Random(seed))
        said: list[str] = []

        async def both(loop: VirtualLoop = loop, said: list[str] = said) -> None:
            first = loop.create_task(_speaks(said, "first"))
            loop.call_soon(said.append, "between")
            last = loop.create_task(_speaks(said, "last"))
            await asyncio.gather(first, last)

        loop.run_until_complete(both())
        loop.close()

        assert said == ["first", "between", "last"]


def test_what_is_done_in_threads_elsewhere_is_done_here(loop: VirtualLoop) -> None:
    assert loop.run_until_complete(asyncio.to_thread(sum, [1, 2])) == 3


def test_a_dead_process_does_nothing_more_not_even_tidying_up(loop: VirtualLoop) -> None:
    said: list[str] = []
    life, context = Life(1), copy_context()
    context.run(LIFE.set, life)
    life.at_end(lambda: said.append("the system closes its files"))

    async def bridge() -> None:
        try:
            while True:
                said.append("lives")
                await _after(1)
        finally:
            said.append("tidies up")

    loop.create_task(bridge(), context=context)
    life.doom(3)
    loop.run_until_complete(_after(60))

    assert said == ["lives", "lives", "the system closes its files"]
    assert life.dead


def test_a_life_reads_a_clock_that_may_be_set_and_the_networks_do_not(loop: VirtualLoop) -> None:
    context = copy_context()
    context.run(LIFE.set, Life(1))
    loop.jumped = 5_000

    assert context.run(loop.told) - loop.told() == 5_000
    assert loop.told() == loop.wall()


async def _after(seconds: float) -> None:
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    loop.call_later(seconds, over.set_result, None)
    await over


async def _for_ever() -> None:
    await asyncio.get_running_loop().create_future()


def _order(seed: int) -> list[str]:
    loop = VirtualLoop(random.Random(seed))
    said: list[str] = []

    async def all_of_them() -> None:
        await asyncio.gather(*(_says(said, name) for name in "abcdef"))

    loop.run_until_complete(all_of_them())
    loop.close()
    return said


async def _says(said: list[str], word: str) -> None:
    await asyncio.sleep(0)
    said.append(word)


async def _speaks(said: list[str], word: str) -> None:
    said.append(word)
