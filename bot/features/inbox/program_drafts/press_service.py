"""A person presses under a program's draft: it becomes their reply, or goes."""

from dataclasses import dataclass

from bot.engine.commands import CommandWish
from bot.features.inbox.checks.pending_replies import PendingReplies, ReplyStart, is_over
from bot.features.inbox.program_drafts import texts
from bot.features.inbox.program_drafts.expiry import key_ended
from bot.features.inbox.program_drafts.model import DraftOutcome, ProgramDraft
from bot.features.inbox.program_drafts.records import ProgramDraftRecords
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.model.draft_source import DraftKind
from bot.model.language import tr
from bot.model.ports import MessageToFan
from bot.relay.context import Context
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.inbox import threads, unread_lines
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import DraftId


@dataclass(frozen=True)
class OpenedProgramDraft:
    """A draft in somebody's reply window. `covered`: it does not stand in the thread for all to read."""

    window: DraftId
    message: MessageToFan
    covered: bool


class ProgramDraftPressService:
    """Whether somebody may answer this fan was asked before. Raises ReplyRefused."""

    def __init__(
        self, ctx: Context, *, records: ProgramDraftRecords, kept: PendingReplies, rules: DraftRuleTurns
    ) -> None:
        """`rules`: by which some leave, unless somebody takes them up."""
        self._rules = rules
        self._ctx = ctx
        self._records = records
        self._kept = kept

    async def open(self, wish: CommandWish, ref: str) -> OpenedProgramDraft:
        """The window for a press on Send or Edit; what it sends takes the draft, once for everybody."""

        async def work(tx: Transaction) -> OpenedProgramDraft:
            found = await self._here(tx, wish, ref)
            if await self._rules.yields(tx, DraftKind.REPLY, found.row.id):
                await self._records.show_again(tx, found, "")
            seen = await unread_lines.place(tx, found.line.stream, found.line.id)
            begun = ReplyStart(wish.actor, wish.guild, wish.channel, found.line.creator, seen)
            window = await self._kept.open_window(tx, begun, found.row.id)
            mode = await privacy_modes.strictest(tx, found.line.creator, since=found.line.created_at)
            return OpenedProgramDraft(window, found.message, mode is not PrivacyMode.FULL)

        return await self._ctx.database.write(work)

    async def discard(self, wish: CommandWish, ref: str) -> str:
        """Nobody sends it."""

        async def work(tx: Transaction) -> str:
            found = await self._here(tx, wish, ref)
            if not await self._records.settle(tx, found.row, DraftOutcome.DISCARDED, wish.actor):
                raise ReplyRefused(tr(texts.GONE))
            return tr(texts.DISCARDED)

        return await self._ctx.database.write(work)

    async def _here(self, tx: Transaction, wish: CommandWish, ref: str) -> ProgramDraft:
        """A draft that waits in this fan's thread."""
        found = await self._records.get(tx, DraftId(ref))
        thread = await threads.by_discord(tx, wish.channel)
        here = None if thread is None else (thread.guild, thread.creator, thread.fan)
        if found is None or (wish.guild, found.line.creator, found.line.fan) != here:
            raise ReplyRefused(tr(texts.GONE))
        if found.row.state != "open":
            raise ReplyRefused(tr(texts.GONE))
        if is_over(found.row, self._ctx.clock.now()):
            raise ReplyRefused(tr(texts.TOO_OLD))
        if await key_ended(tx, found.key, self._ctx.clock.now()):
            raise ReplyRefused(tr(texts.KEY_ENDED))
        return found
