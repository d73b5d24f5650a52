"""Drafts of programs and the web page in the alerts channel, and their kinds.

ChannelDraftRefused    a press did nothing; str() says why and what to do next
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from pydantic import BaseModel

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.engine.slots import Slot
from bot.model.draft_source import DraftKind, DraftSource
from storage.database import Transaction
from storage.engine.drafts import Draft
from storage.records import CreatorId, DiscordId, Millis

B = TypeVar("B", bound=BaseModel)
DraftContent = Mapping[str, Any]  # JSON, as the effect that posts its line carries it

PART: Final = "draft"  # of that effect
LIFE: Final[Millis] = 86_400_000  # of a program's, and of one that names no time
LONGEST_LIFE: Final[Millis] = 28 * 86_400_000  # of one that names its time: texts are kept for 30 days
NEWS: Final[Millis] = 7 * 86_400_000  # after its end its writer still reads of it
MOST_WAITING: Final = 20  # of one kind and creator
PAGE_NAME: Final = "web page"  # in the place of a program's name; an earlier version shows it


class ChannelDraftRefused(Exception):
    """Raised with a sentence for the member who pressed."""


async def nothing_more(_tx: Transaction, _creator: CreatorId, _content: DraftContent) -> None:
    """Nothing kept can stand against it."""


@dataclass(frozen=True)
class ChannelDraftWords:
    """What members read of a kind, each with `tr`; `about` makes its lines, and never tells its text."""

    title: str  # with {program}
    small: str
    taken: str  # with {draft} and {by}
    nothing: str  # says that nothing came of it
    about: Callable[[DraftContent], Sequence[str]]
    by_member: tuple[str, str] | None = None  # title with {member}, and small: where the web page writes it


@dataclass(frozen=True)
class ChannelDraftKind(Generic[B]):
    """One kind: what a program sends, who may write and open it, and its words.

    `kept` makes what is kept of a body, and `fits` looks at what is there. Both raise ProgramRefused.
    """

    kind: DraftKind
    word: str  # in its address, its buttons and its rows: mass
    needs: Action
    command: str  # by which a member begins one
    noun: str  # for programs: mass message
    may: str  # likewise, after `may not`: send mass messages
    fields: str  # likewise: the fields of its body
    body: type[B]
    kept: Callable[[B, Millis], DraftContent]
    words: ChannelDraftWords
    fits: Callable[[Transaction, CreatorId, DraftContent], Awaitable[None]] = nothing_more

    @property
    def action(self) -> str:
        """Of its rows among the drafts."""
        return f"{self.word}.program"

    def button(self, name: str) -> str:
        """What its buttons `open` and `discard` are called."""
        return f"program{self.word}.{name}"


@dataclass(frozen=True)
class ChannelDraft:
    """One of them: its row, the id and the name of its key, and its content.

    `key` is '' for what a member wrote on the web page; the row is theirs then.
    """

    row: Draft
    kind: ChannelDraftKind[Any]
    key: str
    program: str
    content: DraftContent

    @property
    def member(self) -> DiscordId | None:
        """Who wrote it on the web page; None: a program did."""
        return None if self.key else self.row.owner

    @property
    def source(self) -> DraftSource:
        """Who drafted it, for the mark of what comes of it."""
        member = self.member
        return DraftSource.of_key(self.key, self.program) if member is None else DraftSource.of_page(member)


@dataclass(frozen=True)
class PlannedDraft:
    """What a member wrote on the web page. `form`: its own id, of which one draft comes at most.

    `until`: it waits so long.
    """

    creator: CreatorId
    form: str
    content: DraftContent
    until: Millis


@dataclass(frozen=True)
class RulePress:
    """A rule's owner, as if they had pressed."""

    permit: Permit
    wish: CommandWish


class ChannelDraftDeed(Protocol):
    """All that opening a draft of one kind and confirming it does, where a rule of the owner's does it."""

    @property
    def kind(self) -> ChannelDraftKind[Any]: ...

    async def prepare(self, draft: ChannelDraft) -> Any:
        """Look up what `do` needs. Raises DraftStays."""

    async def do(self, tx: Transaction, draft: ChannelDraft, by: RulePress, prepared: Any) -> None:
        """As part of the transaction that takes the draft. Raises DraftStays."""


CHANNEL_DRAFT_KINDS = Slot[ChannelDraftKind[Any]]("kinds of programs' drafts in the alerts channel")
CHANNEL_DRAFT_DEEDS = Slot[ChannelDraftDeed]("what a rule does with programs' drafts of the alerts channel")
