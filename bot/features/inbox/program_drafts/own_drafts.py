"""Tells a program the state of its own drafts, and takes them back."""

from typing import Generic, Protocol, TypeVar

from bot.features.inbox.program_drafts.model import DraftOutcome, DraftSent, DraftTold, sent_of, told_of
from bot.features.operations.creator_context.service import creator_named
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.model.draft_source import mark_of
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import draft_marks, drafts, outbox
from storage.engine.drafts import Draft
from storage.people.api_keys import ApiKeyRecord
from storage.records import DiscordId, DraftId, EffectId


class OwnDraft(Protocol):
    """A draft of whatever kind: its row, and the id of its key."""

    @property
    def row(self) -> Draft: ...

    @property
    def key(self) -> str: ...


K_co = TypeVar("K_co", bound=OwnDraft, covariant=True)


class OwnDraftRecords(Protocol[K_co]):
    """Keeps drafts of one kind."""

    async def get(self, tx: Transaction, ref: DraftId) -> K_co | None:
        """One of this kind, in any state."""

    async def settle(
        self, tx: Transaction, row: Draft, how: DraftOutcome, by: DiscordId | None = None
    ) -> bool:
        """False when somebody was faster."""


class OwnDrafts(Generic[K_co]):
    """Raises ProgramRefused, NoSuchCreator."""

    def __init__(
        self, *, database: Database, records: OwnDraftRecords[K_co], clock: Clock, no_draft: str
    ) -> None:
        """`no_draft`: the sentence where this key wrote none with such an id."""
        self._database = database
        self._kept = records
        self._clock = clock
        self._no_draft = no_draft

    async def told(self, key: ApiKeyRecord, creator: str, ref: str) -> DraftTold:
        """The state of one of this key's drafts."""

        async def work(tx: Transaction) -> DraftTold:
            row = (await self._own(tx, key, creator, ref)).row
            return self._as_told(row, await _sent(tx, row.id))

        return await self._database.read(work)

    async def withdraw(self, key: ApiKeyRecord, creator: str, ref: str) -> DraftTold:
        """Nobody can take it any more; one that was settled stays as it is."""

        async def work(tx: Transaction) -> DraftTold:
            found = await self._own(tx, key, creator, ref)
            await self._kept.settle(tx, found.row, DraftOutcome.WITHDRAWN)
            row = (await self._own(tx, key, creator, ref)).row
            return self._as_told(row, await _sent(tx, row.id))

        return await self._database.write(work)

    async def _own(self, tx: Transaction, key: ApiKeyRecord, creator: str, ref: str) -> K_co:
        await creator_named(tx, creator, key.creator)
        found = await self._kept.get(tx, DraftId(ref))
        if found is None or found.key != key.id:
            raise ProgramRefused(404, self._no_draft)
        return found

    def _as_told(self, row: Draft, sent: DraftSent | None = None) -> DraftTold:
        return told_of(row, now=self._clock.now(), sent=sent)


async def _sent(tx: Transaction, ref: DraftId) -> DraftSent | None:
    """What Fanvue has of it."""
    name = await draft_marks.newest_of_draft(tx, ref)
    if name is None:
        return None
    return sent_of(await outbox.get(tx, name), mark_of(await draft_marks.of_effect(tx, name)))


async def is_used(tx: Transaction, ref: DraftId) -> bool:
    """Whether there was a draft with this reference, also where little of it is left."""
    return await drafts.get(tx, ref) is not None or await outbox.get(tx, EffectId(ref)) is not None
