"""Sends a program's reply by a rule of its creator's owner."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.roles import Permission
from bot.engine.commands import CommandWish
from bot.engine.effect_handler import fan_of
from bot.features.inbox.checks.pending_replies import PendingReplies, ReplyStart
from bot.features.inbox.program_drafts import texts
from bot.features.inbox.program_drafts.model import ProgramDraft
from bot.features.inbox.program_drafts.records import ProgramDraftRecords
from bot.features.operations.draft_rules.model import DraftStays
from bot.features.operations.draft_rules.rights import needs_of, permit_by_rule
from bot.features.operations.draft_rules.texts import NEEDS_LEAD
from bot.features.operations.draft_rules.wishes import rule_wish
from bot.model.draft_source import DraftKind
from bot.model.errors import DeliveryFailed
from bot.model.language import tr, tr_stored
from bot.model.ports import Clock
from bot.relay.replies import ReplyService, ReplyWish
from bot.relay.unheard_messages import UnheardMessages, not_read
from bot.text.reply_rules import ReplyRefused
from storage.database import Database, Transaction
from storage.inbox import conversations, threads, unread_lines
from storage.people.draft_rules import DraftRule
from storage.records import DiscordId, DraftId

_NOBODY = DiscordId(-1)  # 0 is whoever is no member, the fan among them


class ProgramReplySender:
    """It leaves with the rights of the key that wrote it; nobody is there to answer a question."""

    kind = DraftKind.REPLY

    def __init__(
        self,
        *,
        records: ProgramDraftRecords,
        replies: ReplyService,
        kept: PendingReplies,
        unheard: UnheardMessages,
        database: Database,
        clock: Clock,
    ) -> None:
        self._records = records
        self._replies = replies
        self._kept = kept
        self._clock = clock
        self._unheard = unheard
        self._database = database

    async def prepare(self, ref: DraftId) -> None:
        """Read the chat: what no event told stops it, too."""
        found = await self._database.read(lambda tx: self._records.get(tx, ref))
        if found is None:
            raise DraftStays(tr(texts.GONE))
        line = found.line
        try:
            new = await self._unheard.any(line.creator, fan_of(line), since=line.created_at)
        except DeliveryFailed as failed:
            raise DraftStays(tr_stored(not_read(failed))) from failed
        if new:
            raise DraftStays(tr(texts.WRITTEN_SINCE))

    async def send(self, tx: Transaction, ref: DraftId, rule: DraftRule, _prepared: None) -> None:
        """Do all that a press would do, with all checks. Raises DraftStays."""
        found = await self._records.get(tx, ref)
        if found is None:
            raise DraftStays(tr(texts.GONE))
        thread = await threads.current(tx, found.line.creator, fan_of(found.line))
        if thread is None or thread.thread is None:
            raise DraftStays(tr(texts.GONE))
        permit = await self._permit(tx, found, rule, thread.guild)
        await self._must_stand_alone(tx, found)
        wish = rule_wish(ref, rule.by, thread.guild, thread.thread)
        try:
            await self._replies.at_once(tx, await self._reply(tx, found, wish, permit))
        except ReplyRefused as refused:
            raise DraftStays(refused.sentence) from refused

    async def stays(self, tx: Transaction, ref: DraftId, why: str) -> None:
        """Its line shows that a person has to send it."""
        found = await self._records.get(tx, ref)
        if found is not None and found.row.state == "open":
            await self._records.show_again(tx, found, why)

    async def _permit(
        self, tx: Transaction, found: ProgramDraft, rule: DraftRule, guild: DiscordId
    ) -> Permit:
        """As whom it leaves. What a lead has to look at has nobody to wait for."""
        message, now = found.message, self._clock.now()
        needs = needs_of(Action.REPLY, price=message.price, media=message.media)
        permit = await permit_by_rule(tx, rule, found.key, needs, guild, now=now)
        if permit.standing is None or Permission.REPLY not in permit.standing.permissions:
            raise DraftStays(tr(NEEDS_LEAD))
        return permit

    async def _must_stand_alone(self, tx: Transaction, found: ProgramDraft) -> None:
        """Whoever wrote since, the owner too, has said something that the program does not know."""
        creator, line = found.line.creator, found.line
        seen = await unread_lines.place(tx, line.stream, line.id)
        if await unread_lines.written(tx, line.stream, after=seen, but=_NOBODY):
            raise DraftStays(tr(texts.WRITTEN_SINCE))
        talk = await conversations.known(tx, creator, fan_of(found.line))
        if talk.holder(self._clock.now()) is not None:
            raise DraftStays(tr(texts.ANSWERING))

    async def _reply(
        self, tx: Transaction, found: ProgramDraft, wish: CommandWish, permit: Permit
    ) -> ReplyWish:
        assert permit.standing is not None, "a reply is about a creator"
        line, message = found.line, found.message
        seen = await unread_lines.place(tx, line.stream, line.id)
        begun = ReplyStart(wish.actor, wish.guild, wish.channel, line.creator, seen)
        return ReplyWish(
            wish=wish,
            text=message.text,
            price=message.price,
            media=message.media,
            preview=message.preview,
            window=await self._kept.open_window(tx, begun, found.row.id),
            role=permit.standing.role.value,
            rule=True,
        )
