"""The media that a reply window stands for: its reply's before, or its template's."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.engine.commands import CommandWish
from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.reply_media.carried_media import CarriedMedia, MediaCarrier
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.relay.context import Context
from bot.relay.send_effects import outgoing
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.records import DraftId, TemplateId


class WindowMediaService:
    """No window shows an id, so what was chosen before stays with what the window changes."""

    def __init__(
        self,
        ctx: Context,
        *,
        kept: PendingReplies,
        filling: TemplateFillService,
        carriers: Sequence[MediaCarrier] = (),
    ) -> None:
        """`carriers`: know of the media of drafts that are no replies yet."""
        self._ctx = ctx
        self._kept = kept
        self._filling = filling
        self._carriers = carriers

    async def carried(
        self, wish: CommandWish, permit: Permit, window: DraftId, template: TemplateId | None
    ) -> CarriedMedia:
        """Of a window that this person opened here. Raises TemplateRefused where its template is gone."""
        changed = await self._ctx.database.read(lambda tx: self._changed(tx, wish, window))
        if changed is not None:
            return changed
        if template is None:
            return CarriedMedia()
        message = (await self._filling.fill(permit, wish.channel, template)).message
        return CarriedMedia(message.media, message.preview)

    async def _changed(self, tx: Transaction, wish: CommandWish, window: DraftId) -> CarriedMedia | None:
        """What the reply has that the window changes; None where it changes none."""
        found = await self._kept.window(tx, window, wish)
        if found is None or found.changes is None:
            return None
        for carrier in self._carriers:
            if (carried := await carrier(tx, found.changes)) is not None:
                return carried
        kept = await self._kept.get(tx, found.changes)
        command = await command_rows.get(tx, kept.command) if kept is not None else None
        body = self._ctx.commands.body(command) if command is not None else {}
        if "text" not in body:
            return None
        message = outgoing(body)
        return CarriedMedia(message.media, message.preview)
