"""The services that commands and buttons call, each kept under its class."""

from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

T = TypeVar("T")


class Services:
    """Filled once, by `bot.app.command_services`; asked with the class, answered with that type."""

    def __init__(self) -> None:
        self._kept: dict[type[Any], Any] = {}

    def put(self, kind: type[T], one: T) -> None:
        """Keep it under the class that it stands for, where failpoints may be wrapped around the real one."""
        if kind in self._kept:
            raise ValueError(f"There are two of {kind.__name__}: commands could call only one of them.")
        self._kept[kind] = one

    @property
    def kinds(self) -> AbstractSet[type[Any]]:
        """Under which classes there is one."""
        return self._kept.keys()

    def get(self, kind: type[T]) -> T:
        """The one of this class. Raises LookupError where nobody has put it in."""
        if kind not in self._kept:
            raise LookupError(f"There is no {kind.__name__}: bot.app.command_services does that.")
        found: T = self._kept[kind]
        return found
