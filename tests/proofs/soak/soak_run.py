"""One soak from its opening to its verdict."""

import asyncio
import gc
import random
import time
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from bot.sandbox.program import BridgeInstallation
from tests.postgres_servers import SinglePostgres
from tests.progress import Say
from tests.proofs.soak import bridge_ledger, soak_evidence
from tests.proofs.soak.creator_setup import INTERRUPTED, open_house, sign_in_again
from tests.proofs.soak.fanvue_moods import FanvueMoods
from tests.proofs.soak.lateness import broken_promise, latest
from tests.proofs.soak.ledger_comparison import SoakFindings, compared
from tests.proofs.soak.message_order import inversions
from tests.proofs.soak.network_faults import FOUND_AGAIN, NetworkFaults
from tests.proofs.soak.outages import Outages
from tests.proofs.soak.owner_actions import say_what_is_there
from tests.proofs.soak.process_killer import ConnectionCutter, ProcessKiller, ServerRestarter
from tests.proofs.soak.question_minder import QuestionMinder
from tests.proofs.soak.refusal_report import refused, too_many, turned_away
from tests.proofs.soak.script_players import ScriptPlayers
from tests.proofs.soak.script_progress import ScriptProgress
from tests.proofs.soak.soak_costs import SoakCosts
from tests.proofs.soak.soak_scenario import SoakScenario, built
from tests.proofs.soak.soak_script import script
from tests.proofs.soak.two_versions import TwoVersions

_SETTLE = 60.0  # seconds, undivided: SETTLE_SECONDS' last look (bot/settings/model.py)
_SPARE = 1.5  # many replies meet a dead bridge and never happen
_STUCK_AFTER = 100.0  # longer than any wait of the bridge, divided
_QUIET_FOR = 1.5
_LOOK_EVERY = 0.25
_TELL_EVERY = 10.0
_OUTAGE_EVERY = 2_500  # events
_CUT_EVERY = 50  # events: sessions that a database server ends
# The bridge looks by itself, and takes silence for silence, sooner than in real life: outages are short.
_SWEEP = 100
SOONER = {"SWEEP_SECONDS": str(_SWEEP), "SILENCE_SECONDS": "100"}


@dataclass(frozen=True)
class SoakSize:
    """How much of everything."""

    events: int
    kills: int
    seed: int
    factor: float = 10.0
    houses: int = 10
    fans: int = 12
    per_second: float = 40.0
    database: str | None = None  # the URL of an empty one; None: a file
    server: SinglePostgres | None = None  # of that database, if it is the soak's own
    program: type[BridgeInstallation] = BridgeInstallation
    patient: bool = False  # people wait for a first answer as long as Discord does, undivided
    # A call that was too often is a finding: several count together. One that is killed begins to count anew.
    counts_refusals: bool = False
    cuts: bool = True  # whether a database server ends sessions on the way, which costs webhooks a 503
    sweep: int = _SWEEP  # seconds between two looks of the bridge, undivided

    moods: bool = False  # whether Fanvue changes how it behaves on the way

    def dice(self, which: int) -> random.Random:
        """Each who acts at random has dice of their own, all from one seed."""
        return random.Random(self.seed + which)  # noqa: S311 - dice


@dataclass(frozen=True)
class SoakVerdict:
    """What a soak came to."""

    figures: dict[str, float]
    findings: SoakFindings


