"""One night from the first message to the last answer."""

import asyncio
import gc
import time
from pathlib import Path

from benchmarks.night import night_report
from benchmarks.night.agency_scenario import Say, opened
from benchmarks.night.line_monitor import LineMonitor
from benchmarks.night.night_history import settle_in
from benchmarks.night.night_script import NightSize, script
from benchmarks.night.people import Chatter, NightContext, fans_write
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.ledger_comparison import SoakFindings
from tests.proofs.soak.soak_costs import SoakCosts
from tests.proofs.soak.soak_scenario import SoakScenario

_TELL_EVERY = 10.0
_LOOK_EVERY = 0.5
_QUIET_FOR = 3.0


async def night(folder: Path, size: NightSize, say: Say) -> tuple[dict[str, float], SoakFindings]:
    """Open the house, let weeks pass, play the night, wait until all is done, count."""
    async with opened(folder, size, say) as town:
        await settle_in(town, size, say)
        played, watch, burden = NightContext(town, size), LineMonitor(town), SoakCosts(town)
        since = len(town.discord.ledger), len(town.fanvue.ledger)
        watch.begin()
        telling = asyncio.create_task(_tell(played, watch, burden, say))
        seconds, left = await _play(played, say)
        telling.cancel()
        say("counting")
        burden.look()
        findings = night_report.found(played)
        found = night_report.figures(played, watch, findings, since)
        _tell_calls(town, since, say)
    load = burden.figures()
    sizes = {"fans": size.fans, "creators": size.creators, "hours": size.hours, "speed": size.speed}
    found["left_to_do"] = left  # above 0 the stamina was too short, and what is lost may only be late
    return {**found, "rss_mib": load.pop("bridge_mib"), **load, "night_s": seconds, **sizes}, findings


async def _play(played: NightContext, say: Say) -> tuple[float, int]:
    """Everybody does what they do; says how long the fans' part took, and what is left to do at the end."""
    planned = script(played.size)
    say(f"{len(planned)} messages and tips of {played.size.writers} fans in {played.size.seconds:.0f} s")
    chatters = [Chatter(played, house) for house in played.town.houses]
    began = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        for chatter in chatters:
            tasks.create_task(chatter.work())
        await fans_write(played, planned)
        seconds = time.monotonic() - began
        say("the fans have gone to bed; waiting for the last answers")
        ends = time.monotonic() + played.size.stamina
        while any(one.waiting() for one in chatters) and time.monotonic() < ends:  # noqa: ASYNC110 - a glance
            await asyncio.sleep(_LOOK_EVERY)  # as somebody looks at a board
        played.over = True
    return round(seconds, 1), await _still(played.town, ends, say)


async def _still(town: SoakScenario, ends: float, say: Say) -> int:
    """Until nothing is left to do for a while, or until the stamina is spent."""
    quiet = 0.0
    while quiet < _QUIET_FOR:
        await asyncio.sleep(_LOOK_EVERY)  # two processes: there is no one event to wait for
        busy = bridge_ledger.busy(town.database) + town.fanvue.webhooks.pending
        quiet = 0.0 if busy else quiet + _LOOK_EVERY
        if time.monotonic() > ends:
            say(f"the stamina is spent, and {busy} things are left to do")
            return busy
    return 0


async def _tell(played: NightContext, watch: LineMonitor, burden: SoakCosts, say: Say) -> None:
    town = played.town
    calls = len(town.discord.ledger)
    while True:
        await asyncio.sleep(_TELL_EVERY)
        now = len(town.discord.ledger)
        say(
            f"{len(watch.shown)} messages shown, {len(played.attempts)} answers, "
            f"{bridge_ledger.busy(town.database)} things to do, {len(watch.active)} threads active, "
            f"{town.fanvue.webhooks.pending} webhooks waiting, "
            f"{(now - calls) / _TELL_EVERY:.0f} entries a second; {burden.look()}, cpu {burden.processor()}"
        )
        calls = now
        # The stand-ins remember all that ever happened: a collection that walks through it stops both.
        gc.freeze()


def _tell_calls(town: SoakScenario, since: tuple[int, int], say: Say) -> None:
    for name, counted in zip(("Discord", "Fanvue"), night_report.calls(town, since), strict=True):
        for operation, often in counted.most_common(14):
            say(f"{name}: {often} times {operation}")
    say(f"edits: {dict(night_report.edits(town, since).most_common(8))}")
