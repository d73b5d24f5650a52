"""Takes drafts of one kind from programs, tells their state, and takes them back."""

from typing import Any

from bot.features.inbox.program_drafts.model import DraftTold
from bot.features.inbox.program_drafts.own_drafts import OwnDrafts, is_used
from bot.features.operations.channel_drafts.model import MOST_WAITING, ChannelDraft, ChannelDraftKind
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.operations.creator_context.reader_doors import reader_of
from bot.features.operations.creator_context.request_rules import may_do
from bot.features.operations.creator_context.service import creator_named
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import forums
from storage.people.api_keys import ApiKeyRecord
from storage.records import Link

_UNCONNECTED = "The creator is not connected to Fanvue right now, so nobody could use this."
_NO_CHANNEL = "The creator has no alerts channel on Discord yet, so there is nobody to show this to."
_TOO_MANY = "{most} {noun}s wait for this creator's team already. Withdraw some, or wait."
_NOT_ALLOWED = "The key's role may not {may}."
_NO_DRAFT = "This key wrote no {noun} with that id."


class ChannelDraftService(OwnDrafts[ChannelDraft]):
    """Whether the key is valid, and opens drafts, was asked before. Raises ProgramRefused."""

    def __init__(
        self,
        ctx: Context,
        kind: ChannelDraftKind[Any],
        *,
        records: ChannelDraftRecords,
        rules: DraftRuleTurns,
    ) -> None:
        """`rules`: by which some are confirmed."""
        self._rules = rules
        no_draft = _NO_DRAFT.format(noun=kind.noun)
        super().__init__(database=ctx.database, records=records, clock=ctx.clock, no_draft=no_draft)
        self.kind = kind
        self._records = records
        self._ctx = ctx

    async def write(
        self, key: ApiKeyRecord, creator: str, body: Any, once: str | None
    ) -> tuple[DraftTold, bool]:
        """A new one, and whether it is new. `once`: the program's own name for it. Raises NoSuchCreator."""
        content = self.kind.kept(body, self._clock.now())
        cause = f"program:{self.kind.word}:{key.id}:{self._ctx.ids.new() if once is None else once}"

        async def work(tx: Transaction) -> tuple[DraftTold, bool]:
            _, link, _ = await creator_named(tx, creator, key.creator)
            ref = self._records.reference(cause)
            if await is_used(tx, ref):
                before = await self._records.get(tx, ref)
                if before is None or before.content != content:
                    raise ProgramRefused(422, "This Idempotency-Key belongs to another draft. Use a new one.")
                return self._as_told(before.row), False
            await self._check_room(tx, key, link)
            await self.kind.fits(tx, key.creator, content)
            leaves = await self._rules.leaves_at(tx, self.kind.kind, key.creator, ref)
            made = await self._records.add(tx, cause, self.kind, key, content, leaves)
            await self._ctx.trail.write(tx, "draft.made", "done", target=key.id, creator=key.creator)
            return self._as_told(made.row), True

        return await self._database.write(work)

    async def _check_room(self, tx: Transaction, key: ApiKeyRecord, link: Link | None) -> None:
        if not may_do(reader_of(key).standing, self.kind.needs):
            raise ProgramRefused(403, _NOT_ALLOWED.format(may=self.kind.may))
        if link is None:
            raise ProgramRefused(409, _UNCONNECTED)
        if await forums.of_creator(tx, key.creator) is None:
            raise ProgramRefused(409, _NO_CHANNEL)
        mine = (self.kind.action, key.creator)
        found = await self._records.waiting(tx)
        waiting = [row for row, by in found if by and (row.action, row.creator) == mine]
        if len(waiting) >= MOST_WAITING:
            raise ProgramRefused(429, _TOO_MANY.format(most=MOST_WAITING, noun=self.kind.noun))

    async def _own(self, tx: Transaction, key: ApiKeyRecord, creator: str, ref: str) -> ChannelDraft:
        """One of this kind."""
        found = await super()._own(tx, key, creator, ref)
        if found.kind is not self.kind:
            raise ProgramRefused(404, self._no_draft)
        return found