@dataclass
class _SoakCast:
    """Everybody who acts in a soak."""

    town: SoakScenario
    size: SoakSize
    say: Say
    course: ScriptProgress
    weather: NetworkFaults = field(init=False)
    players: ScriptPlayers = field(init=False)
    minder: QuestionMinder = field(init=False)
    killer: ProcessKiller = field(init=False)
    outages: Outages = field(init=False)
    cutter: ConnectionCutter = field(init=False)
    restarter: ServerRestarter = field(init=False)

    def __post_init__(self) -> None:
        town, size, course = self.town, self.size, self.course
        self.weather = NetworkFaults(town, seed=size.seed + 1, settle=_SETTLE / size.factor)
        if size.moods:
            self.weather.moods = FanvueMoods(town.fanvue.switches, size.dice(8))
        self.players = ScriptPlayers(town, self.weather, size.per_second, course)
        self.minder = QuestionMinder(town, size.dice(3))
        self.killer = ProcessKiller(town, size.dice(4), size.kills, course, self.say)
        self.outages = Outages(town, size.dice(5), size.events // _OUTAGE_EVERY, course)
        cuts = size.events // _CUT_EVERY if size.database and size.cuts else 0
        self.cutter = ConnectionCutter(town, size.dice(6), cuts, course)
        self.restarter = ServerRestarter(size.server, size.dice(7), course)

    @property
    def harm(self) -> tuple[ProcessKiller, Outages, ConnectionCutter, ServerRestarter]:
        """Whoever does the bridge harm until the script is played."""
        return self.killer, self.outages, self.cutter, self.restarter


async def soak(folder: Path, size: SoakSize, say: Say, course: ScriptProgress | None = None) -> SoakVerdict:
    """Play, kill, drain, compare. Whoever stops the course gets what was played until then."""
    course = course or ScriptProgress()
    async with _town(folder, size) as town:
        burden = SoakCosts(town)
        if not size.patient:
            town.discord.interactions.first_answer /= size.factor
        await town.bridge.start()
        cast = _SoakCast(town, size, say, course)
        async with asyncio.TaskGroup() as tasks:
            telling = tasks.create_task(_tell(cast, burden))
            watching = tasks.create_task(burden.watched())
            for house in town.houses:
                await open_house(town, house)
            say(f"{len(town.houses)} creators have linked; all waits are divided by {size.factor:g}")
            await _played(cast)
            telling.cancel()
            watching.cancel()
        findings = compared(town, cast.players.attempts, bridge_ledger.read(town.database))
        findings.inverted += inversions(town)
        findings.unexplained += broken_promise(town, _SETTLE / size.factor)
        findings.too_often += refused(town) if size.counts_refusals else ()
        findings.unexplained += () if size.cuts else turned_away(town)
        figures = _figures(cast, findings)
        if not findings.nothing:
            for trace in soak_evidence.traces(town, findings):
                say(trace)
            soak_evidence.leave(town, folder)
    return SoakVerdict(figures | burden.figures(), findings)


def _town(folder: Path, size: SoakSize) -> AbstractAsyncContextManager[SoakScenario]:
    more = SOONER | {"SWEEP_SECONDS": str(size.sweep)}
    if size.database:
        more |= {"DATABASE_URL": size.database, "STATE_DIR": str(folder)}
    return built(
        folder,
        speed=size.factor,
        seed=size.seed,
        houses=size.houses,
        fans=size.fans,
        more=more,
        program=size.program,
    )


async def _played(cast: _SoakCast) -> None:
    town, size, course = cast.town, cast.size, cast.course
    steps = list(script(events=int(size.events * _SPARE), seed=size.seed, houses=size.houses, fans=size.fans))
    course.steps = len(steps)
    cast.weather.begin()
    async with asyncio.TaskGroup() as tasks:
        minding = tasks.create_task(cast.minder.run())
        owning = tasks.create_task(_own(town))
        acting = [tasks.create_task(who.run()) for who in cast.harm]
        await cast.players.play(takewhile(lambda _step: not course.stopped, steps))
        await asyncio.wait(acting)
        if course.stopped:
            cast.say("stopped; what was begun is brought to its end and counted")
            await town.bridge.kill()  # a Ctrl-C reaches the bridge as well
            await town.bridge.start()
        cast.say("the script is played; waiting until nothing moves any more")
        cast.weather.clear_up()
        await still(town, cast.minder, cast.say, looked_through=True)
        minding.cancel()
        owning.cancel()


async def still(
    town: SoakScenario, minder: QuestionMinder, say: Say, *, looked_through: bool = False
) -> None:
    """Until nothing is left to do anywhere, for a while; or until nothing has changed for too long.

    `looked_through`: the bridge must have looked for what no webhook told, at every creator, once more.
    """
    begun = int(time.time() * 1000) if looked_through else 0
    quiet, left, since = 0.0, -1, time.monotonic()
    while quiet < _QUIET_FOR:
        await asyncio.sleep(_LOOK_EVERY)  # two processes: there is no one event to wait for
        busy = await asyncio.to_thread(bridge_ledger.busy, town.database)
        busy += await asyncio.to_thread(bridge_ledger.unswept, town.database, begun)
        busy += town.fanvue.webhooks.pending + len(minder.waiting)
        quiet = 0.0 if busy or town.late else quiet + _LOOK_EVERY
        if busy != left:
            left, since = busy, time.monotonic()
        elif time.monotonic() - since > _STUCK_AFTER:
            say(f"nothing has moved for {_STUCK_AFTER:.0f} s, and {busy} things are left")
            return


async def _own(town: SoakScenario) -> None:
    """The owners: they sign in again, and say what is there, when the bridge asks for it."""
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        with suppress(*INTERRUPTED):
            await sign_in_again(town)
            await say_what_is_there(town)


async def _tell(cast: _SoakCast, burden: SoakCosts) -> None:
    done = 0
    while True:
        await asyncio.sleep(_TELL_EVERY)
        course = cast.course
        pace, done = (course.done - done) / _TELL_EVERY, course.done
        busy = await asyncio.to_thread(bridge_ledger.busy, cast.town.database)
        cast.say(
            f"{done} of {course.steps} steps, {pace:.0f} a second, "
            f"{len(cast.players.attempts)} replies tried, {busy} things to do; "
            f"{burden.look()}"
        )
        # The stand-ins remember all that ever happened, over a gigabyte in a long run. A garbage collection
        # that walks through it stops both for seconds, and what is executed late is then later than settled.
        gc.freeze()


def _figures(cast: _SoakCast, found: SoakFindings) -> dict[str, float]:
    town = cast.town
    ledger = town.fanvue.ledger
    told = {e["id"] for e in ledger.of("webhook.answered") if e["status"] < 300}
    untold = ledger.of("webhook.dropped") + ledger.of("webhook.gave_up")
    missed = {e["id"] for e in untold if e["type"] in FOUND_AGAIN} - told
    replies = sum(1 for attempt in cast.players.attempts if attempt.told)
    return {
        "events": len(told) + len(missed) + replies,
        "kills": cast.killer.killed,
        **({"moods": cast.weather.moods.drawn} if cast.weather.moods else {}),
        **({"sessions_ended": cast.cutter.cut} if cast.size.database else {}),
        **({"restarts": cast.restarter.restarts} if cast.size.server else {}),
        **(town.bridge.figures if isinstance(town.bridge, TwoVersions) else {}),
        "lost": len(found.lost),
        "duplicated": len(found.duplicated),
        "misrouted": len(found.misrouted),
        "inversions": len(found.inverted),
        "unexplained": len(found.unexplained),
        "http_429": too_many(town),
        "http_503": len(turned_away(town)),
        "replies": replies,
        "posts": len(ledger.of("post")),
        "mass": len(ledger.of("mass")),
        "asked": len(cast.minder.asked),
        "missed": len(missed),
        "found_by_looking": bridge_ledger.found_by_looking(town.database),
        "stopped": int(cast.course.stopped),
        "factor": cast.size.factor,
        "latest_s": round(latest(town), 2),
    }
