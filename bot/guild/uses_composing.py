"""What /mass without lists needs: a draft, step by step; `bot.features.publishing.drafts` is it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.access.permits import Permit
from bot.engine.input_windows import InputWindowHolder
from bot.model.choices import Choice
from bot.model.ports import Post
from storage.records import CreatorId, DraftId, Link


@dataclass(frozen=True)
class Step:
    """Who does something about whose draft; `ref`: under which message. '' for a command."""

    holder: InputWindowHolder
    handle: str
    ref: DraftId


class Screen(Protocol):
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


class Written(Protocol):
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


class Composing(Protocol):
    """A draft of a mass message. Whether somebody may was asked before, at each press."""

    async def whose(self, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        """About which creator this member's message is; None: it is not theirs."""

    async def open(self, step: Step, typed: Mapping[str, str]) -> Screen:
        """A new one, or the question whether to go on with the one that is there."""

    async def go_on(self, step: Step) -> Screen:
        """What there is now."""

    async def anew(self, step: Step) -> Screen:
        """A new one in its place."""

    async def drop(self, step: Step) -> Screen:
        """None any more."""

    async def written(self, step: Step) -> Written | None:
        """What a window begins with; None where the message does not show what is there now."""

    async def choose(self, step: Step, values: Sequence[str], *, without: bool) -> Screen:
        """Who gets it, or does not."""

    async def find(self, step: Step, to: str, without: str) -> Screen:
        """The same by name, beside whoever is chosen."""

    async def write(self, step: Step, fields: Mapping[str, str]) -> Screen:
        """A window was sent: the text, or media and price."""

    async def time(self, step: Step, typed: str) -> Screen:
        """When."""

    async def templates(self, step: Step, permit: Permit) -> Screen:
        """Which there are."""

    async def fill(self, step: Step, permit: Permit, wanted: str) -> Screen:
        """One takes the place of text, media and price."""

    async def vault(self, step: Step, offered: Sequence[tuple[str, str]]) -> Screen:
        """Which items there are."""

    async def items(
        self, step: Step, offered: Sequence[tuple[str, str]], values: Sequence[str], *, cover: bool
    ) -> Screen:
        """Which were chosen to be sold, or to be seen before."""

    async def leaving(self, step: Step) -> Screen:
        """Which fans can be left out."""

    async def leave(self, step: Step, values: Sequence[str]) -> Screen:
        """Which are."""

    async def ready(self, step: Step) -> Mapping[str, Any] | None:
        """What would be proposed; None where something is missing or wrong."""

    async def before(self, step: Step, content: Mapping[str, Any], permit: Permit) -> str:
        """What came of the last ones to the same lists, for below the preview; "" where nothing is known."""

    async def look(self, step: Step, link: Link, interaction: str) -> Screen | None:
        """Last, before it is previewed for this press: what keeps it from that, if anything does."""

    async def say(self, step: Step, sentence: str) -> Screen:
        """What there is now, and why it went no further."""
