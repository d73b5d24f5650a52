"""The soak in a small size, and that its counting would notice."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox import patience
from bot.sandbox.discord.interactions import FIRST_ANSWER_SECONDS
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from tests.progress import silent
from tests.proofs.soak.bridge_ledger import read
from tests.proofs.soak.creator_setup import open_house
from tests.proofs.soak.ledger_comparison import SoakFindings, compared, lines
from tests.proofs.soak.question_minder import QuestionMinder
from tests.proofs.soak.script_players import ReplyAttempt
from tests.proofs.soak.script_progress import ScriptProgress
from tests.proofs.soak.soak_run import SOONER, SoakSize, soak, still
from tests.proofs.soak.soak_scenario import SoakScenario, built
from tests.proofs.soak.soak_script import EVENTS, ScriptStep, script
from tests.warm_bridge import WarmProgram

pytestmark = pytest.mark.soak
_PATIENCE = patience.SECONDS
_KEPT = "🔒 Kept inside. The fan did not get it."  # the bridge's own words, which a fan writes
_SWEEP = 30  # each of these ends with a look at every creator


async def test_a_small_soak_loses_doubles_and_misroutes_nothing(tmp_path: Path) -> None:
    said: list[str] = []

    # Members wait for an answer as long as Discord does, or a slow machine has few replies.
    people = SoakSize(120, kills=2, seed=5, houses=10, fans=2, per_second=12, patient=True)
    size = replace(people, program=WarmProgram, sweep=_SWEEP)
    verdict = await soak(tmp_path, size, said.append)

    assert list(verdict.findings.sentences()) == []
    assert verdict.figures["kills"] == 2
    assert verdict.figures["events"] >= 60
    assert verdict.figures["replies"] >= 5


async def test_a_soak_that_is_stopped_counts_what_was_played_until_then(tmp_path: Path) -> None:
    course = ScriptProgress()

    def stop(line: str) -> None:
        if line.startswith("killed and back"):
            course.stop()

    size = SoakSize(600, kills=9, seed=8, houses=2, fans=2, per_second=12, program=WarmProgram, sweep=_SWEEP)
    verdict = await soak(tmp_path, size, stop, course)

    assert list(verdict.findings.sentences()) == []
    assert (verdict.figures["kills"], verdict.figures["stopped"]) == (1, 1)
    assert 0 < course.done < course.steps


async def test_where_time_is_divided_a_first_answer_has_all_its_seconds(tmp_path: Path) -> None:
    async with built(tmp_path, speed=20.0, seed=1, houses=1, fans=1, program=WarmProgram) as town:
        assert town.discord.interactions.first_answer == FIRST_ANSWER_SECONDS


async def test_what_no_webhook_told_is_found_by_looking_and_only_a_follow_is_not(tmp_path: Path) -> None:
    more = SOONER | {"SWEEP_SECONDS": str(_SWEEP)}
    async with built(tmp_path, speed=10, seed=9, houses=1, fans=2, more=more, program=WarmProgram) as town:
        await town.bridge.start()
        await open_house(town, town.houses[0])
        town.fanvue.faults.webhooks.off = True
        for fan in town.houses[0].fans:
            await fan.write(f"hello from {fan.handle}")
            await fan.tip(700)
        town.fanvue.world.write_as_creator(town.houses[0].fans[0], "from elsewhere")
        await town.houses[0].fans[0].follow()
        await still(town, QuestionMinder(town, random.Random(1)), silent, looked_through=True)  # noqa: S311 - dice
        found = compared(town, [], read(town.database))
        events = town.fanvue.ledger.of("webhook.answered")

    assert events == []
    assert list(found.sentences()) == [
        f"lost: {(town.houses[0].creator.uuid, 'fan0of0', 'alert', 'follower ')}"
    ]


async def test_the_counting_notices_what_is_lost_doubled_and_at_the_wrong_person(tmp_path: Path) -> None:
    async with built(tmp_path, speed=10, seed=6, houses=1, fans=2, program=WarmProgram) as town:
        await town.bridge.start()
        house, (one, other) = town.houses[0], town.houses[0].fans
        await open_house(town, house)
        await one.write(f"hello from {one.handle}")
        await other.write(_KEPT)
        await town.discord.world.until(lambda: sum(_shown(town).values()) == 2, _PATIENCE)
        attempt = await _replied(town)
        await still(town, QuestionMinder(town, random.Random(1)), silent)  # noqa: S311 - dice
        clean = compared(town, [attempt], read(town.database))

        doubled = compared(town, [attempt], read(town.database), _shown(town))
        town.discord.world.messages[_thread(town, one).id].clear()
        lost = compared(town, [attempt], read(town.database))
        unasked = compared(town, [], read(town.database))

    assert list(clean.sentences()) == []
    assert len(lost.lost) == 2  # what the fan wrote, and the reply's own line
    assert len(doubled.duplicated) == 3
    assert len(unasked.unexplained) >= 1  # a message in a chat that no member asked for


def test_a_script_is_the_same_for_the_same_seed_and_full_of_everything() -> None:
    made = list(script(events=1000, seed=3, houses=10, fans=4))

    assert made == list(script(events=1000, seed=3, houses=10, fans=4))
    assert made != list(script(events=1000, seed=4, houses=10, fans=4))
    assert sum(EVENTS[step.deed] for step in made) >= 1000
    assert {step.deed for step in made} == set(EVENTS)
    assert max(Counter((s.house, s.fan, s.text) for s in made if s.deed == "replies").values()) > 1


def _shown(town: SoakScenario) -> Counter[tuple[str, str, str, str]]:
    return lines(town, SoakFindings())


def _thread(town: SoakScenario, fan: StandInFan) -> StandInChannel:
    thread = town.thread_of(town.houses[0], fan)
    assert thread is not None
    return thread


async def _replied(town: SoakScenario) -> ReplyAttempt:
    house = town.houses[0]
    fan = house.fans[0]
    thread = _thread(town, fan)
    step = ScriptStep(1, 0, 0, "replies", "hi, how was your day?")
    answer = await house.members[0].slash(house.guild, thread, "reply", text=step.text)
    await answer.done(_PATIENCE)
    await town.discord.world.until(lambda: "✓ Sent" in _newest(town, thread.id), _PATIENCE)
    return ReplyAttempt(house, fan, step, answer)


def _newest(town: SoakScenario, thread: int) -> str:
    return next(m.text for m in reversed(town.discord.world.messages[thread].values()) if not m.ephemeral)
