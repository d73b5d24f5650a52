"""A desk's approving: one reply waits, and every word counts."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.access.permits import Permit
from bot.engine.commands import CommandWish
from bot.features.inbox.approvals.decision_service import ApprovalDecisionService
from bot.features.inbox.approvals.list_service import ApprovalListService, ApprovalPage
from bot.model.ports import MessageToFan, Post
from storage.records import CommandId, DiscordId, DraftId
from tests.discord.desk import Desk, DeskServices


@dataclass
class DeskApprovals:
    """Both halves."""

    desk: Desk

    async def page(self, permits: Sequence[Permit], ref: str) -> ApprovalPage:
        return ApprovalPage(Post(body=("A reply waits.",)))

    async def opened(self, ref: DraftId, reader: DiscordId, lead: Permit | None) -> ApprovalPage:
        return ApprovalPage(Post(body=("It waits.",)))

    async def window(self, permit: Permit, ref: DraftId) -> MessageToFan:
        return MessageToFan("Held")

    async def stage(
        self, wish: CommandWish, permit: Permit, ref: DraftId, body: Mapping[str, Any]
    ) -> CommandId | None:
        return self.desk.keep(wish, "review.press")

    async def stage_own(self, wish: CommandWish, permit: Permit, ref: DraftId) -> CommandId | None:
        return self.desk.keep(wish, "review.press")

    async def approve(self, command: CommandId, permit: Permit) -> ApprovalPage:
        return self._done(command, "Approved.")

    async def edit(self, command: CommandId, permit: Permit) -> ApprovalPage:
        return self._done(command, "Edited.")

    async def give_back(self, command: CommandId, permit: Permit) -> ApprovalPage:
        return self._done(command, "Returned.")

    async def take_back(self, command: CommandId, actor: DiscordId) -> ApprovalPage:
        return self._done(command, "Taken back.")

    async def cancel(self, command: CommandId) -> None:
        self.desk.kept[command].state = "cancelled"

    def _done(self, command: CommandId, words: str) -> ApprovalPage:
        self.desk.kept[command].state = "accepted"
        return ApprovalPage(Post(body=(words,)))


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskApprovals(desk)
    return {ApprovalDecisionService: one, ApprovalListService: one}
