"""Calls of a live check: each answer as it came, in half of the limit."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.fanvue.client import IdentityApi
from bot.fanvue.error_answers import error_of
from bot.fanvue.errors import FanvueError, OperationNotOffered, RequestRateLimited
from bot.fanvue.operations import ApiSurface, OperationRoute, road
from bot.fanvue.surfaces import V1
from bot.fanvue.transport import HttpAnswer
from bot.features.operations.live_check.reads import READS, LiveRead
from bot.features.operations.live_check.shapes import rows_in
from bot.model.errors import TryLater

Sleep = Callable[[float], Awaitable[None]]
KNOWN_READS: Final[Mapping[str, LiveRead]] = {one.name: one for one in READS}
_PATIENCE: Final = 5  # times that a call waits for the limit


class ReadNotSeen(Exception):
    """A call that came to no answer; it says why."""


@dataclass(frozen=True)
class LiveCalls:
    """Fanvue as one creator. Nothing but a refusal for the limit is repeated."""

    api: IdentityApi
    surfaces: Sequence[ApiSurface]  # that are there
    sleep: Sleep
    twin: bool = False  # as somebody who manages the creator

    def road(self, name: str, surface: ApiSurface | None = None) -> OperationRoute | None:
        """The road to an operation on this generation, or on the first that has it."""
        for one in self.surfaces if surface is None else [surface]:
            way = road_on(name, one, twin=self.twin)
            if way is not None and one in self.surfaces:
                return way
        return None

    async def answer(
        self,
        way: OperationRoute,
        *,
        parts: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> HttpAnswer:
        """One call's answer. Raises ReadNotSeen; whether it was carried out is not known then."""
        for _ in range(_PATIENCE):
            try:
                answer = await self.api.seen(way, parts=parts, query=query, body=body, key=key)
            except RequestRateLimited as error:
                await self.sleep(error.after)
                continue
            except TryLater:
                raise ReadNotSeen("Fanvue did not take the stored access token") from None
            except FanvueError as error:
                raise ReadNotSeen(error.reason) from None
            refused = error_of(way, answer)
            if not isinstance(refused, RequestRateLimited):
                return answer
            await self.sleep(refused.after)
        raise ReadNotSeen("the limit was spent each time")

    async def rows(self, name: str, most: int, **parts: str) -> Sequence[Mapping[str, Any]]:
        """The first rows of a list, newest first where Fanvue lists them so. Raises ReadNotSeen."""
        wanted = replace(KNOWN_READS[name], most=most)
        way = self.road(name)
        if way is None:
            raise ReadNotSeen(f"{name} has no road there")
        answer = await self.answer(way, parts=parts, query=wanted.first(way.paging))
        rows = rows_in(wanted.place, body_of(answer))
        if rows is None:
            raise ReadNotSeen(f"{name} could not be read (status {answer.status})")
        return [row for row in rows if isinstance(row, dict)]


def road_on(name: str, surface: ApiSurface, *, twin: bool = False) -> OperationRoute | None:
    """The road to an operation on one generation; None where the bridge knows none.

    A `twin` of a managed creator has no known road on /v1: there it is tried under the same path.
    """
    v1 = surface is ApiSurface.V1
    try:
        way = road(name, prefix=V1 if v1 else "", twin=twin, older=not (twin and v1))
    except OperationNotOffered:
        return None
    return way if way.surface is surface else None


def body_of(answer: HttpAnswer) -> Any:
    """An answer's JSON; None where it has none, or was a refusal."""
    if not went(answer):
        return None
    try:
        return answer.json()
    except FanvueError:
        return None


def went(answer: HttpAnswer) -> bool:
    """Whether Fanvue carried it out."""
    return answer.status // 100 == 2  # noqa: PLR2004 - 2xx
