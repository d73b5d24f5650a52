"""After a start or a gap: the sweep first, then all in order."""

import random

from bot.engine.catch_up_hold import LocalCatchUpHold
from bot.engine.retry import RetryWaits
from bot.engine.streams import facts_stream
from bot.model.errors import TryLater
from storage.records import Fact, FactId, FactState, Stream
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, NOAH, told
from tests.relay.sweep_scenario import MINUTE, SweepScenario, sweeping
from tests.relay.test_sweep import spaced
from tests.scenario_fixtures import in_folder

swept = in_folder(sweeping)


async def away(world: SweepScenario, minutes: int) -> None:
    """The process is gone for a while; nobody has started another one yet."""
    await world.crash()
    world.clock.at += minutes * MINUTE
    world.build()


async def test_fifty_events_that_arrive_in_any_order_after_a_start_are_told_in_order(
    swept: SweepScenario,
) -> None:
    await away(swept, 1)
    events = []
    for number in range(50):
        swept.clock.at += 100
        events.append(swept.wrote(f"line {number}"))
    swept.lists.people.clear()  # the sweep sees nothing: only the hold can bring the order
    await swept.start()
    await swept.turn()
    random.Random(5).shuffle(events)  # noqa: S311 - repeatable on purpose
    for event in events:
        swept.clock.at += 30
        await swept.happen(event)

    await swept.pass_time(swept.waits.hold)

    assert await swept.lines() == [f"line {number}" for number in range(50)]


async def test_without_a_start_nothing_is_held(swept: SweepScenario) -> None:
    await swept.pass_time(swept.waits.calm)
    await swept.happen(swept.wrote("at once"))

    assert await swept.lines() == ["at once"]


async def test_what_the_sweep_finds_is_told_before_what_came_live_after_the_start(
    swept: SweepScenario,
) -> None:
    await swept.greeted()
    await away(swept, 1)
    spaced(swept, "missed")
    swept.clock.at += 1000
    await swept.keep(swept.wrote("live"))
    await swept.start()
    await swept.turn()
    await swept.pass_time(swept.waits.hold)

    assert await swept.lines() == ["hello", "missed", "live"]


async def test_facts_do_not_wait_for_a_fanvue_that_is_down(swept: SweepScenario) -> None:
    await swept.greeted()
    await away(swept, 1)
    swept.fanvue.faults.chance = lambda call: TryLater("down") if call == "chats" else None
    await swept.keep(swept.wrote("told all the same"))
    await swept.start()
    await swept.pass_time(swept.waits.hold)

    assert await swept.lines() == ["hello", "told all the same"]


async def test_what_came_in_while_the_bridge_was_away_stands_under_a_note_and_says_when(
    swept: SweepScenario,
) -> None:
    await swept.greeted()
    await swept.happen(swept.wrote("hello too", NOAH))
    await away(swept, 180)
    sent = swept.clock.at - 60 * MINUTE
    swept.clock.at = sent
    for number in range(3):
        spaced(swept, f"away {number}")
    spaced(swept, "away", NOAH)
    swept.clock.at = sent + 60 * MINUTE
    await swept.start()
    await swept.turn()
    await swept.happen(swept.wrote("back"))
    await swept.pass_time(swept.waits.hold)

    lines = await swept.lines()
    assert lines[0] == "hello"
    assert lines[1].startswith("While the bridge was offline")
    assert lines[2:] == ["away 0", "away 1", "away 2", "back"]
    small = [post.small for post in swept.discord.lines(await swept.thread())]
    assert small[2] == f"sent <t:{(sent + 1000) // 1000}:t>, <t:{(sent + 1000) // 1000}:R>"
    assert "sent" not in str(small[-1])
    assert sum(line.startswith("While") for line in await swept.lines(NOAH)) == 1


