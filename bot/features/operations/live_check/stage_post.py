"""Stage 5: a post planned far ahead, read back and deleted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.fanvue.values import iso_of, millis_of
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.live_check.calls import LiveCalls, ReadNotSeen, body_of, went
from bot.features.operations.live_check.notes import NoteKeeper, TraceKind
from bot.features.operations.live_check.record import LiveStep, Look, found, open_step
from bot.features.operations.live_check.stage_mass import AHEAD
from bot.features.operations.live_check.traces import TraceRemover
from bot.model.ports import Clock
from storage.records import Millis

_ODD: Final = 17_000  # no whole minute, so that rounding shows
_SECOND: Final = 1000
_MINUTE: Final = 60_000
_MOST: Final = 50


@dataclass(frozen=True)
class PlannedPostStage:
    """One post for subscribers, thirty days ahead; it is gone within seconds."""

    calls: LiveCalls
    keeper: NoteKeeper
    clock: Clock

    def steps(self) -> Mapping[str, Look]:
        return {"planned post": self._look}

    async def _look(self) -> LiveStep:
        try:
            step = await self._planned()
        except ReadNotSeen as why:
            step = open_step(str(why), "Run it again later.")
        try:
            left = await TraceRemover(self.calls, self.keeper).remove(TraceKind.POST)
        except ReadNotSeen:
            left = 0  # it stays in the notes, which the end of the check reads
        if left:
            return LiveStep(
                DoctorVerdict.BAD, "the planned post could not be deleted", "Delete it on Fanvue by hand."
            )
        return step

    async def _planned(self) -> LiveStep:
        way, mark = self.calls.road("create_post"), self.keeper.notes.mark
        if way is None or self.calls.road("delete_post") is None:
            return open_step("a planned post could not be deleted there, so none was made", "")
        at = (self.clock.now() + AHEAD) // _MINUTE * _MINUTE + _ODD
        self.keeper.begins(TraceKind.POST)
        body = {"audience": "subscribers", "text": mark, "publishAt": iso_of(at)}
        answer = await self.calls.answer(way, body=body)
        self.keeper.made(TraceKind.POST, body_of(answer))
        if not went(answer):
            said = f"thirty days ahead is refused with status {answer.status}"
            return LiveStep(DoctorVerdict.WARN, said, "", {"status": answer.status})
        uuid = _uuid(body_of(answer))
        rows = await self.calls.rows("posts", _MOST)
        places = [number for number, row in enumerate(rows, 1) if row.get("text") == mark]
        kept = _at(next((row for row in rows if row.get("text") == mark), await self._read(uuid)))
        said = _moved(kept, at)
        step = found("publish_at", said, {"listed": bool(places)}, good=kept is not None and _near(kept, at))
        where = f"at place {places[0]} of {len(rows)}" if places else f"not among the first {len(rows)}"
        answers = {**step.answers, "planned_place": where}
        return replace(step, says=f"{said}; it is listed {where}", answers=answers)

    async def _read(self, uuid: str | None) -> Any:
        way = self.calls.road("post")
        if uuid is None or way is None:
            return None
        return body_of(await self.calls.answer(way, parts={"uuid": uuid}))


def _uuid(body: Any) -> str | None:
    told = body.get("uuid") if isinstance(body, dict) else None
    return told if isinstance(told, str) else None


def _at(row: Any) -> Millis | None:
    try:
        return millis_of(row.get("publishAt")) if isinstance(row, dict) else None
    except ValueError:
        return None


def _near(kept: Millis, at: Millis) -> bool:
    return abs(kept - at) <= _MINUTE


def _moved(kept: Millis | None, at: Millis) -> str:
    if kept is None:
        return "the time is not told"
    apart = (kept - at) // _SECOND
    return "yes" if not apart else f"no: {abs(apart)} s {'later' if apart > 0 else 'earlier'}"
