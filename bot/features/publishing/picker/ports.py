"""The port of a picker: what is composed with it, and its saved sets."""

from collections.abc import Sequence
from typing import Protocol

from bot.features.publishing.picker.model import Change, PickedMessage, PickerBundle, PickerStep
from bot.model.ports import Button


class CompositionPort(Protocol):
    """Something that is put together, and survives a restart."""

    @property
    def prefix(self) -> str:
        """The beginning of its buttons' actions."""

    @property
    def title(self) -> str:
        """The heading of its picker."""

    @property
    def noun(self) -> str:
        """What it is called in a sentence: “reply”."""

    def ends(self, ref: str) -> Sequence[Button]:
        """The buttons below: where it goes from here."""

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        """Change it in one transaction; what it is now. Raises a refusal where it is open no more."""

    async def bundles(self, step: PickerStep) -> Sequence[PickerBundle]:
        """Saved sets that the person may use, the newest used first."""
