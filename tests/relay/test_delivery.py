"""The outbox's own rules, on handlers of the simplest kind."""
# ruff: noqa: ARG002 -- every deed answers the same questions, needed or not

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.delivery import Deliveries
from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.outbox import EffectRequest
from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryFailed
from storage.database import Transaction
from storage.engine import stream_heads
from storage.records import Effect, EffectId, EffectState, Stream
from tests.relay.relay_scenario import CREATOR, RelayScenario, running

STREAM = Stream("xx:creator:fan")


class RememberingHandler(EffectHandler):
    """Remembers what it did."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Say which one it was."""
        self.done.append(body["name"])
        return Done(body["name"])


class BeatenHandler(RememberingHandler):
    """Somebody settles its effect in the moment before it begins."""

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Ready; and too late."""
        await stream_heads.end(tx, effect.id, EffectState.CANCELLED, now=0, reason="Somebody was faster.")
        return True


def deliveries(world: RelayScenario, **handlers: EffectHandler) -> Deliveries:
    """Deliveries that know these kinds."""
    return Deliveries(
        database=world.database,
        effects=world.effects,
        handlers=handlers,
        clock=world.clock,
        waits=RetryWaits(),
        rng=random.Random(1),  # noqa: S311 - repeatable on purpose
        crew=NOBODY_ELSE,
    )


async def added(world: RelayScenario, *kinds: str) -> list[EffectId]:
    """One effect of each kind, in one stream, named by its number."""
    wanted = EffectRequest("discord", "", STREAM, CREATOR, "test", "", {})

    async def work(tx: Transaction) -> list[EffectId | None]:
        return [
            await world.effects.add(
                tx, replace(wanted, kind=kind, part=str(number), body={"name": str(number)})
            )
            for number, kind in enumerate(kinds)
        ]

    return [effect for effect in await world.database.write(work) if effect is not None]


async def test_effects_of_a_stream_are_carried_out_in_order(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        deed = RememberingHandler()
        await added(world, "remember", "remember", "remember")

        due = await deliveries(world, remember=deed).drain(STREAM)

        assert due is None
        assert deed.done == ["0", "1", "2"]


async def test_a_stream_with_much_to_do_gives_its_place_to_others_now_and_then(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        deed, much = RememberingHandler(), [str(number) for number in range(40)]
        await added(world, *["remember"] * len(much))
        side, parts = deliveries(world, remember=deed), list[int]()

        while await side.drain(STREAM) == world.clock.now():
            parts.append(len(deed.done))

        assert parts == [16, 32]
        assert deed.done == much


async def test_an_effect_that_somebody_settled_first_does_not_stop_its_stream(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        deed, beaten = RememberingHandler(), BeatenHandler()
        [first, _] = await added(world, "beaten", "remember")

        await deliveries(world, remember=deed, beaten=beaten).drain(STREAM)

        assert beaten.done == []
        assert deed.done == ["1"]
        assert (await world.effect(first)).state is EffectState.CANCELLED


async def test_deciding_twice_adds_once(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        deed = RememberingHandler()

        first = await added(world, "remember")
        second = await added(world, "remember")
        await deliveries(world, remember=deed).drain(STREAM)

        assert (len(first), second) == (1, [])
        assert deed.done == ["0"]


class PointlessHandler(EffectHandler):
    """Has nothing to do any more."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Say so."""
        return Moot(f"There is no {body['name']} any more.")


async def test_what_has_become_pointless_is_cancelled_with_its_reason(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        [effect] = await added(world, "pointless")

        await deliveries(world, pointless=PointlessHandler()).drain(STREAM)

        kept = await world.effect(effect)
        assert (kept.state, kept.reason) == (EffectState.CANCELLED, "There is no 0 any more.")


async def test_a_deed_without_a_body_of_its_own_says_so(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        [effect] = await added(world, "bare")
        kept = await world.effect(effect)

        assert await EffectHandler().look(kept, {}) is None
        with pytest.raises(NotImplementedError):
            await EffectHandler().do(kept, {})


def test_every_bad_end_carries_its_sentence() -> None:
    ends = DeliveryFailed.__subclasses__()

    assert {end.__name__ for end in ends} == {"TryLater", "DeliveryRefused", "DeliveryUnknown", "TargetGone"}
    assert [end("Because.").reason for end in ends] == ["Because."] * 4


class StoppingHandler(RememberingHandler):
    """Tells the deliveries to stop while it is carried out."""

    def __init__(self) -> None:
        super().__init__()
        self.stop: Callable[[], None] = lambda: None

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Stop, and say which one it was."""
        self.stop()
        return await super().do(effect, body)


async def test_after_stop_what_is_under_way_is_recorded_and_nothing_else_begins(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        last = StoppingHandler()
        stopping = deliveries(world, last=last)
        last.stop = stopping.stop
        [first, second] = await added(world, "last", "last")

        await stopping.drain(STREAM)

        assert last.done == ["0"]
        assert (await world.effect(first)).state is EffectState.DONE
        assert (await world.effect(second)).state is EffectState.PENDING
