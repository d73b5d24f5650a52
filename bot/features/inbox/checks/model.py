"""A check: its view of a reply, and its four possible answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.engine.slots import Slot
from bot.model.draft_source import ReplyDraft
from bot.model.language import tr
from bot.model.ports import MessageToFan
from storage.database import Transaction
from storage.engine.drafts import Draft
from storage.records import Command, CommandId, CreatorId, DiscordId, DraftId, EffectId, FanId, Millis


@dataclass(frozen=True)
class DraftedReply:
    """A reply as it would leave, and what its author knew. The text lies sealed in its `command`."""

    command: CommandId
    creator: CreatorId
    fan: FanId
    actor: DiscordId
    message: MessageToFan  # text, price in cents, media, preview
    seen: int  # the place in the thread's stream up to which they had seen it when they began
    written_at: Millis  # when it was handed in
    alone: bool = True  # they may send without a lead
    # In whose name it goes, where somebody else looks at it: `actor` is the lead then.
    author: DiscordId | None = None
    role: str = ""  # what they are for the creator at this press; '': not known
    later: Millis | None = None  # when it leaves; None: at once
    reads: bool = True  # Discord lets them read this thread: without it they are shown no texts
    again: bool = False  # somebody else asks once more why it waits: nothing is written down of it
    # What they have been asked already and have said yes to: check → the mark of its question.
    confirmed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckPass:
    """Nothing to say."""


@dataclass(frozen=True)
class CheckQuestion:
    """A question to the author, who is shown these lines privately.

    `lines` are Markdown that is safe to show. `anyway`: the meaning of Send, as the end of "Send: …".
    `mark`: the extent of a yes; the check finds it in `DraftedReply.confirmed` then. It is kept in clear:
    never a text, a name or a figure. `opens`: lines whose texts are shown although the thread keeps them off
    Discord. `shorter`: the same with less in it, and a mark that covers no more than that; it is asked where
    there is no room for all. Without one it is asked whole, or after the others: it must fit a message by
    itself.
    """

    lines: tuple[str, ...]
    anyway: str
    mark: str
    opens: tuple[EffectId, ...] = ()
    shorter: "CheckQuestion | None" = None


@dataclass(frozen=True)
class CheckRefusal:
    """It does not leave as it is; `sentence` says why and what to do."""

    sentence: str


@dataclass(frozen=True)
class CheckHold:
    """It waits for a lead; `reason` is for both. `mark`: as in `CheckQuestion`, for the lead's yes."""

    reason: str
    mark: str


Finding = CheckPass | CheckQuestion | CheckRefusal | CheckHold


class ReplyCheck(Protocol):
    """Looks at one thing. What it says is written down for it, without the text.

    It is heard again at every press, so what it writes of its own must be the same when it is written twice.
    """

    @property
    def name(self) -> str:
        """One word of small letters, for the audit and for what was confirmed."""

    async def look(self, tx: Transaction, reply: DraftedReply) -> Finding:
        """Return its finding on this reply at this moment."""


REPLY_CHECKS = Slot[ReplyCheck]("checks of a reply")  # asked in the order of FEATURES


class HeldReplyLane(Protocol):
    """The lane of replies held for a lead."""

    @property
    def takes(self) -> bool:
        """Whether somebody decides; otherwise it stays with its author."""

    async def take(
        self, tx: Transaction, draft: DraftId, reply: DraftedReply, holds: Mapping[str, CheckHold]
    ) -> str:
        """Take a draft kept for these; return its author's notice. The same transaction keeps it."""

    async def ended(self, tx: Transaction, draft: DraftId) -> None:
        """End the wait of this draft's reply, for any reason; it may never have been held."""


# Hears, in the same transaction, that a draft which is no reply yet was sent by this command.
DraftTaken = Callable[[Transaction, Draft, Command], Awaitable[None]]
DRAFT_TAKEN = Slot[DraftTaken]("who hears that a reply takes a draft's place")
# What stands in this draft, and who wrote it; None for a draft of another kind.
ReplyDraftReader = Callable[[Transaction, Draft], Awaitable[ReplyDraft | None]]
REPLY_DRAFTS = Slot[ReplyDraftReader]("who knows of drafts of replies that no person wrote")
HELD_REPLY_LANE = Slot[HeldReplyLane]("a lane for held replies")


class NoHeldReplyLane:
    """Nobody decides on what is held: it stays with its author, who may change it."""

    takes = False

    async def ended(self, tx: Transaction, draft: DraftId) -> None:
        """Nothing was taken."""

    async def take(
        self,
        tx: Transaction,  # noqa: ARG002 - the port's
        draft: DraftId,  # noqa: ARG002 - the port's
        reply: DraftedReply,  # noqa: ARG002 - the port's
        holds: Mapping[str, CheckHold],
    ) -> str:
        """Say why, and that nothing went out."""
        return " ".join((tr("Not sent."), *(hold.reason for hold in holds.values())))
