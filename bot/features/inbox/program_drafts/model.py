"""A program's draft: its contents, its state, and the JSON of both."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.features.operations.creator_context.model_parts import moment, moment_or_none
from bot.model.draft_source import DraftChange, DraftKind, DraftMark, DraftSource, DraftUse
from bot.model.ports import MessageToFan
from storage.engine.drafts import Draft
from storage.records import CreatorId, DiscordId, DraftId, Effect, EffectState, FanId, Millis

ACTION: Final = "reply.program"  # of its row among the drafts
KIND: Final = "post"  # of the effect that posts its line
PART: Final = "draft"
LIFE: Final[Millis] = 86_400_000
LONGEST: Final = 1_500  # letters: made safe, it still fits into one message with its heading
MOST_ITEMS: Final = 20
MOST_WAITING: Final = 200  # of one creator


class DraftOutcome(StrEnum):
    """The state of a draft."""

    WAITING = "waiting"
    TAKEN = "taken"  # a person made it theirs: all checks of what they do look at it from then on
    DISCARDED = "discarded"  # a person did not want it
    WITHDRAWN = "withdrawn"  # its program took it back
    REPLACED = "replaced"  # its program wrote another one to this fan
    EXPIRED = "expired"  # nobody pressed in time, or its key ended


class DraftBody(BaseModel):
    """What a program sends. `answers`: the newest message of the fan that it has read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    text: Annotated[str, Field(max_length=LONGEST)] = ""
    price_cents: int | None = None
    media: Annotated[list[str], Field(max_length=MOST_ITEMS)] = Field(default_factory=list)
    preview: str | None = None
    answers: Annotated[str | None, Field(max_length=100)] = None


class DraftChanged(BaseModel):
    """What people changed. `words_kept`: the percentage of words that draft and message have in common."""

    model_config = ConfigDict(frozen=True)

    use: DraftUse
    words_kept: int
    parts: list[str]


class DraftSent(BaseModel):
    """What Fanvue has of a draft. `by`, `edited_by`: who sent it, and who else changed it, on Discord.

    `by_rule`: nobody pressed, a rule of `by` sent it.
    """

    model_config = ConfigDict(frozen=True)

    message: str | None
    at: datetime
    changed: DraftChanged | None
    by: str
    edited_by: str | None
    by_rule: bool = False


class DraftTold(BaseModel):
    """A draft as its program is told of it. `by`: the Discord id of the person who pressed.

    `sent`: None while Fanvue has nothing of it, and once that is no longer kept.
    """

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = 1
    id: str
    state: DraftOutcome
    made_at: datetime
    expires_at: datetime
    settled_at: datetime | None
    by: str | None
    sent: DraftSent | None = None


def changed_of(change: DraftChange | None) -> DraftChanged | None:
    """What was changed, in JSON; None where it is not known."""
    if change is None:
        return None
    return DraftChanged(use=change.use, words_kept=change.kept, parts=list(change.parts))


def sent_of(send: Effect | None, mark: DraftMark | None) -> DraftSent | None:
    """What is told of the effect that carries a draft out; None before Fanvue has it."""
    if send is None or mark is None or send.state is not EffectState.DONE or send.settled_at is None:
        return None
    return DraftSent(
        message=send.external_id,
        at=moment(send.settled_at),
        changed=changed_of(mark.change),
        by=str(mark.by),
        edited_by=None if mark.editor is None else str(mark.editor),
        by_rule=mark.rule,
    )


def told_of(row: Draft, *, now: Millis, sent: DraftSent | None = None) -> DraftTold:
    """A draft's row as its program is told of it."""
    assert row.expires_at is not None, "each has a time"
    over = row.state == "open" and row.expires_at <= now
    waits = DraftOutcome.EXPIRED if over else DraftOutcome.WAITING
    return DraftTold(
        id=row.id,
        state=waits if row.state == "open" else DraftOutcome(row.state),
        made_at=moment(row.created_at),
        expires_at=moment(row.expires_at),
        settled_at=moment_or_none(row.settled_at),
        by=None if row.settled_by is None else str(row.settled_by),
        sent=sent,
    )


@dataclass(frozen=True)
class DraftOrigin:
    """Where a draft stands and who wrote it. `key`: the id of the program's key; '': an engine wrote it."""

    channel: str
    key: str
    program: str

    @property
    def source(self) -> DraftSource:
        return DraftSource.of_key(self.key, self.program) if self.key else DraftSource.of_engine(self.program)


@dataclass(frozen=True)
class ProgramDraft:
    """One draft: its row, the line that shows it, and what was written by whom."""

    row: Draft
    line: Effect
    source: DraftSource
    message: MessageToFan

    @property
    def key(self) -> str:
        """The id of the program's key; '' for an engine's."""
        return self.source.key


@dataclass(frozen=True)
class ProgramDraftEnd:
    """A draft waits no longer. `by`: who pressed, where somebody did."""

    draft: DraftId
    creator: CreatorId
    fan: FanId | None
    key: str
    how: DraftOutcome
    by: DiscordId | None
    at: Millis
    kind: DraftKind = DraftKind.REPLY
