"""A member opens a draft of the channel as one of their own, or discards it."""

from collections.abc import Awaitable, Callable

from bot.access.policy import Action
from bot.engine.input_windows import InputWindowExpired
from bot.features.inbox.checks.pending_replies import is_over
from bot.features.inbox.program_drafts.expiry import key_ended
from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.operations.channel_drafts import texts
from bot.features.operations.channel_drafts.model import ChannelDraft, ChannelDraftRefused, DraftContent
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.model.language import tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, DraftId


class ChannelDraftPressService:
    """Whether somebody may do what the draft is for was asked before. Raises ChannelDraftRefused."""

    def __init__(self, ctx: Context, *, records: ChannelDraftRecords, rules: DraftRuleTurns) -> None:
        """`rules`: by which some are confirmed, unless somebody takes them up."""
        self._rules = rules
        self._ctx = ctx
        self._records = records

    async def creator(self, ref: str, action: Action) -> CreatorId | None:
        """About which creator this draft is; None: it is none, or needs something else."""
        found = await self._ctx.database.read(lambda tx: self._records.get(tx, DraftId(ref)))
        return None if found is None or found.kind.needs is not action else found.row.creator

    async def content(self, ref: str) -> DraftContent:
        """What the program wrote, of a draft that waits."""
        return (await self.draft(ref)).content

    async def draft(self, ref: str) -> ChannelDraft:
        """A draft that waits, for the press that opens it."""

        async def work(tx: Transaction) -> ChannelDraft:
            found = await self._open(tx, ref)
            if await self._rules.yields(tx, found.kind.kind, found.row.id):
                await self._records.show_again(tx, found, "")
            return found

        return await self._ctx.database.write(work)

    def taking(self, ref: str, by: DiscordId) -> Callable[[Transaction], Awaitable[None]]:
        """Part of the transaction in which theirs begins: of two presses one takes it."""

        async def take(tx: Transaction) -> None:
            await self._settle(tx, await self._open(tx, ref), DraftOutcome.TAKEN, by)

        return take

    async def saved(self, tx: Transaction, ref: DraftId, by: DiscordId) -> None:
        """Hears of windows that a draft was read in: of two that are saved one takes it.

        Raises InputWindowExpired, so that the other one keeps what was typed.
        """
        try:
            await self.taking(ref, by)(tx)
        except ChannelDraftRefused as refused:
            raise InputWindowExpired(f"{refused} {tr(texts.NOTHING)}") from refused

    async def discard(self, ref: str, by: DiscordId) -> str:
        """Nobody opens it any more."""

        async def work(tx: Transaction) -> str:
            found = await self._open(tx, ref)
            await self._settle(tx, found, DraftOutcome.DISCARDED, by)
            return texts.discarded(found.kind)

        return await self._ctx.database.write(work)

    async def _settle(self, tx: Transaction, found: ChannelDraft, how: DraftOutcome, by: DiscordId) -> None:
        if not await self._records.settle(tx, found.row, how, by):
            raise ChannelDraftRefused(tr(texts.GONE))

    async def _open(self, tx: Transaction, ref: str) -> ChannelDraft:
        found = await self._records.get(tx, DraftId(ref))
        if found is None or found.row.state != "open":
            raise ChannelDraftRefused(tr(texts.GONE))
        if is_over(found.row, self._ctx.clock.now()):
            raise ChannelDraftRefused(texts.too_old(found.kind))
        if await key_ended(tx, found.key, self._ctx.clock.now()):
            raise ChannelDraftRefused(tr(texts.KEY_ENDED))
        return found
