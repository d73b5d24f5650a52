"""Prints what `doctor --live-discord` says in each mood of Discord's stand-in."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bot.sandbox.discord.permissions import MANAGE_CHANNELS
from tests.features.operations.live_discord.live_discord_scenario import LiveDiscordScenario
from tests.proofs.faults.live_bridge import housed

FORUMS, POSTS, MESSAGES = r"/guilds/\d+/channels$", r"/channels/\d+/threads$", r"/channels/\d+/messages$"
Change = Callable[[LiveDiscordScenario], object]


def _tells_limits(scenario: LiveDiscordScenario) -> None:
    discord = scenario.house.stage.discord
    discord.limits.enabled, discord.world.speed = True, 1000.0  # its windows are as much shorter


def _lacks(scenario: LiveDiscordScenario) -> None:
    scenario.bot_role().permissions &= ~MANAGE_CHANNELS


def _refuses(path: str) -> Change:
    return lambda scenario: scenario.house.stage.discord.faults.refuse("POST", path, 50035, times=100)


def _limits(scenario: LiveDiscordScenario) -> None:
    for path in (FORUMS, POSTS, MESSAGES):
        scenario.house.stage.discord.faults.rate_limit("POST", path, 30.0, times=2)


def _never_presses(scenario: LiveDiscordScenario) -> None:
    scenario.presses = False


def _is_unsure(scenario: LiveDiscordScenario) -> None:
    questions = ("line that mentions", "names everyone", "edited line", "box that mentions", "1 nothing")
    scenario.says = dict.fromkeys(questions, "u") | scenario.says | dict.fromkeys(questions, "u")


def _phone_rings_always(scenario: LiveDiscordScenario) -> None:
    scenario.says = {"now. Did your phone": "y", **scenario.says}


def _agrees_to_nothing(scenario: LiveDiscordScenario) -> None:
    scenario.says = {"": "n"}


MOODS: Final[dict[str, Change]] = {
    "as documents say": _tells_limits,
    "the bot may not manage channels": _lacks,
    "no forum without Community": _refuses(FORUMS),
    "posts of boxes are refused": _refuses(POSTS),
    "messages are refused": _refuses(MESSAGES),
    "rate limited": _limits,
    "nobody presses": _never_presses,
    "nobody is sure": _is_unsure,
    "a phone that always rings": _phone_rings_always,
    "nobody agrees": _agrees_to_nothing,
}


async def moods(folder: Path) -> dict[str, Any]:
    """Mood → question → answer, what was other than expected, and what stayed behind."""
    found: dict[str, Any] = {}
    async with housed(folder) as house:
        for mood, change in MOODS.items():
            print(mood, file=sys.stderr, flush=True)
            scenario = LiveDiscordScenario(house, folder)
            change(scenario)
            outcome = await scenario.tries(again=True)
            found[mood] = {
                "exit": outcome.code,
                "answers": outcome.answers(),
                "other_than_expected": outcome.news(),
                "forums_left": len(scenario.forums()),
            }
            scenario.as_before()
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"moods": asyncio.run(moods(Path(folder)))}, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
