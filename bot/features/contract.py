"""A feature as data: its effects, tasks, listeners, and the parts others call.

NotBuilt     a feature asks for something before it is built, or brings something too late or twice
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.engine.effect_handler import EffectHandler
from bot.engine.listeners import Listener, Listeners
from bot.engine.slots import Slot, SlotEntry
from bot.engine.supervision import BackgroundTask
from bot.engine.task_placement import PlacedTask
from bot.features.discord_ports import DiscordPorts

T = TypeVar("T")

Handlers = Mapping[str, EffectHandler]  # by the kind of effect
Tasks = Sequence[BackgroundTask | PlacedTask]


class NotBuilt(Exception):
    """Raised when the order of FEATURES is wrong; its text says which line to move."""


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One feature, built. Handlers and tasks that need Discord are given as a function of its ports."""

    name: str
    services: Sequence[object] = ()  # what commands and buttons call; each is found by its class
    parts: Sequence[object] = ()  # what else other features call, found in the same way
    effects: Handlers | Callable[[DiscordPorts], Handlers] | None = None
    tasks: Tasks | Callable[[DiscordPorts], Tasks] = ()
    listeners: Sequence[Listener] = ()
    brings: Sequence[SlotEntry] = ()
    resumes: Sequence[Callable[[], Awaitable[object]]] = ()  # at a start, before anything is decided
    ends: Sequence[Callable[[], Awaitable[object]]] = ()  # when the process is told to stop, in seconds

    def handlers(self, on: DiscordPorts) -> Handlers:
        """The handlers of its effects."""
        made = self.effects(on) if callable(self.effects) else self.effects
        return made or {}

    def placed_tasks(self, on: DiscordPorts) -> list[PlacedTask]:
        """Its background tasks; a task without a placement runs once for all processes."""
        made = self.tasks(on) if callable(self.tasks) else self.tasks
        return [one if isinstance(one, PlacedTask) else PlacedTask(one) for one in made]


class BuiltFeatures:
    """Every feature that is built so far, in the order of FEATURES."""

    def __init__(self, listeners: Listeners) -> None:
        self.all: list[Feature] = []
        self._listeners = listeners
        self._called: dict[type, object] = {}
        self._owners: dict[type, str] = {}
        self._read: dict[Slot[Any], str] = {}

    def add(self, feature: Feature) -> None:
        """The next one. Raises NotBuilt when it brings what was asked for already."""
        for entry in feature.brings:
            if (reader := self._read.get(entry.slot)) is not None:
                raise NotBuilt(
                    f"{feature.name} brings {entry.slot.name}, and {reader} is built before: move "
                    f"{feature.name} before {reader} in FEATURES."
                )
        self.all.append(feature)
        for thing in (*feature.parts, *feature.services):
            self._keep(feature.name, thing)
        self._listeners.add(feature.name, feature.listeners)

    def _keep(self, feature: str, thing: object) -> None:
        kind = thing.__class__
        if kind in self._owners:
            raise NotBuilt(
                f"{feature} brings {kind.__name__}, and {self._owners[kind]} has brought it already."
            )
        self._called[kind], self._owners[kind] = thing, feature

    def handlers(self, on: DiscordPorts) -> dict[str, EffectHandler]:
        """The handlers of every kind of effect but the relay's own. Raises NotBuilt for two of one."""
        made: dict[str, EffectHandler] = {}
        for feature in self.all:
            handlers = feature.handlers(on)
            if twice := made.keys() & handlers.keys():
                raise NotBuilt(f"{feature.name} carries out {', '.join(sorted(twice))}, as another one does.")
            made |= handlers
        return made

    def services(self) -> list[object]:
        """The services that commands and buttons call."""
        return [service for feature in self.all for service in feature.services]

    def placed_tasks(self, on: DiscordPorts) -> list[PlacedTask]:
        """The background tasks of all of them."""
        return [task for feature in self.all for task in feature.placed_tasks(on)]

    def get(self, kind: type[T]) -> T:
        """The part or service of this class. Raises NotBuilt when no feature has brought it yet."""
        thing = self._called.get(kind)
        if thing is None:
            raise NotBuilt(
                f"{kind.__name__} is asked for before it is built: move the feature that brings it "
                "further up in FEATURES."
            )
        return thing  # type: ignore[return-value]  # it was put under its class

    def brought(self, slot: Slot[T], reader: str) -> list[T]:
        """Everything that features bring for this slot, in the order of FEATURES. `reader`: who asks."""
        self._read[slot] = reader
        return [entry.thing for one in self.all for entry in one.brings if entry.slot is slot]  # type: ignore[misc]
