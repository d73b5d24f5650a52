"""Looks for forbidden words in what is proposed for a whole creator."""

from dataclasses import replace

from bot.features.inbox.guard.audit_log import OUTCOMES, GuardAuditLog
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard.texts import WORDS
from bot.features.inbox.guard_words import texts
from bot.features.inbox.guard_words.word_lists import ForbiddenWord, GuardWordLists, mark_of, strictest
from bot.features.publishing.proposals.decorator import ProposalDecorator
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.relay.context import Context
from storage.database import Transaction
from storage.records import CreatorId, Link

_SEEN = "guard_words"


class GuardWordProposalDecorator(ProposalDecorator):
    """Looked at in the preview, and once more at the press. Nobody decides on held ones, so hold refuses."""

    def __init__(self, ctx: Context, feature: ProposalKind, *, lists: GuardWordLists) -> None:
        super().__init__(feature)
        self._ctx = ctx
        self._lists = lists
        self._noting = GuardAuditLog(ctx.trail)

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The feature's own, with the forbidden words above it. Raises ProposalRefused."""
        found = await self._found(link.creator, str(content.get("text") or ""))
        if strictest(found) in {GuardLevel.HOLD, GuardLevel.BLOCK}:
            raise ProposalRefused(texts.refused_for_all(found, self.command))
        shown = await self._feature.preview(link, content)
        if not found:
            return shown
        body, seen = (*texts.warned_for_all(found), *shown.body), {**shown.seen, _SEEN: mark_of(found)}
        return replace(shown, body=body, seen=seen, asks=True)

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """The feature's own word, if the same is forbidden."""
        before, after = dict(shown.seen), dict(now.seen)
        same = before.pop(_SEEN, "") == after.pop(_SEEN, "")
        return same and self._feature.holds(replace(shown, seen=before), replace(now, seen=after))

    async def _found(self, creator: CreatorId, text: str) -> list[ForbiddenWord]:
        async def work(tx: Transaction) -> list[ForbiddenWord]:
            return await self._lists.find(tx, text, creator, None)

        async def note(tx: Transaction) -> None:
            level = strictest(found)
            outcome = OUTCOMES[GuardLevel.BLOCK if level is GuardLevel.HOLD else level]
            await self._noting.for_all(tx, (WORDS,), outcome, creator)

        found = await self._ctx.database.read(work)
        if found:
            await self._ctx.database.write(note)
        return found
