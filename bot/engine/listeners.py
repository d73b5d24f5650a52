"""Signals: each is told to its listeners, in the order in which they were added.

A listener is part of whatever the signal is part of: one that raises undoes the fact or the press that it
heard of.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec

P = ParamSpec("P")


class Signal(Generic[P]):
    """Something that happens, and that others may hear of."""

    def __init__(self, meaning: str) -> None:
        """`meaning`: what happened, as the table of listeners says it."""
        self.meaning = meaning

    def to(self, call: Callable[P, Awaitable[None]]) -> "Listener":
        """The listener that is called with this signal."""
        return Listener(self, call)


@dataclass(frozen=True)
class Listener:
    """One who hears of a signal."""

    signal: Signal[Any]
    call: Callable[..., Awaitable[None]]

    @property
    def name(self) -> str:
        """The method that is called, as the table of listeners says it."""
        return str(getattr(self.call, "__qualname__", self.call))


class Listeners:
    """All listeners of a program. Filled while it is built; `telling` may be asked for before."""

    def __init__(self) -> None:
        self._heard: dict[Signal[Any], list[tuple[str, Listener]]] = {}
        self._told: set[Signal[Any]] = set()

    def add(self, feature: str, listeners: Iterable[Listener]) -> None:
        for listener in listeners:
            self._heard.setdefault(listener.signal, []).append((feature, listener))

    def telling(self, signal: Signal[P]) -> Callable[P, Awaitable[None]]:
        """The call that tells this signal to all its listeners."""
        self._told.add(signal)
        heard = self._heard.setdefault(signal, [])

        async def tell(*args: P.args, **kwargs: P.kwargs) -> None:
            for _feature, listener in heard:
                await listener.call(*args, **kwargs)

        return tell

    def table(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """By meaning: the features that hear of it, with what is called, in order."""
        return [
            (signal.meaning, [(feature, listener.name) for feature, listener in heard])
            for signal, heard in self._heard.items()
        ]

    def untold(self) -> list[str]:
        """Signals with listeners that nobody tells."""
        return [signal.meaning for signal in self._heard if signal not in self._told]
