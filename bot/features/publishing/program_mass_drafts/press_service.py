"""A member opens a program's mass message as their own draft, or discards it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.features.inbox.checks.pending_replies import is_over
from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.publishing.program_mass_drafts import texts
from bot.features.publishing.program_mass_drafts.model import message_of, typed
from bot.features.publishing.program_mass_drafts.records import ProgramMassDraft, ProgramMassRecords
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.draft_source import DraftSource, ReplyDraft
from bot.model.language import tr
from bot.model.ports import Clock
from bot.relay.carried_drafts import carried
from storage.database import Database, Transaction
from storage.people import api_keys
from storage.records import CreatorId, DiscordId, DraftId


class ProgramMassPressService:
    """Whether somebody may send mass messages was asked before. Raises ProposalRefused."""

    def __init__(self, *, database: Database, records: ProgramMassRecords, clock: Clock) -> None:
        self._database = database
        self._records = records
        self._clock = clock

    async def creator(self, ref: str) -> CreatorId | None:
        """About which creator this draft is; None: it is none."""
        found = await self._database.read(lambda tx: self._records.get(tx, DraftId(ref)))
        return None if found is None else found.row.creator

    async def content(self, ref: str) -> Mapping[str, str]:
        """As somebody would type it."""
        return typed((await self._database.read(lambda tx: self._open(tx, ref))).content)

    async def drafted(self, ref: str) -> Mapping[str, Any]:
        """Who wrote it, and what, as it goes along with their draft."""
        found = await self._database.read(lambda tx: self._open(tx, ref))
        source = DraftSource.of_key(found.key, found.program)
        return carried(ReplyDraft(found.row.id, source, message_of(found.content)))

    def taking(self, ref: str, by: DiscordId) -> Callable[[Transaction], Awaitable[None]]:
        """Their draft begins in the transaction that takes this one: of two presses one does."""

        async def take(tx: Transaction) -> None:
            found = await self._open(tx, ref)
            if not await self._records.settle(tx, found.row, DraftOutcome.TAKEN, by):
                raise ProposalRefused(tr(texts.GONE))

        return take

    async def discard(self, ref: str, by: DiscordId) -> str:
        """Nobody opens it any more."""

        async def work(tx: Transaction) -> str:
            found = await self._open(tx, ref)
            if not await self._records.settle(tx, found.row, DraftOutcome.DISCARDED, by):
                raise ProposalRefused(tr(texts.GONE))
            return tr(texts.DISCARDED)

        return await self._database.write(work)

    async def _open(self, tx: Transaction, ref: str) -> ProgramMassDraft:
        found = await self._records.get(tx, DraftId(ref))
        if found is None or found.row.state != "open":
            raise ProposalRefused(tr(texts.GONE))
        if is_over(found.row, self._clock.now()):
            raise ProposalRefused(tr(texts.TOO_OLD))
        key = await api_keys.get(tx, found.key)
        if key is None or key.ended_at is not None:
            raise ProposalRefused(tr(texts.KEY_ENDED))
        return found
