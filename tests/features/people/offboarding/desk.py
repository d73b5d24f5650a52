"""`Removing` of a desk: nobody is ever removed."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.features.people.offboarding.service import OffboardingService
from bot.model.ports import Post
from storage.records import CommandId, CreatorId, DiscordId, DraftId
from tests.discord.desk import Desk, DeskServices


class DeskRemoving:
    """Says what was asked for; a button is about whomever the desk says that waits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(
        self, by: Actor, member: Actor, mine: Sequence[CreatorId], *, named: bool, bypasses: bool
    ) -> Post | str:
        return f"Remove <@{member.user}>?"

    async def concerns(self, ref: str) -> Sequence[CreatorId]:
        return [about for waits, about in self._desk.waiting.items() if waits == ref]

    async def stage(self, wish: CommandWish, ref: DraftId) -> CommandId | None:
        return self._desk.keep(wish, "team.remove")

    async def cancel(self, command: CommandId) -> None:
        self._desk.kept[command].state = "cancelled"

    async def confirm(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        yes.question(Action.TEAM_REMOVE)
        return "Nobody was removed."

    async def close_anew(self, creator: CreatorId, guild: DiscordId) -> None:
        self._desk.noticed.append(("closed anew", guild))

    async def keep(self, ref: DraftId, by: DiscordId) -> str:
        return "Nobody was removed."


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {OffboardingService: DeskRemoving(desk)}
