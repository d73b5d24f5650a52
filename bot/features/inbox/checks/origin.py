"""Which program drafted a reply, however often a person has changed it since."""

import json
from collections.abc import Sequence

from bot.engine.commands import Commands
from bot.features.inbox.checks.model import ProgramOf
from bot.features.inbox.checks.pending_replies import PendingReplies
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.records import DraftId


class ReplyOrigin:
    """Follows a window to what it changes: a program's draft, or a kept reply that came of one."""

    def __init__(self, *, kept: PendingReplies, commands: Commands, programs: Sequence[ProgramOf]) -> None:
        self._kept = kept
        self._commands = commands
        self._programs = programs

    async def of(self, tx: Transaction, window: DraftId) -> str:
        """The program's name; '' where a person wrote it all."""
        row = await drafts.get(tx, window)
        changes = json.loads(row.target).get("changes") if row is not None else None
        changed = await drafts.get(tx, DraftId(changes)) if changes else None
        if changed is None:
            return ""
        for program_of in self._programs:
            if program := program_of(changed):
                return program
        kept = await self._kept.get(tx, changed.id)
        command = await command_rows.get(tx, kept.command) if kept is not None else None
        return str(self._commands.body(command).get("drafted", "")) if command is not None else ""
