"""Takes mass messages from programs, tells their state, and takes them back."""

from bot.access.policy import Action
from bot.engine.audit_log import AuditLog
from bot.features.inbox.program_drafts.model import DraftTold, ProgramDraftRefused
from bot.features.inbox.program_drafts.own_drafts import OwnDrafts, is_used
from bot.features.operations.creator_context.reader_doors import reader_of
from bot.features.operations.creator_context.request_rules import may_do
from bot.features.operations.creator_context.service import creator_named
from bot.features.publishing.mass_messages.model import typed as checked
from bot.features.publishing.program_mass_drafts.model import MOST_WAITING, MassDraftBody, kept
from bot.features.publishing.program_mass_drafts.records import ProgramMassDraft, ProgramMassRecords
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.ports import Clock, Ids
from bot.text.typed_times import FURTHEST
from storage.database import Database, Transaction
from storage.inbox import forums
from storage.people.api_keys import ApiKeyRecord
from storage.records import Link

_UNCONNECTED = "The creator is not connected to Fanvue right now, so nobody could send this."
_NO_CHANNEL = "The creator has no alerts channel on Discord yet, so there is nobody to show this to."
_TOO_MANY = f"{MOST_WAITING} mass messages wait for this creator's team already. Withdraw some, or wait."
_REUSED = "This Idempotency-Key belongs to another draft. Use a new one."
_NOT_ALLOWED = "The key's role may not send mass messages."
_NO_DRAFT = "This key wrote no mass message with that id."
_NOT_AHEAD = f"at: it must lie ahead, and at most {FURTHEST} days."
_DAY = 86_400_000


class ProgramMassService(OwnDrafts[ProgramMassDraft]):
    """Whether the key is valid, and opens drafts, was asked before. Raises ProgramDraftRefused."""

    def __init__(
        self, *, database: Database, records: ProgramMassRecords, trail: AuditLog, clock: Clock, ids: Ids
    ) -> None:
        super().__init__(database=database, records=records, clock=clock, no_draft=_NO_DRAFT)
        self._records = records
        self._trail = trail
        self._ids = ids

    async def write(
        self, key: ApiKeyRecord, creator: str, body: MassDraftBody, once: str | None
    ) -> tuple[DraftTold, bool]:
        """A new one, and whether it is new. `once`: the program's own name for it. Raises NoSuchCreator."""
        self._check(body)
        cause = f"program:mass:{key.id}:{self._ids.new() if once is None else once}"
        content = kept(body)

        async def work(tx: Transaction) -> tuple[DraftTold, bool]:
            _, link, _ = await creator_named(tx, creator, key.creator)
            ref = self._records.reference(cause)
            if await is_used(tx, ref):
                before = await self._records.get(tx, ref)
                if before is None or before.content != content:
                    raise ProgramDraftRefused(422, _REUSED)
                return self._as_told(before.row), False
            await self._check_room(tx, key, link)
            made = await self._records.add(tx, cause, key, content)
            await self._trail.write(tx, "draft.made", "done", target=key.id, creator=key.creator)
            return self._as_told(made.row), True

        return await self._database.write(work)

    def _check(self, body: MassDraftBody) -> None:
        try:
            checked(body.text, body.price_cents, tuple(body.media), body.preview)
        except ProposalRefused as refused:
            raise ProgramDraftRefused(400, refused.sentence) from refused
        if body.at is not None:
            ahead = body.at.timestamp() * 1000 - self._clock.now()
            if not 0 < ahead <= FURTHEST * _DAY:
                raise ProgramDraftRefused(400, _NOT_AHEAD)

    async def _check_room(self, tx: Transaction, key: ApiKeyRecord, link: Link | None) -> None:
        if not may_do(reader_of(key).standing, Action.MASS):
            raise ProgramDraftRefused(403, _NOT_ALLOWED)
        if link is None:
            raise ProgramDraftRefused(409, _UNCONNECTED)
        if await forums.of_creator(tx, key.creator) is None:
            raise ProgramDraftRefused(409, _NO_CHANNEL)
        waiting = [row for row, _ in await self._records.waiting(tx) if row.creator == key.creator]
        if len(waiting) >= MOST_WAITING:
            raise ProgramDraftRefused(429, _TOO_MANY)
