"""Confirms a program's draft of a proposal by a rule of the creator's owner."""

from collections.abc import Callable
from typing import Any

from bot.features.operations.channel_drafts.model import ChannelDraft, ChannelDraftKind, RulePress
from bot.features.operations.draft_rules.model import DraftStays
from bot.features.publishing.proposals.model import Content, ProposalRefused
from bot.features.publishing.proposals.unattended_service import UnattendedProposal, UnattendedProposalService
from storage.database import Transaction


class ProposalDeed:
    """It is looked up on Fanvue, and its preview has nothing for a person: then it is carried out."""

    def __init__(
        self,
        kind: ChannelDraftKind[Any],
        feature: str,
        content: Callable[[ChannelDraft], Content],
        confirming: UnattendedProposalService,
    ) -> None:
        """`content`: what a member would propose who opened the draft."""
        self.kind = kind
        self._feature = feature
        self._content = content
        self._confirming = confirming

    async def prepare(self, draft: ChannelDraft) -> UnattendedProposal:
        """Its preview. Raises DraftStays."""
        creator = draft.row.creator
        assert creator is not None, "each is about a creator"
        try:
            return await self._confirming.looked_at(creator, self._feature, self._content(draft))
        except ProposalRefused as refused:
            raise DraftStays(refused.sentence) from refused

    async def do(self, tx: Transaction, _draft: ChannelDraft, by: RulePress, prepared: Any) -> None:
        """All that Confirm does. Raises DraftStays."""
        try:
            await self._confirming.leave(tx, prepared, by.wish)
        except ProposalRefused as refused:
            raise DraftStays(refused.sentence) from refused
