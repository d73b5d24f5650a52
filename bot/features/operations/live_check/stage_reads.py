"""Stage 1: every read that the bridge makes, for one creator."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from bot.fanvue.error_answers import error_of
from bot.fanvue.errors import FanvueError, ScopeMissing
from bot.fanvue.operations import ApiSurface, OperationRoute
from bot.fanvue.transport import HttpAnswer
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.live_check.calls import LiveCalls, ReadNotSeen
from bot.features.operations.live_check.reads import READS, LiveRead
from bot.features.operations.live_check.record import LiveStep, Look
from bot.features.operations.live_check.shapes import AnswerShape, rows_in, shape_of

_OK = 200
_NOT_THERE: Final = (400, 404, 405)  # a guessed path may meet another operation's
_LIMITS: Final = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
MANAGED: Final = "managed-"  # in the names of steps about a creator whom somebody else manages
_LINK_AGAIN: Final = "Let the bridge run for a minute, or link the account again; then run this again."


@dataclass
class CreatorReads:
    """The reads of one creator, in at most half of Fanvue's limit. What they learn is kept here only."""

    calls: LiveCalls
    known: dict[str, str] = field(default_factory=dict)  # a thing → its id
    _sought: set[str] = field(default_factory=set)  # things that need no second look

    @property
    def surfaces(self) -> Sequence[ApiSurface]:
        return self.calls.surfaces

    def steps(self) -> Mapping[str, Look]:
        """Each read on each generation that has it."""
        steps: dict[str, Look] = {}
        for wanted in READS:
            for surface in self.surfaces:
                if self.calls.road(wanted.name, surface) is not None:
                    steps[f"{_where(surface, twin=self.calls.twin)} {wanted.name}"] = self._look(
                        wanted, surface
                    )
        return steps

    def _look(self, wanted: LiveRead, surface: ApiSurface) -> Look:
        async def look() -> LiveStep:
            return await self._seen(wanted, surface)

        return look

    async def _seen(self, wanted: LiveRead, surface: ApiSurface) -> LiveStep:
        way = self.calls.road(wanted.name, surface)
        assert way is not None
        try:
            lacking = [thing for thing in sorted(wanted.needs()) if await self.thing(thing) is None]
            if lacking:
                said = f"not asked: no {' and no '.join(lacking)} is known to ask about"
                return LiveStep(DoctorVerdict.OK, said, seen={"asked": False})
            answer = await self.get(wanted, way)
        except ReadNotSeen as why:
            return LiveStep(DoctorVerdict.UNKNOWN, str(why), _LINK_AGAIN)
        return self._judged(wanted, way, answer)

    def _judged(self, wanted: LiveRead, way: OperationRoute, answer: HttpAnswer) -> LiveStep:
        limits = [name for name in _LIMITS if name in answer.headers]
        seen: dict[str, Any] = {"status": answer.status, "limit_headers": limits}
        error = error_of(way, answer)
        if isinstance(error, ScopeMissing):
            said = f"refused: this account did not allow {', '.join(sorted(way.scopes))}"
            return LiveStep(DoctorVerdict.WARN, said, "Link the account again if you need it.", seen)
        if way.guessed and answer.status in _NOT_THERE:
            said = f"not there (status {answer.status}), as assumed"
            return LiveStep(DoctorVerdict.OK, said, seen=seen)
        if error is not None:
            return LiveStep(DoctorVerdict.BAD, f"status {answer.status}", _told(way), seen)
        try:
            shape = shape_of(wanted, answer.json())
        except FanvueError:
            shape = None
        if shape is None:
            return LiveStep(
                DoctorVerdict.BAD, "answers in a form that the bridge cannot read", _told(way), seen
            )
        self._learn(wanted, answer.json())
        seen.update(asdict(shape))
        if shape.as_expected:
            return LiveStep(DoctorVerdict.OK, _counted(shape), seen=seen)
        return LiveStep(DoctorVerdict.WARN, _news(shape), "Please send the report to the project.", seen)

    async def get(
        self, wanted: LiveRead, way: OperationRoute, more: Sequence[tuple[str, str]] = ()
    ) -> HttpAnswer:
        """One read's answer. Waits for the bridge's half of the limit. Raises ReadNotSeen."""
        parts = {name: self.known[thing] for name, thing in wanted.path.items()}
        asks = [(name, self.known[thing]) for name, thing in wanted.asks.items()]
        return await self.calls.answer(way, parts=parts, query=[*wanted.first(way.paging), *asks, *more])

    async def thing(self, name: str) -> str | None:
        """The id of something that reads need; None: there is none. Raises ReadNotSeen if nobody can tell."""
        wanted = next(one for one in READS if name in one.learns)
        here = () if name in self._sought else self.surfaces
        ways = [way for surface in here if (way := self.calls.road(wanted.name, surface)) is not None]
        why: ReadNotSeen | None = None
        for way in ways:
            if name in self.known:
                break
            if [one for one in sorted(wanted.needs()) if await self.thing(one) is None]:
                return None
            try:
                answer = await self.get(wanted, way)
                self._learn(wanted, answer.json() if answer.status == _OK else None)
            except ReadNotSeen as error:
                why = error
            except FanvueError as error:  # what came is no JSON
                why = ReadNotSeen(error.reason)
        if name not in self.known and why is not None:
            raise why
        self._sought.add(name)
        return self.known.get(name)

    def look_at(self, fan: str) -> None:
        """From now on it is this fan whose chat and newest message are read."""
        self.known["fan"] = fan
        for name in ("message", "file"):
            self.known.pop(name, None)
            self._sought.discard(name)

    def _learn(self, wanted: LiveRead, body: Any) -> None:
        rows = rows_in(wanted.place, body) or ()
        for thing, way in wanted.learns.items():
            for row in rows:
                inner: Any = row
                for step in way:
                    inner = inner.get(step) if isinstance(inner, dict) else None
                    inner = inner[0] if isinstance(inner, list) and inner else inner
                if isinstance(inner, str) and inner:
                    self.known.setdefault(thing, inner)


def _where(surface: ApiSurface, *, twin: bool) -> str:
    return f"{MANAGED}{surface.value}" if twin else surface.value


def _told(way: OperationRoute) -> str:
    return f"The bridge does without {way.name} there; please send the report to the project."


def _counted(shape: AnswerShape) -> str:
    rows = "1 row" if shape.rows == 1 else f"{shape.rows} rows"
    return f"{rows}, as expected"


def _news(shape: AnswerShape) -> str:
    """What is new, in one sentence; names of fields and Fanvue's own words only."""
    parts = [f"{number} rows not readable ({why})" for why, number in sorted(shape.skipped.items())]
    if shape.unreadable:
        parts.append(f"in another form: {', '.join(shape.unreadable)}")
    if shape.lacking:
        parts.append(f"no row has {' or '.join(shape.lacking)}")
    parts += [f"new word in {name}: {', '.join(words)}" for name, words in sorted(shape.words.items())]
    return "; ".join(parts)
