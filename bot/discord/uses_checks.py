"""Reply windows and replies kept back, as buttons call them."""

from typing import Protocol

from bot.engine.commands import CommandWish
from bot.model.ports import MessageToFan, Post
from storage.records import CommandId, DraftId, EffectId


class ReplyEditUses(Protocol):
    """What the window of a kept reply is opened with."""

    @property
    def window(self) -> DraftId:
        """What it is called."""

    @property
    def message(self) -> MessageToFan:
        """What stands in it."""

    @property
    def command(self) -> CommandId:
        """Which brought it."""


class PendingReplyUses(Protocol):
    """Windows of replies, and Send, Edit, Discard. Refusals are raised with a sentence."""

    async def window(self, wish: CommandWish, line: EffectId | None, /, *, about: str = "") -> DraftId:
        """Reply was pressed under this line: what the window is called; `about`: what else stands in it."""

    async def edit(self, wish: CommandWish, ref: DraftId, /) -> ReplyEditUses:
        """Edit was pressed."""

    async def is_priced(self, wish: CommandWish, ref: DraftId, /) -> bool:
        """Whether Send would offer something for money."""

    async def stage(
        self, wish: CommandWish, ref: DraftId, /, *, reads: bool, role: str, alone: bool
    ) -> CommandId | None:
        """Keep a press before Discord is answered; None when it was kept already."""

    async def send(self, command: CommandId) -> Post | str | None:
        """Let it leave; what to show in the question's place. None: another press was faster."""

    async def discard(self, command: CommandId) -> Post | str | None:
        """Throw it away; likewise."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing is done."""
