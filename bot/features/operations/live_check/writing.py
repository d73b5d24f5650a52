"""The stages that write: each asks first, and nothing of theirs stays at Fanvue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from bot.features.operations.doctor.findings import DoctorVerdict
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


class Take(Protocol):
    """Carries steps of a stage out; the record with what they found."""

    async def __call__(self, stage: str, steps: Mapping[str, Look], *, anyway: bool = False) -> LiveRecord:
        """`anyway`: also what has an answer already."""
        ...


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
        if self.keeper.notes.traces:  # they were looked for at the start of the check
            self.tools.tell("Nothing more is written before that is gone.")
            return
        if self.afresh:
            self.keeper.fan_is("")
        fan = TestFanStage(self.calls, self.keeper, handle, self.tools.random, self.tools.tell)
        if not self.keeper.notes.fan:
            # Whoever proved themselves before is another fan, or of a check before this one.
            record = await self.take(f"{FAN} {self.label}", {PROOF: fan.proof}, anyway=True)
        if not self.keeper.notes.fan:
            return
        post = PlannedPostStage(self.calls, self.keeper, self.tools.clock)
        stages = {FAN: fan.steps(), MASS: self._mass(record).steps(), POST: post.steps()}
        try:
            for number, steps in stages.items():
                record = await self._stage(number, record, steps)
                if self.keeper.notes.traces:
                    self.tools.tell(f"Stage {number} left something: nothing more is written this time.")
                    return
            # The last one: while the bridge is stopped nobody renews the token.
            await self._webhooks(record)
        finally:
            await remover.remove_all(self.tools.tell)

    def _mass(self, record: LiveRecord) -> MassStage:
        """Where one went wrong, also before a stop, nothing more is planned."""
        known = [step for name, step in record.steps.items() if name.startswith(f"{MASS} {self.label} ")]
        wrong = any(step.verdict is DoctorVerdict.BAD for step in known)
        return MassStage(self.calls, self.keeper, self.tools.clock, wrong)

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
