"""Prints what `doctor --live` says in each mood of Fanvue's stand-in."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from bot.features.operations.live_check import page
from bot.features.operations.live_check.service import check
from bot.sandbox.fanvue.faults import Switchboard
from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario, furnished
from tests.proofs.faults.live_bridge import housed
from tests.relay.clock_fixtures import SettableClock, TickingClock

# What the stand-in does otherwise: its switches, and how late every answer is.
MOODS: Final[dict[str, tuple[dict[str, Any], float]]] = {
    "as the contract says": ({}, 0),
    "only v1": ({"gone": ("unversioned",)}, 0),
    "only unversioned": ({"gone": ("v1",)}, 0),
    "folders without pages": ({"folders_in_pages": False}, 0),
    "other names of fields": (
        {"renamed": {("/messages", "sentAt"): "createdAt", ("/posts", "uuid"): "id"}},
        0,
    ),
    "senders are not named": ({"senders_named": False}, 0),
    "a limit of 40 a minute": ({"rate_limit": 40}, 0),
    "everything late": ({}, 0.3),
}


async def moods(folder: Path) -> dict[str, Any]:
    """Mood → question → answer, and what was other than expected."""
    found: dict[str, Any] = {}
    async with housed(folder) as house:
        await furnished(house)
        for mood, (ways, late) in MOODS.items():
            scenario = LiveCheckScenario(house, folder)
            vars(scenario.switches).update(ways)
            faults: Switchboard = house.stage.fanvue.faults
            if late:
                faults.add("delay", "GET", ".*", count=None, seconds=late)
            clock = SettableClock(TickingClock().now())

            async def waited(seconds: float, clock: SettableClock = clock) -> None:
                clock.at += int(seconds * 1000) + 1
                house.stage.fanvue._gate._limits._buckets.clear()

            record = await check(scenario.context(clock, waited, _say), creator=None, again=True)
            scenario.as_before()
            answers = page.answers_of(record)
            news = {
                name.split(" ", 2)[-1]: step.says for name, step in record.steps.items() if page.is_news(step)
            }
            found[mood] = {
                "answers": {name: "; ".join(dict.fromkeys(one.values())) for name, one in answers.items()},
                "other_than_expected": news,
            }
    return found


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"moods": asyncio.run(moods(Path(folder)))}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
