"""What another process sends is left alone while it lives, and then looked for."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from bot.engine.delivery import Deliveries
from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome, SettlingMethod
from bot.engine.in_flight import ALONE, WorkerCrew
from bot.engine.outbox import EffectRequest
from bot.engine.retry import RetryWaits
from storage.database import Transaction
from storage.engine import outbox
from storage.records import Effect, EffectId, EffectState, Stream
from tests.relay.relay_scenario import CREATOR, RelayScenario, running

STREAM = Stream("xx:creator")
OTHER = "another process"


@dataclass
class FlightCrew:
    """A crew in which the test says who lives."""

    me: str = "this process"
    living: set[str] = field(default_factory=lambda: {"this process", OTHER})

    async def gone(self, tx: Transaction, name: str) -> bool:  # noqa: ARG002 - the port's
        """Whoever is not among the living."""
        return name not in self.living


class InFlightHandler(EffectHandler):
    """A send that is found once it has arrived; an attempt ends when it may."""

    settling = SettlingMethod.SEARCH

    def __init__(self) -> None:
        self.arrived: list[str] = []
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def do(self, effect: Effect, body: Body) -> Outcome:  # noqa: ARG002 - the port's
        """Arrives, and then waits."""
        self.arrived.append(effect.id)
        self.begun.set()
        await self.may_end.wait()
        return Done("there")

    async def look(self, effect: Effect, body: Body) -> Done | None:  # noqa: ARG002 - the port's
        """Whether it is there."""
        return Done("found") if effect.id in self.arrived else None


@dataclass(frozen=True)
class InFlightScenario:
    """One effect, a process's deliveries, and its neighbours."""

    world: RelayScenario
    deed: InFlightHandler
    crew: FlightCrew
    effect: EffectId

    def deliveries(self, crew: WorkerCrew | None = None) -> Deliveries:
        """A process; without `crew` it is alone."""
        return Deliveries(
            database=self.world.database,
            effects=self.world.effects,
            handlers={"sent": self.deed},
            clock=self.world.clock,
            waits=RetryWaits(),
            rng=random.Random(1),  # noqa: S311 - repeatable on purpose
            crew=crew or ALONE,
        )

    async def begun_by(self, holder: str) -> None:
        """Somebody has begun to send the effect, and it has arrived."""
        await self.world.database.write(partial(outbox.begin, effect=self.effect, now=1, holder=holder))
        self.deed.arrived.append(self.effect)

    async def state(self) -> EffectState:
        """How far it is."""
        return (await self.world.effect(self.effect)).state


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[InFlightScenario]:
    """One effect that waits."""
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        wanted = EffectRequest("fanvue", "sent", STREAM, CREATOR, "test", "1", {})
        effect = await world.database.write(partial(world.effects.add, wanted=wanted))
        assert effect is not None
        yield InFlightScenario(world, InFlightHandler(), FlightCrew(), effect)


async def test_what_another_living_process_is_sending_is_left_alone(scene: InFlightScenario) -> None:
    await scene.begun_by(OTHER)
    here = scene.deliveries(scene.crew)

    due = await here.drain(STREAM)
    over = await here.flights.end()

    assert (due, over, await scene.state()) == (None, [], EffectState.SENDING)


async def test_what_a_process_was_sending_that_is_gone_is_looked_for_and_not_sent(
    scene: InFlightScenario,
) -> None:
    await scene.begun_by(OTHER)
    scene.crew.living.discard(OTHER)
    here = scene.deliveries(scene.crew)

    over = await here.flights.end()
    doubted = await scene.state()
    scene.world.clock.at += RetryWaits().settle[0]
    await here.drain(STREAM)

    assert (over, doubted) == ([STREAM], EffectState.UNKNOWN)
    assert await scene.state() is EffectState.DONE
    assert scene.deed.arrived == [scene.effect]


async def test_a_drain_that_comes_before_the_others_are_looked_after_does_not_send_either(
    scene: InFlightScenario,
) -> None:
    await scene.begun_by(OTHER)
    scene.crew.living.discard(OTHER)

    due = await scene.deliveries(scene.crew).drain(STREAM)

    assert due == scene.world.clock.now() + RetryWaits().settle[0]
    assert (await scene.state(), scene.deed.arrived) == (EffectState.UNKNOWN, [scene.effect])


async def test_an_attempt_of_this_process_is_its_own_until_it_was_torn_away(scene: InFlightScenario) -> None:
    here = scene.deliveries(scene.crew)
    scene.deed.may_end.clear()
    drain = asyncio.create_task(here.drain(STREAM))
    await scene.deed.begun.wait()

    under_way = await here.flights.end()
    beside = await here.drain(STREAM)  # a second drain of the stream, by mistake
    begun = await scene.state()
    drain.cancel()
    await asyncio.wait([drain])
    torn = await here.flights.end()

    assert (under_way, beside, begun) == ([], None, EffectState.SENDING)
    assert (torn, await scene.state()) == ([STREAM], EffectState.UNKNOWN)
    assert scene.deed.arrived == [scene.effect]


@pytest.mark.parametrize("holder", ["", OTHER])
async def test_who_is_alone_looks_for_whatever_somebody_was_sending(
    scene: InFlightScenario, holder: str
) -> None:
    await scene.begun_by(holder)

    streams = await scene.deliveries().recover()

    assert STREAM in streams
    assert await scene.state() is EffectState.UNKNOWN


async def test_who_sends_something_is_written_down_before_it_leaves(scene: InFlightScenario) -> None:
    here = scene.deliveries(scene.crew)
    scene.deed.may_end.clear()
    drain = asyncio.create_task(here.drain(STREAM))
    await scene.deed.begun.wait()

    begun = await scene.world.effect(scene.effect)
    scene.deed.may_end.set()
    await drain

    assert (begun.state, begun.holder) == (EffectState.SENDING, scene.crew.me)
    assert await scene.state() is EffectState.DONE
