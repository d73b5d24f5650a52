"""The media of a program's draft that stands in a reply window."""

from bot.features.inbox.program_drafts.records import ProgramDraftRecords
from bot.features.inbox.reply_media.carried_media import CarriedMedia, MediaCarrier
from storage.database import Transaction
from storage.records import DraftId


def carried_by(records: ProgramDraftRecords) -> MediaCarrier:
    """Answers for drafts of programs, and for nothing else."""

    async def carried(tx: Transaction, changes: DraftId) -> CarriedMedia | None:
        found = await records.get(tx, changes)
        return None if found is None else CarriedMedia(found.message.media, found.message.preview)

    return carried
