"""Stage 3: mass messages planned far ahead to a list of the test fan alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.fanvue.operations import LIST_FIELDS, OperationRoute
from bot.fanvue.values import iso_of, millis_of
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.live_check.calls import LiveCalls, ReadNotSeen, body_of, road_on, went
from bot.features.operations.live_check.notes import NoteKeeper, TraceKind, id_in
from bot.features.operations.live_check.record import LiveStep, Look, open_step
from bot.features.operations.live_check.traces import TraceRemover
from bot.model.ports import Clock
from storage.records import Millis

AHEAD: Final = 30 * 24 * 3_600_000  # milliseconds; time enough to remove by hand what the API does not
_DAY: Final = 24 * 3_600_000
_AS_PLANNED: Final = "SCHEDULED"
_REPORT: Final = "Please send the report."
_REMOVE: Final = "Look at Planned messages on Fanvue, and delete there what begins with “bridge-check”."


class NotPlanned(Exception):
    """Fanvue did something else with it; nothing more is tried."""


@dataclass(frozen=True)
class PlannedMass:
    """What became of one planned mass message, which is deleted by now."""

    status: int
    recipients: int | None  # None: it was refused, or Fanvue does not tell

    @property
    def taken(self) -> bool:
        return self.status // 100 == 2  # noqa: PLR2004 - 2xx


@dataclass
class MassStage:
    """Nothing is sent now. Whoever is not the test fan is on no list that it makes."""

    calls: LiveCalls
    keeper: NoteKeeper
    clock: Clock
    wrong: bool  # a mass message did what it should not: nothing more is planned

    def steps(self) -> Mapping[str, Look]:
        steps: dict[str, Look] = {}
        for surface in self.calls.surfaces:
            way = road_on("send_mass", surface)
            if way is not None:
                steps[f"{surface.value} mass message"] = self._look(way)
        return steps

    def _look(self, way: OperationRoute) -> Look:
        async def look() -> LiveStep:
            if self.wrong:
                said = "left out, as a mass message did what it should not"
                return LiveStep(DoctorVerdict.WARN, said, "", _unproven(way))
            try:
                step = await self._planned(way)
            except NotPlanned as why:
                step = LiveStep(DoctorVerdict.BAD, str(why), _REMOVE, _unproven(way))
            except ReadNotSeen as why:
                step = open_step(str(why), "Run it again later.")
            self.wrong = step.verdict is DoctorVerdict.BAD
            for kind in (TraceKind.MASS, TraceKind.LIST):
                await self._removed(kind)
            return step

        return look

    async def _planned(self, way: OperationRoute) -> LiveStep:
        if not all(map(self.calls.road, ("mass_messages", "delete_mass", "create_list", "delete_list"))):
            return open_step("a planned mass message could not be deleted there, so none was made", "")
        alone, nobody = await self._list("alone", self.keeper.notes.fan), await self._list("nobody")
        statuses: dict[str, Any] = _unproven(way)
        for name in LIST_FIELDS:
            plain = await self._plan(way, {name: [alone]})
            statuses[name] = {"status": plain.status, "recipients": plain.recipients}
            if plain.taken:
                break
        else:
            return open_step(f"a list is refused under each name: {_listed(statuses)}", _REPORT)
        if plain.recipients is None:
            return open_step(f"{name} is taken, and Fanvue does not tell how many people get it", _REPORT)
        if plain.recipients != 1:
            said = f"{name} is taken, and it would go to {plain.recipients} people instead of one"
            return LiveStep(DoctorVerdict.BAD, said, "Send no mass message to a list there.", statuses)
        statuses["list_field"] = {way.surface.value: name}
        left_out, kept = await self._excluding(way, name, alone, nobody, statuses)
        generation = way.surface.value
        said = f"{generation}: lists by {name}; an exclusion {left_out}"
        answers = {"mass_lists": f"{generation}: {name}", "exclusions": f"{generation}: {left_out}"}
        verdict = DoctorVerdict.OK if kept else DoctorVerdict.WARN
        do = "" if kept else "The bridge counts each exclusion before it sends; nothing goes wrong by itself."
        return LiveStep(verdict, said, do, statuses, answers)

    async def _excluding(
        self, way: OperationRoute, to: str, alone: str, nobody: str, statuses: dict[str, Any]
    ) -> tuple[str, bool]:
        """Whether the test fan can be left out; that an empty list is taken shows that the name is known."""
        ignored: list[str] = []
        untold: list[str] = []
        for name in dict.fromkeys([to, *LIST_FIELDS]):
            empty = await self._plan(way, {to: [alone]}, {name: [nobody]})
            full = await self._plan(way, {to: [alone]}, {name: [alone]})
            statuses[f"excluding by {name}"] = {"empty": empty.status, "full": full.status}
            if empty.taken and (not full.taken or full.recipients == 0):
                return f"by {name} is kept", True
            if empty.taken:
                (untold if full.recipients is None else ignored).append(name)
        if ignored:
            return f"by {' and '.join(ignored)} is ignored", False
        if untold:
            return f"by {' and '.join(untold)} is taken, and nobody tells whether it is kept", False
        return f"by {' and '.join(LIST_FIELDS)} is refused", False

    async def _list(self, what: str, *fans: str) -> str:
        """A list with exactly these on it. Raises ReadNotSeen or NotPlanned."""
        body = {"name": f"{self.keeper.notes.mark} {what}"}
        known = [row for row in await self.calls.rows("custom_lists", 50) if row.get("name") == body["name"]]
        uuid = await self._list_made(body) if not known else id_in(known[0])
        if known:
            self.keeper.begins(TraceKind.LIST)
            self.keeper.made(TraceKind.LIST, known[0])
        if not uuid:
            raise ReadNotSeen("a list of its own was not made")
        if fans:
            await self._call("add_to_list", {"uuid": uuid}, {"userUuids": list(fans)})
        on_it = [row.get("uuid") for row in await self.calls.rows("custom_list", 5, uuid=uuid)]
        if on_it != list(fans):
            said = f"{len(on_it)} people are on its list instead of {len(fans)}; nothing was planned"
            raise NotPlanned(said)
        return uuid

    async def _list_made(self, body: Mapping[str, Any]) -> str:
        self.keeper.begins(TraceKind.LIST)
        told = body_of(await self._call("create_list", {}, body))
        self.keeper.made(TraceKind.LIST, told)
        return id_in(told)

    async def _plan(
        self,
        way: OperationRoute,
        to: Mapping[str, Sequence[str]],
        excluding: Mapping[str, Sequence[str]] | None = None,
    ) -> PlannedMass:
        """Plan it, read how many get it, delete it. Raises NotPlanned where it may have been sent."""
        mark, at = self.keeper.notes.mark, self.clock.now() + AHEAD
        self.keeper.begins(TraceKind.MASS)
        body: dict[str, Any] = {"text": mark, "scheduledAt": iso_of(at), "includedLists": dict(to)}
        if excluding is not None:
            body["excludedLists"] = dict(excluding)
        answer = await self.calls.answer(way, body=body, key=None)
        self.keeper.made(TraceKind.MASS, body_of(answer))
        if not went(answer):
            return PlannedMass(answer.status, None)
        remover = TraceRemover(self.calls, self.keeper)
        rows = await remover.marked(TraceKind.MASS)
        told = body_of(answer)
        told_of = [row for row in (told, *rows) if isinstance(row, dict)]
        status = {row.get("status") for row in rows}
        if await remover.remove(TraceKind.MASS):
            raise NotPlanned("a planned mass message could not be deleted")
        if (rows and status != {_AS_PLANNED}) or any(_is_out(row, at - _DAY) for row in told_of):
            raise NotPlanned("a mass message for a day in thirty days was not planned")
        whole = [row["recipientCount"] for row in told_of if isinstance(row.get("recipientCount"), int)]
        return PlannedMass(answer.status, max(whole) if whole else None)

    async def _call(self, name: str, parts: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        way = self.calls.road(name)
        if way is None:
            raise ReadNotSeen(f"{name} has no road there")
        answer = await self.calls.answer(way, parts=parts, body=body)
        if not went(answer):
            raise ReadNotSeen(f"{name} is refused with status {answer.status}")
        return answer

    async def _removed(self, kind: TraceKind) -> None:
        """What cannot be removed now stays in the notes."""
        try:
            await TraceRemover(self.calls, self.keeper).remove(kind)
        except ReadNotSeen:
            return


def _unproven(way: OperationRoute) -> dict[str, Any]:
    """How lists are named there is not known, whatever an earlier check has proven."""
    return {"list_field": {way.surface.value: ""}}


def _is_out(row: Mapping[str, Any], since: Millis) -> bool:
    """Whether it says that it was sent before then."""
    try:
        at = millis_of(row.get("publishedAt"))
    except ValueError:
        return True  # a moment that nobody can read is none in thirty days
    return at is not None and at < since


def _listed(statuses: Mapping[str, Mapping[str, Any]]) -> str:
    return ", ".join(f"{name} {statuses[name]['status']}" for name in LIST_FIELDS)
