"""Which draft a reply comes from, however often a person has changed it since."""

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.features.inbox.checks.model import ReplyDraftReader
from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.model.draft_source import ReplyDraft
from bot.relay.carried_drafts import carried_in
from bot.relay.context import Context
from bot.relay.field_values import filled_for
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.records import DraftId, FanThread


class ReplyOrigin:
    """Follows a window to what it changes: somebody else's draft, or a kept reply that came of one."""

    def __init__(self, ctx: Context, *, kept: PendingReplies, readers: Sequence[ReplyDraftReader]) -> None:
        self._kept = kept
        self._ctx = ctx
        self._readers = readers

    async def of(self, tx: Transaction, window: DraftId, thread: FanThread) -> ReplyDraft | None:
        """The draft as this fan would have read it; None where a person wrote it all."""
        row = await drafts.get(tx, window)
        changes = json.loads(row.target).get("changes") if row is not None else None
        changed = await drafts.get(tx, DraftId(changes)) if changes else None
        if changed is None:
            return None
        for read in self._readers:
            if (draft := await read(tx, changed)) is not None:
                return await self._filled(tx, thread, draft)
        kept = await self._kept.get(tx, changed.id)
        command = await command_rows.get(tx, kept.command) if kept is not None else None
        return carried_in(self._ctx.commands.body(command)) if command is not None else None

    async def _filled(self, tx: Transaction, thread: FanThread, draft: ReplyDraft) -> ReplyDraft:
        """So that what the bridge fills in counts as nobody's change."""
        message = draft.message
        if message is None:
            return draft
        try:
            text = await filled_for(tx, thread, message.text, now=self._ctx.clock.now())
        except ReplyRefused:  # a field that nobody knows: a person has to change it before it can leave
            return draft
        return replace(draft, message=replace(message, text=text))
