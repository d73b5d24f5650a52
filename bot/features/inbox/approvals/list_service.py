"""Replies that wait, one a page for leads, and one opened from its thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.access.permits import Permit
from bot.features.inbox.approvals import texts
from bot.features.inbox.approvals.case_service import ApprovalCase, ApprovalCaseService
from bot.features.inbox.approvals.lane import LIFE
from bot.features.inbox.approvals.texts import ApprovalCard
from bot.features.inbox.checks import texts as keeping_words
from bot.features.inbox.checks.pending_replies import (
    REFUSED,
    KeepReason,
    PendingReplies,
    PendingReply,
    is_over,
)
from bot.model.language import tr
from bot.model.ports import MessageToFan, Post
from bot.relay.context import Context
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.inbox import held_replies, threads
from storage.inbox.held_replies import HeldReply
from storage.records import CreatorId, DiscordId, DraftId


@dataclass(frozen=True)
class ApprovalPage:
    """The page; `whole`: the text, where the post holds only its beginning."""

    post: Post
    whole: str | None = None


class ApprovalListService:
    """Rights were asked before; a reply's owner is looked up here."""

    def __init__(self, ctx: Context, *, looking: ApprovalCaseService, kept: PendingReplies) -> None:
        self._ctx = ctx
        self._looking = looking
        self._kept = kept

    async def page(self, permits: Sequence[Permit], ref: str) -> ApprovalPage:
        """The page that a reference names of all that waits for this lead here, oldest first."""
        return await self._ctx.database.write(lambda tx: self._page(tx, permits, texts.page_in(ref)))

    async def count(self, permits: Sequence[Permit]) -> int:
        """How many wait for this lead here."""
        return len(await self._ctx.database.read(lambda tx: self._theirs(tx, permits)))

    async def opened(self, ref: DraftId, reader: DiscordId, lead: Permit | None) -> ApprovalPage:
        """A reply, opened from its thread by its writer, or by a lead. Raises ReplyRefused."""
        return await self._ctx.database.write(lambda tx: self._opened(tx, ref, reader, lead))

    async def hand_back(self, tx: Transaction, case: ApprovalCase) -> DraftId:
        """A kept reply in which its writer has the text back; as long as a lead had it."""
        kept = case.kept
        priced = case.message is not None and case.message.price is not None
        back = KeepReason(REFUSED, kept.back.seen, kept.back.confirmed)
        now = await threads.current(tx, case.held.creator, case.held.fan)
        channel = now.thread if now is not None and now.state == "open" else None
        again = await self._kept.keep(tx, case.original, back, priced=priced, channel=channel)
        await drafts.extend(tx, again, until=self._ctx.clock.now() + LIFE)
        await held_replies.handed_back(tx, case.held.draft, again)
        return again

    # ── inside one transaction ──

    async def _page(self, tx: Transaction, permits: Sequence[Permit], number: int) -> ApprovalPage:
        by_creator: dict[CreatorId, Permit] = {one.creator: one for one in permits if one.creator}
        found = await self._waiting(tx, permits)
        theirs = [held for held, own in found if not own]
        own = len(found) - len(theirs)
        if not theirs:
            return ApprovalPage(texts.nothing(own))
        number = min(number, len(theirs) - 1)
        held = theirs[number]
        case = await self._case(tx, held)
        if case is None:
            raise ReplyRefused(tr(keeping_words.NOT_KEPT))
        permit, total = by_creator[held.creator], len(theirs)
        return _of(await self._looking.card(tx, case, permit, number=number, total=total), own)

    async def _theirs(self, tx: Transaction, permits: Sequence[Permit]) -> list[HeldReply]:
        return [held for held, own in await self._waiting(tx, permits) if not own]

    async def _waiting(self, tx: Transaction, permits: Sequence[Permit]) -> list[tuple[HeldReply, bool]]:
        """All that wait, oldest first; of each whether the lead who asks wrote it."""
        actor, creators = permits[0].actor, sorted({one.creator for one in permits if one.creator})
        assert actor.guild is not None, "only members of the server pass the door"
        found = await held_replies.waiting(tx, creators, actor.guild, now=self._ctx.clock.now())
        return [(held, await self._writer(tx, held) == actor.user) for held in found]

    async def _opened(
        self, tx: Transaction, ref: DraftId, reader: DiscordId, lead: Permit | None
    ) -> ApprovalPage:
        held = await held_replies.get(tx, ref)
        case = await self._case(tx, held) if held is not None else None
        if case is None:
            raise ReplyRefused(tr(keeping_words.NOT_KEPT))
        draft = case.kept.draft
        if draft.owner == reader:
            return ApprovalPage(await self._back(tx, case))
        if lead is None or lead.creator != draft.creator:
            raise ReplyRefused(tr(texts.NOT_YOURS_TO_READ))
        if draft.state != "open" or is_over(draft, self._ctx.clock.now()):
            raise ReplyRefused(texts.decided(draft))
        return _of(await self._looking.card(tx, case, lead))

    async def _back(self, tx: Transaction, case: ApprovalCase) -> Post:
        """Show its writer that it waits, or give it back."""
        draft = case.kept.draft
        if case.message is None:
            raise ReplyRefused(tr(keeping_words.NOT_KEPT))
        if draft.state == "open" and not is_over(draft, self._ctx.clock.now()):
            reasons = await self._looking.reasons(tx, case)
            return keeping_words.kept(draft.id, [texts.waits(reasons)], case.message, waits=True)
        if draft.state not in (*texts.REOPENED, "open"):
            raise ReplyRefused(keeping_words.settled(draft))
        return await self._again(tx, case, case.message)

    async def _again(self, tx: Transaction, case: ApprovalCase, message: MessageToFan) -> Post:
        again = await drafts.get(tx, case.held.again) if case.held.again is not None else None
        if again is not None and again.state != "open":
            raise ReplyRefused(keeping_words.settled(again))
        ref = again.id if again is not None else await self.hand_back(tx, case)
        word = await command_rows.get(tx, case.held.word) if case.held.word is not None else None
        said = texts.returned(case.kept.draft, self._looking.words(word))
        return keeping_words.kept(ref, [said], message)

    async def _case(self, tx: Transaction, held: HeldReply) -> ApprovalCase | None:
        kept: PendingReply | None = await self._kept.get(tx, held.draft)
        return await self._looking.case(tx, held, kept) if kept is not None else None

    async def _writer(self, tx: Transaction, held: HeldReply) -> DiscordId | None:
        draft: Draft | None = await drafts.get(tx, held.draft)
        return draft.owner if draft is not None else None


def page_of(card: ApprovalCard) -> ApprovalPage:
    """A card, with its whole text where it does not fit."""
    return _of(card)


def _of(card: ApprovalCard, own: int = 0) -> ApprovalPage:
    whole = None if card.message is None or texts.is_whole(card.message) else card.message.text
    return ApprovalPage(texts.card(card, own=own), whole)
