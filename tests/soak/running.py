"""One soak from its opening to its verdict."""

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.soak import memory
from tests.soak.counting import Findings, compared
from tests.soak.killing import Killer
from tests.soak.minding import Minder
from tests.soak.opening import INTERRUPTED, open_house, sign_in_again
from tests.soak.playing import Players
from tests.soak.script import script
from tests.soak.town import Town, built
from tests.soak.weather import Weather

_SETTLE = 60.0  # seconds, undivided: SETTLE_SECONDS' last look (bot/config.py)
_SPARE = 1.3  # many replies meet a dead bridge and never happen
_STUCK_AFTER = 100.0  # longer than any wait of the bridge, divided
_QUIET_FOR = 1.5
_LOOK_EVERY = 0.25
_TELL_EVERY = 10.0

Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    events: int
    kills: int
    seed: int
    factor: float = 10.0
    houses: int = 10
    fans: int = 12
    per_second: float = 40.0


@dataclass(frozen=True)
class Verdict:
    """What a soak came to."""

    figures: dict[str, float]
    findings: Findings


async def soak(folder: Path, size: Size, say: Say) -> Verdict:
    """Play, kill, drain, compare."""
    begun = time.monotonic()
    async with built(folder, speed=size.factor, seed=size.seed, houses=size.houses, fans=size.fans) as town:
        await town.bridge.start()
        for house in town.houses:
            await open_house(town, house)
        say(f"{len(town.houses)} creators have linked; all waits are divided by {size.factor:g}")
        players, minder, killer = await _played(town, size, say)
        findings = compared(town, players.attempts, memory.read(town.database))
        figures = _figures(town, size, players, minder, killer, findings)
        return Verdict(figures | {"seconds": round(time.monotonic() - begun, 1)}, findings)


async def _played(town: Town, size: Size, say: Say) -> tuple[Players, Minder, Killer]:
    weather = Weather(town, seed=size.seed + 1, settle=_SETTLE / size.factor)
    players = Players(town, weather, size.per_second, random.Random(size.seed + 2))  # noqa: S311 - dice
    minder = Minder(town, random.Random(size.seed + 3))  # noqa: S311 - dice
    steps = list(script(events=int(size.events * _SPARE), seed=size.seed, houses=size.houses, fans=size.fans))
    killer = Killer(
        town,
        random.Random(size.seed + 4),  # noqa: S311 - dice
        size.kills,
        lambda: players.done / len(steps),
        say,
    )
    weather.begin()
    async with asyncio.TaskGroup() as tasks:
        minding = tasks.create_task(minder.run())
        telling = tasks.create_task(_tell(players, len(steps), say))
        owning = tasks.create_task(_own(town))
        killing = tasks.create_task(killer.run())
        await players.play(steps)
        await killing
        say("the script is played; waiting until nothing moves any more")
        weather.keep_order()
        await town.houses[0].fans[0].come_online()  # an event behind what was held back lets it go
        await still(town, minder, say)
        minding.cancel()
        telling.cancel()
        owning.cancel()
    return players, minder, killer


async def still(town: Town, minder: Minder, say: Say) -> None:
    """Until nothing is left to do anywhere, for a while; or until nothing has changed for too long."""
    quiet, left, since = 0.0, -1, time.monotonic()
    while quiet < _QUIET_FOR:
        await asyncio.sleep(_LOOK_EVERY)  # two processes: there is no one event to wait for
        busy = memory.busy(town.database) + town.fanvue.webhooks.pending + len(minder.waiting)
        quiet = 0.0 if busy or town.late else quiet + _LOOK_EVERY
        if busy != left:
            left, since = busy, time.monotonic()
        elif time.monotonic() - since > _STUCK_AFTER:
            say(f"nothing has moved for {_STUCK_AFTER:.0f} s, and {busy} things are left")
            return


async def _own(town: Town) -> None:
    """The owners: they sign in again when the bridge asks for it."""
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        with suppress(*INTERRUPTED):
            await sign_in_again(town)


async def _tell(players: Players, steps: int, say: Say) -> None:
    while True:
        await asyncio.sleep(_TELL_EVERY)
        say(f"{players.done} of {steps} steps, {len(players.attempts)} replies tried")


def _figures(
    town: Town, size: Size, players: Players, minder: Minder, killer: Killer, found: Findings
) -> dict[str, float]:
    answered = {e["id"] for e in town.fanvue.ledger.of("webhook.answered") if e["status"] < 300}
    replies = sum(1 for attempt in players.attempts if attempt.told)
    return {
        "events": len(answered) + replies,
        "kills": killer.killed,
        "lost": len(found.lost),
        "duplicated": len(found.duplicated),
        "misrouted": len(found.misrouted),
        "unexplained": len(found.unexplained),
        "replies": replies,
        "asked": len(minder.asked),
        "factor": size.factor,
    }
