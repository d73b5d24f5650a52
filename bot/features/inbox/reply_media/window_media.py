"""The media that a reply window stands for: its reply's before, or its template's."""

from dataclasses import dataclass

from bot.access.permits import Permit
from bot.engine.commands import Commands, CommandWish
from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.relay.send_effects import outgoing
from storage.database import Database, Transaction
from storage.engine import commands as command_rows
from storage.records import DraftId, MediaId, TemplateId


@dataclass(frozen=True)
class CarriedMedia:
    """Items that a window has beside what is typed into it."""

    media: tuple[MediaId, ...] = ()
    preview: MediaId | None = None


class WindowMediaService:
    """No window shows an id, so what was chosen before stays with what the window changes."""

    def __init__(
        self, *, database: Database, commands: Commands, kept: PendingReplies, filling: TemplateFillService
    ) -> None:
        self._database = database
        self._commands = commands
        self._kept = kept
        self._filling = filling

    async def carried(
        self, wish: CommandWish, permit: Permit, window: DraftId, template: TemplateId | None
    ) -> CarriedMedia:
        """Of a window that this person opened here. Raises TemplateRefused where its template is gone."""
        changed = await self._database.read(lambda tx: self._changed(tx, wish, window))
        if changed is not None:
            return changed
        if template is None:
            return CarriedMedia()
        message = (await self._filling.fill(permit, wish.channel, template)).message
        return CarriedMedia(message.media, message.preview)

    async def _changed(self, tx: Transaction, wish: CommandWish, window: DraftId) -> CarriedMedia | None:
        """What the reply has that the window changes; None where it changes none."""
        found = await self._kept.window(tx, window, wish)
        kept = await self._kept.get(tx, found.changes) if found is not None and found.changes else None
        command = await command_rows.get(tx, kept.command) if kept is not None else None
        body = self._commands.body(command) if command is not None else {}
        if "text" not in body:
            return None
        message = outgoing(body)
        return CarriedMedia(message.media, message.preview)
