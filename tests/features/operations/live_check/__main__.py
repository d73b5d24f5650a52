"""Prints what `doctor --live` says in each mood of Fanvue's stand-in."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from bot.features.operations.live_check import page
from bot.features.operations.live_check.record import LiveRecord
from bot.sandbox.fanvue.faults import Switchboard
from tests.features.operations.live_check.live_check_people import LiveCheckPeople
from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario, furnished
from tests.features.people.agency.agency_fixtures import agency, stand_in
from tests.proofs.faults.live_bridge import housed

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
    "no Idempotency-Key": ({"idempotency": "ignored"}, 0),
    "exclusions are dropped": ({"unknown_fields": ("excludedLists.customListUuids",)}, 0),
    "an unsigned probe": ({"unsigned_probe": True}, 0),
    "no event comes again": ({"webhook_retry_seconds": ()}, 0),
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
            scenario.switches.private_webhook_urls = True
            people = LiveCheckPeople(scenario, house.fan("Testa Frey", handle="testfan"), shows=_say)
            await people.reads()
            found[mood] = _told(await people.check())
            scenario.as_before()
    return found


async def managed(folder: Path) -> dict[str, Any]:
    """The same through an account that manages the creator, which only reads."""
    found: dict[str, Any] = {}
    async with housed(folder, open_house=False) as house:
        await house.play.set_up()
        house.stage.fanvue.faults.webhooks.off = True
        await stand_in(house, agency(house))
        await house.greeted(house.fan("Nia"), "hello")
        for mood, whole in (("managed", False), ("managed, and /v1 has all", True)):
            scenario = LiveCheckScenario(house, folder)
            scenario.switches.v1_whole = whole
            people = LiveCheckPeople(scenario, house.fan("Testa Frey", handle="testfan"), shows=_say)
            found[mood] = _told(await people.reads())
            scenario.as_before()
    return found


def _told(record: LiveRecord) -> dict[str, Any]:
    answers = page.answers_of(record)
    news = {name.split(" ", 2)[-1]: step.says for name, step in record.steps.items() if page.is_news(step)}
    return {
        "answers": {name: "; ".join(dict.fromkeys(one.values())) for name, one in answers.items()},
        "other_than_expected": news,
    }


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        found = {**asyncio.run(moods(Path(one))), **asyncio.run(managed(Path(other)))}
    print(json.dumps({"moods": found}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
