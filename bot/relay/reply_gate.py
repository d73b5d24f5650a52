"""The port through which a reply is looked at once more before it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.model.language import tr
from bot.model.ports import MessageToFan, Post
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.records import Command, CommandId, DiscordId, DraftId, FanThread, Millis

# The buttons under a reply that was kept back, and the window of the second.
SEND, EDIT, DISCARD = "draft.send", "draft.edit", "draft.discard"
SCHEDULED = "scheduled"  # why one was kept that leaves at a time
HELD = "held"  # and one that waits for a lead
PICK = "pick.reply.open"  # shows the vault beside a reply that is put together


@dataclass(frozen=True)
class GatedReply:
    """A reply that Discord has taken, and that nothing has been done for yet."""

    command: Command
    thread: FanThread
    message: MessageToFan
    window: DraftId | None = None  # in which it was typed; None: a command
    role: str = ""  # of its author about this creator when they sent it; '': not known
    alone: bool = True  # they may send without a lead
    reads: bool = True  # Discord lets its author read what fans wrote in this thread
    later: Millis | None = None  # when it leaves; None: at once
    unfinished: bool = False  # its author adds media to it before it leaves


@dataclass(frozen=True)
class EditedReply:
    """The message sent in place of a member's, and its editor. It stays the member's reply."""

    message: MessageToFan
    by: DiscordId
    by_name: str


@dataclass(frozen=True)
class LeadApproval:
    """A lead's yes to a reply that leaves at a time, which is asked about once more then.

    `asked`: check → mark of what they said yes to; `instead`: the command with what they wrote in its place.
    """

    lead: DiscordId
    asked: Mapping[str, str]
    instead: CommandId | None = None


def leaving_of(
    command: Command, thread: FanThread, message: MessageToFan, body: Mapping[str, Any]
) -> GatedReply:
    """The reply of a command; `body` says what its author was and saw when they sent it."""
    window = body.get("window")
    return GatedReply(
        command,
        thread,
        message,
        DraftId(window) if window else None,
        role=body.get("role", ""),
        alone=body.get("alone", True),
        reads=body.get("reads", True),
        unfinished=body.get("unfinished", False),
        later=body.get("later"),
    )


class ReplyGate(Protocol):
    """A gate that may keep a reply back."""

    async def stop(self, tx: Transaction, leaving: GatedReply) -> Post | None:
        """Return the post for its author instead, when it does not leave now; None: it leaves.

        Raises ReplyRefused where there is nothing to keep.
        """

    async def keep_for_later(self, tx: Transaction, command: Command, *, seen: int, until: Millis) -> DraftId:
        """Keep one that leaves at that time. `seen`: what its author knows of the thread."""


class OpenReplyGate:
    async def stop(self, tx: Transaction, leaving: GatedReply) -> Post | None:  # noqa: ARG002 - the port's
        return None

    async def keep_for_later(
        self,
        tx: Transaction,  # noqa: ARG002 - the port's
        command: Command,  # noqa: ARG002 - the port's
        *,
        seen: int,  # noqa: ARG002 - the port's
        until: Millis,  # noqa: ARG002 - the port's
    ) -> DraftId:
        """Nothing is kept here."""
        raise ReplyRefused(tr("You can't schedule anything here. Not sent."))