async def test_a_late_message_outside_of_any_gap_says_when_it_was_sent_and_has_no_note(
    swept: SweepScenario,
) -> None:
    await swept.greeted()
    event = swept.wrote("slow")
    swept.lists.people.clear()
    await swept.pass_time(20 * MINUTE)
    await swept.happen(event)

    posts = swept.discord.lines(await swept.thread())
    assert [told(post) for post in posts] == ["hello", "slow"]
    assert str(posts[1].small).startswith("sent <t:")


async def test_after_a_silence_the_sweep_goes_first_once_more(swept: SweepScenario) -> None:
    await swept.greeted()
    await swept.database.write(lambda tx: swept.second.catching_up.silent(tx, CREATOR))
    spaced(swept, "lost in the silence")
    swept.clock.at += 1000
    live = swept.wrote("live again")
    calls = swept.fanvue.faults.calls["chats"]
    await swept.happen(live)
    await swept.pass_time(swept.waits.hold)

    assert swept.fanvue.faults.calls["chats"] > calls
    assert await swept.lines() == ["hello", "lost in the silence", "live again"]


async def test_a_sweep_is_due_again_after_its_wait(swept: SweepScenario) -> None:
    before = swept.fanvue.faults.calls["earnings"]
    await swept.pass_time(3 * swept.waits.sweep)

    assert swept.fanvue.faults.calls["earnings"] == before + 3


async def test_a_process_that_died_before_its_first_sweep_ended_is_a_gap_too(swept: SweepScenario) -> None:
    await swept.greeted()
    await swept.database.write(lambda tx: tx.execute("UPDATE watermarks SET swept_at = NULL"))
    await away(swept, 1)
    spaced(swept, "missed")
    swept.clock.at += 1000
    await swept.keep(swept.wrote("live"))
    await swept.start()
    await swept.turn()
    await swept.pass_time(swept.waits.hold)

    assert await swept.lines() == ["hello", "missed", "live"]


# ── the gate by itself ──


def a_gate() -> tuple[LocalCatchUpHold, SettableClock, list[Stream]]:
    clock, hinted = SettableClock(), list[Stream]()
    return LocalCatchUpHold(clock=clock, waits=RetryWaits(), hint=hinted.append), clock, hinted


def a_fact(clock: SettableClock, source: str = "webhook") -> Fact:
    fact, at = FactId("fact"), clock.now()
    return Fact(fact, CREATOR, "message", "key", source, at, at, FactState.NEW, b"")


async def test_facts_wait_for_the_sweep_however_long_they_are_held_but_not_for_ever() -> None:
    gate, clock, _hinted = a_gate()
    await gate.begin(CREATOR)
    fact = a_fact(clock)
    began = clock.now()

    clock.at += 10 * RetryWaits.hold
    assert await gate.held_until(fact) == began + RetryWaits.catch_up

    clock.at = began + RetryWaits.catch_up
    assert await gate.held_until(fact) is None


async def test_when_the_sweep_is_over_facts_are_looked_at_and_live_ones_held_a_moment() -> None:
    gate, clock, hinted = a_gate()
    await gate.begin(CREATOR)
    await gate.over(CREATOR)
    live, found = a_fact(clock), a_fact(clock, "sweep")

    assert hinted == [facts_stream(CREATOR)]
    assert await gate.held_until(found) is None
    assert await gate.held_until(live) == clock.now() + RetryWaits.hold
    clock.at += RetryWaits.hold
    assert await gate.held_until(live) is None
    clock.at += RetryWaits.calm
    assert await gate.held_until(a_fact(clock)) is None


async def test_only_the_first_live_event_after_a_silence_calls_for_a_sweep(swept: SweepScenario) -> None:
    gate, clock, _hinted = a_gate()
    called: list[str] = []
    gate.on_return = called.append
    for step in (gate.heard, gate.silent, gate.heard, gate.heard):
        await swept.database.write(lambda tx, step=step: step(tx, CREATOR))  # type: ignore[misc]

    assert called == [CREATOR]
    assert await gate.held_until(a_fact(clock)) == clock.now() + RetryWaits.catch_up
