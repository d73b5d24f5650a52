"""Who takes part: the soak's people, more patient, and what befalls them."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from bot.sandbox.fanvue.default_world import CLIENT_ID
from bot.sandbox.program import ProgramFailed
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.creator_setup import INTERRUPTED, sign_in_again
from tests.proofs.soak.fanvue_moods import FanvueMoods
from tests.proofs.soak.network_faults import _TOLD_ONCE, NetworkFaults
from tests.proofs.soak.owner_actions import say_what_is_there
from tests.proofs.soak.question_minder import QuestionMinder
from tests.proofs.soak.script_players import ScriptPlayers
from tests.proofs.soak.script_progress import ScriptProgress
from tests.proofs.soak.soak_scenario import SoakScenario
from tests.proofs.soak.soak_script import ScriptStep
from tests.simulation.inline import Disk
from tests.simulation.plans import Plan
from tests.simulation.troubles import Troubles
from tests.simulation.wires import WiredLoop

_SETTLE = 60.0  # seconds: SETTLE_SECONDS' last look (bot/settings/model.py)
_MINDS_EVERY = 1.0
_OWNS_EVERY = 20.0
_TRIES_AGAIN = 800.0
_STILL_WRITE = 0.0002  # of all moments of a long trouble
_FAR_BEHIND = 300
_SIGN_INS = "identify.json"  # a year in a minute has more of them than Discord allows in a day


class _Fair(NetworkFaults):
    """No weather at all."""

    def begin(self) -> None:
        """Nothing begins."""

    def stir(self) -> None:
        """Only Fanvue's moods change."""
        if self.moods is not None:
            self.moods.stir()


class Team(QuestionMinder):
    """A team that looks less often: nobody has to wait for it here."""

    async def run(self) -> None:
        """Mind until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_MINDS_EVERY)


@dataclass
class Audience(ScriptPlayers):
    """People who write less while something lasts for hours: they are not what this is about."""

    troubles: Troubles | None = None
    dice: random.Random = field(default_factory=random.Random)
    left_out: frozenset[int] = frozenset()

    async def _step(self, step: ScriptStep) -> None:
        """What is left out takes its time all the same, so that nothing else moves."""
        if step.number not in self.left_out and (step.deed != "follows" or self._hears(step)):
            await super()._step(step)
            return
        self.course.done += 1
        self._busy.release()

    def _hears(self, step: ScriptStep) -> bool:
        """Whether this creator is connected: of a follower nobody else is told, and no list tells later."""
        creator = self.town.houses[step.house].creator.uuid
        return bool(self.town.fanvue.world.tokens.live_scopes(CLIENT_ID, creator))

    async def _is_far_behind(self) -> bool:
        assert self.troubles is not None
        if self.troubles.long:
            return self.dice.random() > _STILL_WRITE
        return bridge_ledger.busy(self.town.database) > _FAR_BEHIND


@dataclass
class Cast:
    """Everybody, and the stage."""

    plan: Plan
    town: SoakScenario
    loop: WiredLoop
    disk: Disk
    course: ScriptProgress = field(default_factory=ScriptProgress)
    weather: NetworkFaults = field(init=False)
    players: Audience = field(init=False)
    minder: Team = field(init=False)
    troubles: Troubles = field(init=False)
    _not_before: float = 0.0
    helping: list[asyncio.Task[None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Each has dice of their own."""
        plan, town = self.plan, self.town
        self.weather = (NetworkFaults if plan.weather else _Fair)(town, seed=plan.seed, settle=_SETTLE)
        # Fanvue has no list that tells who began to follow: what only an event tells is delivered.
        town.fanvue.faults.webhooks.certain = _TOLD_ONCE
        if plan.moods:
            self.weather.moods = FanvueMoods(town.fanvue.switches, plan.dice("moods"))
        self.minder = Team(town, plan.dice("minder"))
        self.troubles = Troubles(
            town, self.loop, self.disk, plan.dice("troubles"), self.course, plan.troubles, plan.quiet
        )
        self.players = Audience(
            town,
            self.weather,
            plan.per_second,
            self.course,
            troubles=self.troubles,
            dice=plan.dice("audience"),
            left_out=plan.left_out,
        )

    def help(self) -> None:
        """Those who act until all is over."""
        self.helping = [asyncio.create_task(self.minder.run()), asyncio.create_task(self._own())]

    def leave(self) -> None:
        """All is over. Raises what one of them broke of."""
        for task in self.helping:
            if task.done():
                task.result()
            task.cancel()

    async def _sign_in(self) -> None:
        """A bridge gives five links in an hour: whoever met a fault waits before the next try."""
        if self.loop.time() < self._not_before:
            return
        try:
            with _calm(self.town):
                await sign_in_again(self.town)
        except INTERRUPTED as error:
            self._not_before = self.loop.time() + _TRIES_AGAIN
            self.troubles.tell(f"an owner could not sign in: {type(error).__name__}")

    async def _own(self) -> None:
        """The owners: they sign in again, and say what is there, when the bridge asks for it."""
        town = self.town
        while True:
            await asyncio.sleep(_OWNS_EVERY)
            (town.folder / _SIGN_INS).unlink(missing_ok=True)
            if not self.troubles.long and town.bridge.state == "running":
                await self._sign_in()
            with suppress(*INTERRUPTED):
                await say_what_is_there(town)
            if town.bridge.state == "stopped" and not self.troubles.down:  # as a service manager does
                with suppress(ProgramFailed):
                    await town.bridge.start()


@contextmanager
def _calm(town: SoakScenario) -> Iterator[None]:
    """No call fails meanwhile: that somebody meets a fault while they sign in is another proof's subject."""
    fanvue, discord = town.fanvue.faults, town.discord.faults
    before = fanvue.waiting[:], discord._faults[:]
    fanvue.waiting.clear()
    discord._faults.clear()
    try:
        yield
    finally:
        fanvue.waiting += before[0]
        discord._faults += before[1]
