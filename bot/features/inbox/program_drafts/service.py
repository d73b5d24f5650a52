"""Takes drafts from programs, tells their state, and takes them back."""

from bot.access.policy import Action
from bot.engine.audit_log import AuditLog
from bot.features.inbox.program_drafts.model import (
    MOST_WAITING,
    DraftBody,
    DraftOutcome,
    DraftTold,
    ProgramDraft,
)
from bot.features.inbox.program_drafts.own_drafts import OwnDrafts, is_used
from bot.features.inbox.program_drafts.records import ProgramDraftRecords
from bot.features.operations.creator_context.reader_doors import reader_of
from bot.features.operations.creator_context.request_rules import may_do
from bot.features.operations.draft_rules.rights import needs_of
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.features.operations.fan_context.service import subject
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.model.draft_source import DraftKind, DraftSource
from bot.model.ports import MessageToFan
from bot.relay.context import Context
from bot.text.reply_rules import ReplyRefused, compose
from storage.database import Transaction
from storage.inbox import conversations, messages, threads
from storage.people.api_keys import ApiKeyRecord
from storage.records import DraftId, Fan, FanThread, FanvueMessageId, Link, Millis

_UNCONNECTED = "The creator is not connected to Fanvue right now, so nobody could send this."
_NO_THREAD = "This fan has no open thread on Discord yet, so there is nobody to show this to."
_MOVED_ON = "The fan has written since the message that this answers. Read the chat again, then write."
_UNREAD = "The bridge has not seen the message that this answers yet. Try again in a few seconds."
_TOO_MANY = "{most} drafts wait for this creator's team already. Withdraw some, or wait."
_MAY_NOT = {
    Action.REPLY: "The key's role may not write replies.",
    Action.PRICE: "The key's role may not set prices.",
    Action.MEDIA: "The key's role may not use the vault.",
}
_NO_DRAFT = "This key wrote no draft with that id."


class ProgramDraftService(OwnDrafts[ProgramDraft]):
    """Whether the key is valid, and opens drafts, was asked before. Raises ProgramRefused."""

    def __init__(
        self,
        ctx: Context,
        *,
        records: ProgramDraftRecords,
        trail: AuditLog,
        rules: DraftRuleTurns,
        most: int = MOST_WAITING,
    ) -> None:
        """`rules`: by which some leave. `most`: drafts of one creator that may wait at once."""
        super().__init__(database=ctx.database, records=records, clock=ctx.clock, no_draft=_NO_DRAFT)
        self._records = records
        self._trail = trail
        self._ctx = ctx
        self._rules = rules
        self._most = most

    async def write(
        self, key: ApiKeyRecord, creator: str, fan: str, body: DraftBody, once: str | None
    ) -> tuple[DraftTold, bool]:
        """A new draft in this fan's thread, and whether it is new. `once`: the program's own name for it.

        Raises NoSuchCreator, NoSuchFan.
        """
        message, source = _message(body), DraftSource.of_key(key.id, key.name)
        cause = f"program:{key.id}:{self._ctx.ids.new() if once is None else once}"

        async def work(tx: Transaction) -> tuple[DraftTold, bool]:
            found = await subject(tx, creator, fan, reader_of(key))
            ref = self._records.reference(cause)
            if await is_used(tx, ref):
                return self._again(await self._records.get(tx, ref), found.fan, message), False
            thread = await self._thread(tx, key, found.fan, found.link, message)
            await self._check_read(tx, found.fan, body.answers)
            await self._make_room(tx, key, thread)
            leaves = await self._leaves_at(tx, found.fan, ref, body.answers)
            made = await self._records.add(tx, cause, source, thread, message, leaves)
            await self._trail.write(
                tx, "draft.made", "done", target=key.id, creator=found.fan.creator, fan=found.fan.id
            )
            return self._as_told(made.row), True

        return await self._database.write(work)

    def _again(self, before: ProgramDraft | None, fan: Fan, message: MessageToFan) -> DraftTold:
        """One whose text is no longer kept cannot be told from another one."""
        if before is None or before.line.fan != fan.id or before.message != message:
            raise ProgramRefused(422, "This Idempotency-Key belongs to another draft. Use a new one.")
        return self._as_told(before.row)

    async def _thread(
        self, tx: Transaction, key: ApiKeyRecord, fan: Fan, link: Link | None, message: MessageToFan
    ) -> FanThread:
        for action in needs_of(Action.REPLY, price=message.price, media=message.media):
            if not may_do(reader_of(key).standing, action):
                raise ProgramRefused(403, _MAY_NOT[action])
        if link is None:
            raise ProgramRefused(409, _UNCONNECTED)
        thread = await threads.current(tx, fan.creator, fan.id)
        if thread is None or thread.state != "open" or thread.thread is None:
            raise ProgramRefused(409, _NO_THREAD)
        return thread

    async def _check_read(self, tx: Transaction, fan: Fan, answers: str | None) -> None:
        """Nobody is shown an answer to something else than what the fan said last."""
        if answers is None:
            return
        read = await messages.get(tx, fan.creator, FanvueMessageId(answers))
        if read is None or read.fan != fan.id:
            raise ProgramRefused(409, _UNREAD)
        talk = await conversations.known(tx, fan.creator, fan.id)
        if talk.last_in is not None and talk.last_in > read.sent_at:
            raise ProgramRefused(409, _MOVED_ON)

    async def _leaves_at(self, tx: Transaction, fan: Fan, ref: DraftId, answers: str | None) -> Millis | None:
        """No rule answers a fan who waits with a draft that does not say what it has read."""
        talk = await conversations.known(tx, fan.creator, fan.id)
        if answers is None and talk.waiting_since is not None:
            return None
        return await self._rules.leaves_at(tx, DraftKind.REPLY, fan.creator, ref)

    async def _make_room(self, tx: Transaction, key: ApiKeyRecord, thread: FanThread) -> None:
        """A fan has one draft of a program at most, the newest."""
        waiting = [one for one in await self._records.waiting(tx) if one[0].creator == thread.creator]
        for row, origin in waiting:
            if (origin.key, origin.channel) == (key.id, str(thread.thread)):
                await self._records.settle(tx, row, DraftOutcome.REPLACED)
                return
        if len(waiting) >= self._most:
            raise ProgramRefused(429, _TOO_MANY.format(most=self._most))


def _message(body: DraftBody) -> MessageToFan:
    try:
        return compose(body.text, body.price_cents, tuple(body.media), body.preview)
    except ReplyRefused as refused:
        raise ProgramRefused(400, refused.sentence) from refused
