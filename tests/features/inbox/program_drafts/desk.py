"""A program's drafts at a desk: one waits for each press."""

from bot.features.inbox.program_drafts.press_service import OpenedProgramDraft, ProgramDraftPressService
from bot.model.ports import MessageToFan
from storage.records import DraftId
from tests.discord.desk_answers import answering

STAND_INS = answering(
    ProgramDraftPressService,
    open=lambda ref: OpenedProgramDraft(DraftId(f"window-{ref}"), MessageToFan("Drafted"), covered=False),
    discard="Discarded.",
)
