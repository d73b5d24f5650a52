"""What /mass without lists needs: a draft, step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.access.permits import Permit
from bot.engine.input_windows import InputWindowHolder
from bot.model.choices import Choice
from bot.model.ports import Post
from storage.records import CreatorId, DraftId, Link


@dataclass(frozen=True)
class DraftStep:
    """Who does something about whose draft; `ref`: under which message. '' for a command."""

    holder: InputWindowHolder
    handle: str
    ref: DraftId


class DraftScreenUses(Protocol):
    """What the one message shows."""

    @property
    def post(self) -> Post:
        """Its words and buttons."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Its lists."""

    @property
    def back(self) -> str:
        """What was typed and not taken."""


class DraftInputUses(Protocol):
    """What a window begins with."""

    @property
    def text(self) -> str:
        """The message."""

    @property
    def price(self) -> str:
        """As it was typed; so is the rest."""

    @property
    def media(self) -> str:
        """Ids."""

    @property
    def preview(self) -> str:
        """An id."""

    @property
    def when(self) -> str:
        """A time."""

    @property
    def sought_to(self) -> str:
        """Names of lists that were not found."""

    @property
    def sought_without(self) -> str:
        """Likewise."""


class DraftUses(Protocol):
    """A draft of a mass message. Whether somebody may was asked before, at each press."""

    async def whose(self, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        """About which creator this member's message is; None: it is not theirs."""

    async def open(self, step: DraftStep, typed: Mapping[str, str]) -> DraftScreenUses:
        """A new one, or the question whether to go on with the one that is there."""

    async def go_on(self, step: DraftStep) -> DraftScreenUses:
        """What there is now."""

    async def anew(self, step: DraftStep) -> DraftScreenUses:
        """A new one in its place."""

    async def drop(self, step: DraftStep) -> DraftScreenUses:
        """None any more."""

    async def written(self, step: DraftStep) -> DraftInputUses | None:
        """What a window begins with; None where the message does not show what is there now."""

    async def choose(self, step: DraftStep, values: Sequence[str], *, without: bool) -> DraftScreenUses:
        """Who gets it, or does not."""

    async def find(self, step: DraftStep, to: str, without: str) -> DraftScreenUses:
        """The same by name, beside whoever is chosen."""

    async def write(self, step: DraftStep, fields: Mapping[str, str]) -> DraftScreenUses:
        """A window was sent: the text, or media and price."""

    async def time(self, step: DraftStep, typed: str) -> DraftScreenUses:
        """When."""

    async def templates(self, step: DraftStep, permit: Permit) -> DraftScreenUses:
        """Which there are."""

    async def fill(self, step: DraftStep, permit: Permit, wanted: str) -> DraftScreenUses:
        """One takes the place of text, media and price."""

    async def vault(self, step: DraftStep, offered: Sequence[tuple[str, str]]) -> DraftScreenUses:
        """Which items there are."""

    async def items(
        self, step: DraftStep, offered: Sequence[tuple[str, str]], values: Sequence[str], *, cover: bool
    ) -> DraftScreenUses:
        """Which were chosen to be sold, or to be seen before."""

    async def leaving(self, step: DraftStep) -> DraftScreenUses:
        """Which fans can be left out."""

    async def leave(self, step: DraftStep, values: Sequence[str]) -> DraftScreenUses:
        """Which are."""

    async def ready(self, step: DraftStep) -> Mapping[str, Any] | None:
        """What would be proposed; None where something is missing or wrong."""

    async def before(self, step: DraftStep, content: Mapping[str, Any], permit: Permit) -> str:
        """What came of the last ones to the same lists, for below the preview; "" where nothing is known."""

    async def look(self, step: DraftStep, link: Link, interaction: str) -> DraftScreenUses | None:
        """Last, before it is previewed for this press: what keeps it from that, if anything does."""

    async def say(self, step: DraftStep, sentence: str) -> DraftScreenUses:
        """What there is now, and why it went no further."""
