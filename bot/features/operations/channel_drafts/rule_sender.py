"""Confirms a program's draft in the alerts channel by a rule of the owner."""

from typing import Any

from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.operations.channel_drafts import texts
from bot.features.operations.channel_drafts.model import ChannelDraft, ChannelDraftDeed, RulePress
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.operations.draft_rules.model import DraftStays
from bot.features.operations.draft_rules.rights import needs_of, permit_by_rule
from bot.features.operations.draft_rules.wishes import rule_wish
from bot.model.draft_source import DraftKind
from bot.model.language import tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import forums
from storage.people.draft_rules import DraftRule
from storage.records import DraftId


class ChannelDraftRuleSender:
    """The draft is taken, and what it is for is done, in one transaction."""

    def __init__(self, ctx: Context, deed: ChannelDraftDeed, *, records: ChannelDraftRecords) -> None:
        self._deed = deed
        self._ctx = ctx
        self._records = records

    @property
    def kind(self) -> DraftKind:
        return self._deed.kind.kind

    async def prepare(self, ref: DraftId) -> Any:
        """Look up on Fanvue what `send` needs. Raises DraftStays."""
        found = await self._ctx.database.read(lambda tx: self._records.get(tx, ref))
        if found is None:
            raise DraftStays(tr(texts.GONE))
        return await self._deed.prepare(found)

    async def send(self, tx: Transaction, ref: DraftId, rule: DraftRule, prepared: Any) -> None:
        """Do all that presses would do, with all checks. Raises DraftStays."""
        found = await self._records.get(tx, ref)
        if found is None:
            raise DraftStays(tr(texts.GONE))
        press = await self._press(tx, found, rule)
        if not await self._records.settle(tx, found.row, DraftOutcome.TAKEN, rule.by, by_rule=True):
            raise DraftStays(tr(texts.GONE))
        await self._deed.do(tx, found, press, prepared)

    async def stays(self, tx: Transaction, ref: DraftId, why: str) -> None:
        """Its line shows that a person has to open it."""
        found = await self._records.get(tx, ref)
        if found is not None and found.row.state == "open":
            await self._records.show_again(tx, found, why)

    async def _press(self, tx: Transaction, draft: ChannelDraft, rule: DraftRule) -> RulePress:
        """Without a key it is a member's own plan, which no rule sends."""
        forum = await forums.of_creator(tx, rule.creator)
        if forum is None:
            raise DraftStays(tr(texts.GONE))
        content, now = draft.content, self._ctx.clock.now()
        needs = needs_of(draft.kind.needs, price=content["price_cents"], media=content["media"])
        permit = await permit_by_rule(tx, rule, draft.key, needs, forum.guild, now=now)
        return RulePress(permit, rule_wish(draft.row.id, rule.by, forum.guild, forum.alerts))
