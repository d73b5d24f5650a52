"""What commands and windows need of templates."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

from bot.access.permits import ActionConfirmation, Permit
from bot.model.ports import MessageToFan, Post
from bot.relay.message_template import TypedTemplate
from bot.text.rejected_input import RejectedInput
from storage.records import CommandId, CreatorId, DiscordId, DraftId, MediaId, TemplateId

Named = Callable[[Sequence[MediaId]], Awaitable[Mapping[str, str] | None]]  # None where nobody can tell


class TemplateWindowUses(Protocol):
    """A window for a template."""

    @property
    def ref(self) -> DraftId:
        """What it is called."""

    @property
    def name(self) -> str:
        """What stands in it; '' for a new one."""

    @property
    def message(self) -> MessageToFan | None:
        """Likewise."""


class FilledTemplateUses(Protocol):
    """A template, filled in."""

    @property
    def template(self) -> TemplateId:
        """Which one."""

    @property
    def message(self) -> MessageToFan:
        """What is read."""


class TemplateSearchUses(Protocol):
    """Templates looked for. Refusals are raised with a sentence."""

    async def like(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        """What to offer while a name is typed: words and value."""

    async def show(self, permit: Permit, wanted: str, named: Named) -> Post:
        """One of them; `named`: what its items are."""

    async def listed(self, permit: Permit, page: int, named: Named) -> Post:
        """A page of their names; `named`: what the first of their items are called."""

    async def whose(self, ref: str) -> CreatorId | None:
        """Whose template this is, or for whom a window was opened; '': shared."""


class TemplateKeepingUses(Protocol):
    """Templates written and removed. Refusals are raised with a sentence."""

    async def begin(self, permit: Permit, *, shared: bool) -> TemplateWindowUses:
        """The window for a new one."""

    async def change(self, permit: Permit, wanted: str) -> TemplateWindowUses:
        """The window for one that is there."""

    async def save(self, permit: Permit, ref: DraftId, typed: TypedTemplate) -> Post | RejectedInput:
        """A window was sent."""

    async def remove(self, permit: Permit, wanted: str) -> Post:
        """Delete one."""


class TemplateFillUses(Protocol):
    """Templates used. Refusals are raised with a sentence."""

    async def fill(self, permit: Permit, channel: DiscordId, wanted: str) -> FilledTemplateUses:
        """For the fan of this thread."""

    async def for_all(self, permit: Permit, wanted: str) -> FilledTemplateUses:
        """As many fans would read it."""

    async def typed_for_all(self, creator: CreatorId, text: str) -> str:
        """A text that was typed by hand, likewise."""

    async def used(self, ref: CommandId, template: TemplateId, creator: CreatorId) -> None:
        """A reply comes from it."""

    async def opened(self, window: DraftId, template: TemplateId, creator: CreatorId) -> None:
        """A window was filled with it."""

    async def of_ref(self, ref: DraftId | CommandId) -> TemplateId | None:
        """With which one this window was filled, or from which this reply came, if with any."""


class TemplateFileUses(Protocol):
    """A file with templates."""

    @property
    def content(self) -> bytes:
        """What is in it."""

    @property
    def number(self) -> int:
        """How many."""

    @property
    def unread(self) -> int:
        """How many are damaged, and not in it."""


class TemplateExportUses(Protocol):
    """Templates as a file."""

    async def export(self, permit: Permit, *, csv: bool = False) -> TemplateFileUses:
        """The file, for whoever may have it."""


class TemplateImportUses(Protocol):
    """Templates from a file."""

    async def ask(self, permit: Permit, name: str, content: bytes) -> Post | RejectedInput:
        """What it would do, with the buttons; or what is wrong with it."""

    async def yes(self, yes: ActionConfirmation, *, replace: bool) -> str:
        """Keep them."""

    async def no(self, permit: Permit, ref: DraftId) -> str:
        """Leave it."""


class TemplateUses(Protocol):
    """All of it together."""

    @property
    def finding(self) -> TemplateSearchUses:
        """Looking."""

    @property
    def keeping(self) -> TemplateKeepingUses:
        """Writing."""

    @property
    def filling(self) -> TemplateFillUses:
        """Using."""

    @property
    def handing(self) -> TemplateExportUses:
        """Handing over."""

    @property
    def importing(self) -> TemplateImportUses:
        """Taking in."""
