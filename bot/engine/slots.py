"""Slots: a part asks others for something without knowing them."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Slot(Generic[T]):
    """One thing that is asked for: checks of a reply, kinds of proposals."""

    def __init__(self, name: str) -> None:
        """`name`: as an error says it."""
        self.name = name

    def of(self, thing: T) -> "SlotEntry":
        """The entry that brings a thing for it."""
        return SlotEntry(self, thing)


@dataclass(frozen=True)
class SlotEntry:
    """One thing that a feature brings for another one's slot."""

    slot: Slot[Any]
    thing: object
