"""The stages that write: each asks first, and nothing of theirs stays at Fanvue."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.features.operations.live_check.calls import LiveCalls
from bot.features.operations.live_check.event_catcher import EventCatcher
from bot.features.operations.live_check.notes import LiveNotes, NoteKeeper, new_mark, read_notes
from bot.features.operations.live_check.opening import LiveCheckRefused
from bot.features.operations.live_check.record import LiveRecord, Look
from bot.features.operations.live_check.stage_fan import PROOF, TestFanStage
from bot.features.operations.live_check.stage_mass import MassStage
from bot.features.operations.live_check.stage_post import PlannedPostStage
from bot.features.operations.live_check.stage_webhooks import Ask, WebhookStage
from bot.features.operations.live_check.traces import TraceRemover
from bot.model.ports import Clock
from bot.settings.model import Settings

Take = Callable[[str, Mapping[str, Look]], Awaitable[LiveRecord]]
"""Carries steps of a stage out; the record with what they found."""
FAN, MASS, WEBHOOKS, POST = 2, 3, 4, 5
_DOES: Final = {
    FAN: "writes three messages to @{handle}, unsends them, and changes their nickname for a moment",
    MASS: "plans mass messages for thirty days ahead, to a list of @{handle} alone, and deletes each at once",
    WEBHOOKS: "listens in the bridge's place: stop the bridge first; it reads what it missed once it is back",
    POST: "plans a post for thirty days ahead, and deletes it at once",
}


@dataclass(frozen=True)
class WritingTools:
    """What the stages work with."""

    settings: Settings
    clock: Clock
    random: Callable[[int], bytes]
    ask: Ask
    tell: Callable[[str], None]


@dataclass(frozen=True)
class WritingStages:
    """Stages 2 to 5 for one creator and one test fan."""

    tools: WritingTools
    calls: LiveCalls
    keeper: NoteKeeper
    label: str  # the creator's, in the report
    take: Take
    afresh: bool  # the record has just begun: the test fan proves themselves again

    async def run(self, record: LiveRecord) -> None:
        """Nothing is written before the test fan wrote the code."""
        handle = self.keeper.notes.handle
        remover = TraceRemover(self.calls, self.keeper)
        if not await remover.remove_all(self.tools.tell):
            self.tools.tell("Nothing more is written before that is gone.")
            return
        if self.afresh:
            self.keeper.fan_is("")
        fan = TestFanStage(self.calls, self.keeper, handle, self.tools.random, self.tools.tell)
        if not self.keeper.notes.fan:
            record = await self.take(f"{FAN} {self.label}", {PROOF: fan.proof})
        if not self.keeper.notes.fan:
            return
        try:
            record = await self._stage(FAN, record, fan.steps())
            record = await self._stage(MASS, record, self._mass().steps())
            post = PlannedPostStage(self.calls, self.keeper, self.tools.clock)
            record = await self._stage(POST, record, post.steps())
            # The last one: while the bridge is stopped nobody renews the token.
            await self._webhooks(record)
        finally:
            await remover.remove_all(self.tools.tell)

    def _mass(self) -> MassStage:
        return MassStage(self.calls, self.keeper, self.tools.clock)

    async def _webhooks(self, record: LiveRecord) -> None:
        tools = self.tools
        stage = WebhookStage(
            self.calls, self.keeper, tools.settings, EventCatcher(tools.clock), tools.ask, tools.tell
        )
        if not await self._wanted(WEBHOOKS, record, stage.steps()):
            return
        async with stage.open() as steps:
            await self.take(f"{WEBHOOKS} {self.label}", steps)

    async def _stage(self, number: int, record: LiveRecord, steps: Mapping[str, Look]) -> LiveRecord:
        if not await self._wanted(number, record, steps):
            return record
        return await self.take(f"{number} {self.label}", steps)

    async def _wanted(self, number: int, record: LiveRecord, steps: Mapping[str, Look]) -> bool:
        """Whether something of this stage is open, and the person says yes."""
        known = [record.steps.get(f"{number} {self.label} {name}") for name in steps]
        if all(step is not None and step.settled for step in known):
            return False
        does = _DOES[number].format(handle=self.keeper.notes.handle)
        said = await self.tools.ask(f"Stage {number} {does}. Go on? [y/N] ")
        wanted = said.strip().lower().startswith("y")
        if not wanted:
            self.tools.tell(f"Stage {number} is left out; the same command asks again.")
        return wanted


def notes_for(folder: Path, link: str, handle: str, random: Callable[[int], bytes]) -> NoteKeeper:
    """The notes to go on with. Raises LiveCheckRefused while another account's traces are there."""
    known = read_notes(folder)
    if known is not None and known.traces and (known.link, known.handle) != (link, handle):
        left = ", ".join(one.value for one in known.traces)
        raise LiveCheckRefused(
            f"The last check may have left something behind ({left}). Run it as then, with @{known.handle}, "
            "and it is removed."
        )
    if known is not None and (known.link, known.handle) == (link, handle):
        return NoteKeeper(folder, known)
    return NoteKeeper(folder, LiveNotes(new_mark(random), link, handle))
