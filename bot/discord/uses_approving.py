"""Replies that wait for a lead, as commands and buttons call them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.access.permits import Permit
from bot.engine.commands import CommandWish
from bot.model.ports import MessageToFan, Post
from storage.records import CommandId, DiscordId, DraftId


class ApprovalPageUses(Protocol):
    """What somebody is shown."""

    @property
    def post(self) -> Post:
        """All of it, or with only the beginning of a long text."""

    @property
    def whole(self) -> str | None:
        """The text then."""


class ApprovalListUses(Protocol):
    """Looks at what waits. Refusals are raised with a sentence."""

    async def page(self, permits: Sequence[Permit], ref: str, /) -> ApprovalPageUses:
        """The page that a reference names; the first one for any other."""

    async def opened(self, ref: DraftId, reader: DiscordId, lead: Permit | None, /) -> ApprovalPageUses:
        """One reply, for its writer or for a lead."""


class ApprovalDecisionUses(Protocol):
    """Decides about what waits. Refusals are raised with a sentence."""

    async def window(self, permit: Permit, ref: DraftId, /) -> MessageToFan:
        """What stands in the window of Edit."""

    async def stage(
        self, wish: CommandWish, permit: Permit, ref: DraftId, body: Mapping[str, Any], /
    ) -> CommandId | None:
        """Keep a lead's word before Discord is answered; None when it was kept already."""

    async def stage_own(self, wish: CommandWish, permit: Permit, ref: DraftId, /) -> CommandId | None:
        """Keep its writer's wish to have it back; likewise."""

    async def approve(self, command: CommandId, permit: Permit, /) -> ApprovalPageUses:
        """Let it leave; what takes the place of what was shown."""

    async def edit(self, command: CommandId, permit: Permit, /) -> ApprovalPageUses:
        """Let what the lead wrote leave in its place; likewise."""

    async def give_back(self, command: CommandId, permit: Permit, /) -> ApprovalPageUses:
        """Give it back to its writer; likewise."""

    async def take_back(self, command: CommandId, actor: DiscordId, /) -> ApprovalPageUses:
        """Its writer has it back; likewise."""

    async def cancel(self, command: CommandId, /) -> None:
        """Discord did not take the answer: nothing is done."""


@dataclass(frozen=True)
class ApprovalUses:
    """Both."""

    listing: ApprovalListUses
    deciding: ApprovalDecisionUses
