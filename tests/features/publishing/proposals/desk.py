"""`Proposals` and `Verdicts` of a desk: every preview is the same."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Callable, Mapping
from typing import Any

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.features.publishing.proposals.model import Also, ProposalPreview, nothing_else
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.proposals.verdict_service import ProposalVerdictService
from bot.model.ports import Button, Post
from storage.records import CommandId, DiscordId, DraftId, EffectId, Link
from tests.discord.desk import Desk, DeskServices


class DeskProposals:
    """`Proposals` of a desk: every preview is the same."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def stage(
        self, wish: CommandWish, link: Link, feature: str, content: Mapping[str, Any]
    ) -> CommandId | None:
        return self._desk.keep(wish, f"{feature}.propose")

    async def show(self, command: CommandId, *, also: Also = nothing_else) -> Post:
        return Post(body=("A preview.",), buttons=(Button("propose.yes", DraftId("ref"), "Confirm"),))

    async def content(self, draft: DraftId) -> Mapping[str, Any]:
        return {}

    async def cancel_command(self, command: CommandId) -> None:
        return None

    async def stage_press(self, wish: CommandWish, draft: DraftId) -> CommandId | None:
        return self._desk.keep(wish, "press")

    async def confirm(
        self, command: CommandId, yes: ActionConfirmation, typed: str | None = None
    ) -> Post | str:
        posts = Action.POST, Action.POST_ASK, Action.POST_CHANGE
        yes.question(Action.MASS, *posts, Action.TRACKING_CHANGE)
        return "Confirmed."

    async def instead(
        self, command: CommandId, content: Callable[[ProposalPreview], Mapping[str, Any]]
    ) -> Post | str:
        return "Another preview."

    async def other(self, command: CommandId) -> Post | str:
        return "Another one."

    async def cancel(self, command: CommandId) -> Post | str:
        return "Cancelled."

    async def details(self, note: EffectId) -> Post | str:
        return "Details."


class DeskVerdicts:
    """`Verdicts` of a desk."""

    async def was(self, ref: EffectId, actor: DiscordId) -> str:
        return "It was."

    async def was_not(self, ref: EffectId, actor: DiscordId) -> str:
        return "It was not."


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ProposalService: DeskProposals(desk), ProposalVerdictService: DeskVerdicts()}
