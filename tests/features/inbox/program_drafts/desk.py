"""A program's drafts at a desk: one waits for each press."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.engine.commands import CommandWish
from bot.features.inbox.program_drafts.press_service import OpenedProgramDraft, ProgramDraftPressService
from bot.model.ports import MessageToFan
from storage.records import DraftId
from tests.discord.desk import Desk, DeskServices


class DeskProgramDrafts:
    """Opens whatever is pressed."""

    async def open(self, wish: CommandWish, ref: str) -> OpenedProgramDraft:
        return OpenedProgramDraft(DraftId(f"window-{ref}"), MessageToFan("Drafted"), covered=False)

    async def discard(self, wish: CommandWish, ref: str) -> str:
        return "Discarded."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ProgramDraftPressService: DeskProgramDrafts()}
