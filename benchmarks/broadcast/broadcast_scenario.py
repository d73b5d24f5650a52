"""The stage with a crowd: on Fanvue, and as far as the bridge has seen it go."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.broadcast.broadcast_size import BroadcastSize
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation
from bot.sandbox.stage import DemoStage, staged
from bot.sandbox.tally import labels
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.money import subscribers
from storage.money.subscribers import KnownSubscriber
from storage.records import CreatorId, FanId, Millis

Say = Callable[[str], None]
_DAY: Millis = 86_400_000
_AT_ONCE = 1000  # fans in one transaction
PATIENCE = 60.0  # seconds for an answer that is no long work


@dataclass
class BroadcastScenario:
    """Everything that takes part, and who is in it."""

    stage: DemoStage
    folder: Path
    size: BroadcastSize
    say: Say
    gone: list[StandInFan]  # whose subscription ended: the bridge saw it
    kills: int = 0

    @property
    def database(self) -> Path:
        """The bridge's own."""
        return self.folder / "bridge.sqlite3"

    async def asked(self, command: str, **options: object) -> InteractionAnswer:
        """The owner uses a command, and reads the answer."""
        answer = await self.stage.owner.slash(self.stage.guild, self.stage.lobby, command, **options)
        return await answer.done(PATIENCE)

    async def pressed(
        self, answer: InteractionAnswer, begins: str, typed: Mapping[str, str] | None = None
    ) -> None:
        """She presses the button that begins so; where a window opens, she types this into it."""
        found = labels(answer.message) if answer.message is not None else []
        label = next((one for one in found if one.startswith(begins)), None)
        assert label is not None, answer.text
        pressed = await self.stage.owner.click(answer.message, label)
        await pressed.until(lambda now: now.state not in {"waiting", "thinking"}, PATIENCE)
        if pressed.state == "modal":
            assert typed is not None, answer.text
            await self.stage.owner.submit(pressed, dict(typed))


@asynccontextmanager
async def opened(
    folder: Path, size: BroadcastSize, say: Say, program: type[BridgeInstallation]
) -> AsyncIterator[BroadcastScenario]:
    """Set up and linked, with a crowd who never wrote."""
    async with staged(
        folder, program, speed=size.speed, seed=size.seed, LIST_MEMBERS=str(size.per_call)
    ) as stage:
        stage.fanvue.switches.mass_seconds = size.sending
        # A stand-in that counts a crowd keeps the other one waiting: that is no fault of the bridge.
        stage.discord.interactions.first_answer = PATIENCE
        world = stage.fanvue.world
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        await stage.bridge.stop()
        for fan in stage.fans.values():
            fan.bond.subscription = None  # the guests of other stories do not take part
        world.add_crowd(stage.creator, size.recipients, "here", subscribed=True)
        gone = world.add_crowd(stage.creator, size.members, "gone", subscribed=False)
        await _saw(folder, CreatorId(stage.creator.uuid), gone)
        say(f"{size.recipients} are subscribed, {size.members} were")
        await stage.bridge.start()
        yield BroadcastScenario(stage, folder, size, say, gone)


async def _saw(folder: Path, creator: CreatorId, gone: list[StandInFan]) -> None:
    """What the bridge would have written down when webhooks told that their subscriptions ended."""
    now: Millis = round(time.time() * 1000)
    database = await open_database(f"sqlite:///{folder / 'bridge.sqlite3'}", now=now)
    try:
        for start in range(0, len(gone), _AT_ONCE):
            some = gone[start : start + _AT_ONCE]
            await database.write(partial(_ended, creator=creator, fans=some, at=now - 3 * _DAY))
    finally:
        await database.close()


async def _ended(tx: Transaction, *, creator: CreatorId, fans: list[StandInFan], at: Millis) -> None:
    for fan in fans:
        told = KnownSubscriber(FanId(fan.uuid), active=False, told_by="webhook", changed_at=at, noticed_at=at)
        await subscribers.put(tx, creator, told)


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)
