"""Fanvue's lists beside a scenario of the relay, and what reads them."""

from collections.abc import Awaitable, Callable, Iterable

from bot.features.inbox.routing_lists.fanvue import FanvueRoutingLists
from bot.features.inbox.routing_lists.model import ReadFanList, RoutableList
from bot.features.inbox.routing_lists.service import RoutingListService
from bot.features.inbox.routing_lists.tasks import RoutingListTask
from bot.model.errors import DeliveryFailed, TargetGone
from storage.records import CreatorId, FanId
from tests.relay.relay_scenario import RelayScenario


class FanListStandIn(FanvueRoutingLists):
    """One creator's lists by name; `fails`: what every question ends with."""

    def __init__(self, scenario: RelayScenario) -> None:
        self._scenario = scenario
        self.names: dict[str, str] = {}
        self.on: dict[str, set[FanId]] = {}
        self.fails: DeliveryFailed | None = None
        self.most: int | None = None  # fans that are read of each
        self.asked: list[str] = []
        self.meanwhile: Callable[[], Awaitable[None]] | None = None  # happens while a list is read, once

    def make(self, name: str, fans: Iterable[FanId] = (), *, key: str = "") -> str:
        """A list on Fanvue; its key."""
        key = key or f"key-of-{len(self.names)}"
        self.names[key], self.on[key] = name, set(fans)
        return key

    def delete(self, key: str) -> None:
        del self.names[key], self.on[key]

    async def all(self, creator: CreatorId, *, waited_for: bool) -> list[RoutableList]:  # noqa: ARG002 - as Fanvue's
        self._answer("all")
        return [RoutableList(key, name) for key, name in self.names.items()]

    async def fans(self, creator: CreatorId, key: str) -> ReadFanList:  # noqa: ARG002 - as Fanvue's
        self._answer(key)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        if key not in self.on:
            raise TargetGone("This list is no longer on Fanvue.")
        whole = sorted(self.on[key])
        return ReadFanList(whole[: self.most], is_whole=self.most is None or len(whole) <= self.most)

    @property
    def service(self) -> RoutingListService:
        """What rules are made with."""
        on = self._scenario.ground()
        return RoutingListService(on, there=self)

    @property
    def reading(self) -> RoutingListTask:
        """The background task, as a process has it that has just been started."""
        on = self._scenario.ground()
        return RoutingListTask(on, there=self, pseudonyms=on.effects.trail.pseudonyms, divisor=1.0)

    def _answer(self, what: str) -> None:
        self.asked.append(what)
        if self.fails is not None:
            raise self.fails
