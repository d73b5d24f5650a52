"""A town whose bridge is made to die at one place after another."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.engine.failpoints import ARM, KILLED, SEEN
from bot.sandbox.discord import forum
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.discord.standalone import APPLICATION_ID, BOT_RIGHTS
from bot.sandbox.fanvue.people import StandInFan
from tests.database_place import settings_in
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.creator_setup import labels, open_house, sign_in_again
from tests.proofs.soak.ledger_comparison import SoakFindings, compared, lines
from tests.proofs.soak.owner_actions import say_what_is_there
from tests.proofs.soak.question_minder import QuestionMinder
from tests.proofs.soak.script_players import ReplyAttempt
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario, add_house, built
from tests.proofs.soak.soak_script import ScriptStep
from tests.proofs.soak.unclear_lines import Line
from tests.warm_bridge import WarmProgram

SPEED = 15.0
_HURRY = 150.0
_PATIENCE = 30.0
_LOOK_EVERY = 0.1
_QUIET_FOR = 0.4
_STUCK_AFTER = 75.0


@dataclass
class CrashpointScenario:
    """Plays short scenes; `attempts` remembers every reply that was ever tried."""

    town: SoakScenario
    rng: random.Random
    minder: QuestionMinder
    attempts: list[ReplyAttempt] = field(default_factory=list)
    gone: Counter[Line] = field(default_factory=Counter)  # what stood in threads that were deleted by hand
    _number: int = 0

    # ── the process ──

    async def start(self, **armed: str) -> None:
        """Start the bridge; `armed` goes into its environment. Raises ProgramFailed if it dies at once."""
        bridge = self.town.bridge
        for name in (ARM, SEEN):
            bridge._settings.pop(name, None)
        bridge._settings |= armed
        # Discord allows 200 sign-ins a day, and the bridge keeps count; a bench is many days.
        (self.town.folder / "identify.json").unlink(missing_ok=True)
        await bridge.start()

    async def restart(self) -> None:
        """Kill it, if it still lives, and start it unarmed."""
        await self.town.bridge.kill()
        await self.start()

    def calm(self) -> None:
        """No fault of a scene is left over for what comes after it."""
        self.town.discord.faults.clear()
        self.town.fanvue.faults.clear()
        self.town.fanvue.world.switches.text_in_events = True

    async def died(self, within: float) -> bool:
        """Whether the process ends as by SIGKILL in this time."""
        process = self.town.bridge._process
        if process is None:
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await process.wait()
        return process.returncode == KILLED

    # ── what people do ──

    def house(self) -> SoakCreator:
        """The house where most happens."""
        return self.town.houses[0]

    def fan(self) -> StandInFan:
        """A fan who has a thread already."""
        return self.house().fans[0]

    async def new_fan(self) -> StandInFan:
        """Somebody whom the bridge does not know yet."""
        house = self.house()
        number = len(house.fans)
        world = self.town.fanvue.world
        fan = world.add_fan(f"fan{number}of{house.number}", "Sam", house.creator, subscribed=False)
        house.fans.append(fan)
        await fan.subscribe()
        return fan

    def words(self) -> str:
        """A text that was not said before."""
        self._number += 1
        return f"word {self._number:05d}"

    async def thread(self, fan: StandInFan, house: SoakCreator | None = None) -> StandInChannel:
        """The fan's thread, once it has a line besides the card."""
        world = self.town.discord.world

        def there() -> StandInChannel | None:
            found = self.town.thread_of(house or self.house(), fan)
            return found if found is not None and len(world.messages.get(found.id, {})) > 1 else None

        found = await world.until(there, _PATIENCE)
        assert found is not None
        return found

    def delete_thread(self, thread: StandInChannel, fan: StandInFan) -> None:
        """The owner deletes a thread, with all that stands in it."""
        shown = lines(self.town, SoakFindings())
        self.gone.update({line: often for line, often in shown.items() if line[1] == fan.uuid})
        self.house().threads.pop(fan.handle, None)
        forum.delete(self.town.discord.world, thread, self.house().owner.user.id)

    async def reply(
        self, fan: StandInFan, dollars: int | None = None, *, house: SoakCreator | None = None
    ) -> ReplyAttempt:
        """A member answers; waits for what they are told."""
        house = house or self.house()
        step = ScriptStep(self._number, house.number, 0, "replies", self.words(), dollars)
        values = {"text": step.text}
        if dollars is not None:
            values |= {"price": str(dollars), "media": house.media[0]}
        answer = await house.members[0].slash(house.guild, await self.thread(fan, house), "reply", **values)
        attempt = ReplyAttempt(house, fan, step, answer)
        self.attempts.append(attempt)
        await answer.done(_PATIENCE)
        if dollars is not None and answer.message is not None and "Send" in labels(answer.message):
            asked = answer.text  # the fan had this item already; whoever sells it again means it
            await house.members[0].click(answer.message, "Send")
            await answer.until(lambda now: now.text != asked, _PATIENCE)
        return attempt

    async def new_house(self) -> SoakCreator:
        """Another creator, who has not linked yet."""
        world = self.town.discord.world
        house = add_house(self.town.discord, self.town.fanvue, len(self.town.houses), fans=1)
        world.invite_bot(house.guild, world.applications[APPLICATION_ID], BOT_RIGHTS)
        self.town.houses.append(house)
        # The gateway tells of the new server; until the bridge knows it, commands have no server to name.
        await asyncio.sleep(0.2)
        return house

    async def open(self, house: SoakCreator) -> None:
        """Set up and link; safe to begin again after it was interrupted."""
        await open_house(self.town, house)

    # ── until all is quiet ──

    async def asked(self) -> None:
        """Until an owner is asked what became of something she confirmed.

        The bridge looks for it for ten minutes, divided. Nobody dies meanwhile: it may be in a hurry.
        """
        async with asyncio.timeout(_STUCK_AFTER):
            while not self._in_doubt():  # noqa: ASYNC110 - another process
                await asyncio.sleep(_LOOK_EVERY)
            await self.town.bridge.kill()
            await self.start(WINDOW_DIVISOR=str(_HURRY))
            self.town.bridge._settings["WINDOW_DIVISOR"] = str(SPEED)  # of the next one
            while not bridge_ledger.asking(self.town.database):  # noqa: ASYNC110 - another process
                await asyncio.sleep(_LOOK_EVERY)

    def _in_doubt(self) -> bool:
        """Whether something that an owner confirmed was tried, and is of unknown fate."""
        return any(one.state == "unknown" for one in bridge_ledger.confirmed(self.town.database))

    async def lapsed(self) -> None:
        """Until somebody's claim is over; no process is there to see it."""
        await self.town.bridge.kill()
        async with asyncio.timeout(_STUCK_AFTER):
            while not bridge_ledger.lapsed(self.town.database, int(time.time() * 1000)):  # noqa: ASYNC110 - only time
                await asyncio.sleep(_LOOK_EVERY)

    async def quiet(self) -> SoakFindings:
        """Wait until nothing is left to do, then compare the ledgers."""
        while await self._rests():
            seen = bridge_ledger.read(self.town.database)
            if not seen.open_effects and not seen.undecided:  # nothing has begun since it was looked at
                return compared(self.town, self.attempts, seen, self.gone)
        return compared(self.town, self.attempts, bridge_ledger.read(self.town.database), self.gone)

    async def _rests(self) -> bool:
        """Return when nothing is left to do for a while; False: something is, and nothing changes."""
        loop = asyncio.get_running_loop()
        still, left, since = 0.0, -1, loop.time()
        while still < _QUIET_FOR:
            await asyncio.sleep(_LOOK_EVERY)  # two processes: there is no one event to wait for
            await self.minder.look()
            await sign_in_again(self.town)
            await say_what_is_there(self.town)
            busy = bridge_ledger.busy(self.town.database) + self.town.fanvue.webhooks.pending
            busy += len(self.minder.waiting) + self.town.late
            still = 0.0 if busy else still + _LOOK_EVERY
            if busy != left:
                left, since = busy, loop.time()
            elif loop.time() - since > _STUCK_AFTER:
                return False
        return True


@asynccontextmanager
async def benched(folder: Path, seed: int) -> AsyncIterator[CrashpointScenario]:
    """One creator who has linked, and one fan with a thread."""
    # A scene's place must be reached each time, however fast a fan has written before: each message is a
    # post of its own here. Those scenes that are about bursts say so.
    # Likewise a line has both its states, and a private answer its words.
    more = {"BURST_SECONDS": "0", "REPLY_LINE_SECONDS": "0", **settings_in(folder)}
    program = WarmProgram
    async with built(folder, speed=SPEED, seed=seed, houses=1, fans=1, more=more, program=program) as town:
        rng = random.Random(seed)  # noqa: S311 - dice
        bench = CrashpointScenario(town, rng, QuestionMinder(town, rng))
        await bench.start()
        await open_house(town, bench.house())
        await bench.fan().write(bench.words())
        await bench.thread(bench.fan())
        await bench.quiet()
        yield bench
