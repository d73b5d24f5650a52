"""Confirms a proposal by a rule, where nothing in its preview is for a person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.engine.commands import CommandWish
from bot.engine.sending_pauses import why_not
from bot.features.publishing.proposals import texts
from bot.features.publishing.proposals.confirmation_rules import not_yet
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.features.publishing.proposals.presses import PART, ProposalPress
from bot.features.publishing.proposals.records import OpenProposal, ProposalRecords
from bot.features.publishing.proposals.release_service import ProposalReleaseService
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.people import creators
from storage.records import Command, CreatorId, Link, LinkState

_GONE = msgid("The creator's Fanvue account is not connected.")


@dataclass(frozen=True)
class UnattendedProposal:
    """A preview that a press could confirm as it is."""

    link: Link
    feature: ProposalKind
    preview: ProposalPreview


class UnattendedProposalService:
    """Whether the rule's owner may was asked before each call."""

    def __init__(
        self,
        ctx: Context,
        *,
        record: ProposalRecords,
        features: Mapping[str, ProposalKind],
        leaving: ProposalReleaseService,
    ) -> None:
        self._ctx = ctx
        self._record = record
        self._features = features
        self._leaving = leaving

    async def looked_at(self, creator: CreatorId, feature: str, content: Content) -> UnattendedProposal:
        """The preview of now. Raises ProposalRefused where it is none, or a person has to confirm it."""
        kind = self._features[feature]
        link = await self._ctx.database.read(lambda tx: _link(tx, creator))
        try:
            shown = await kind.preview(link, content)
        except DeliveryFailed as failed:
            raise ProposalRefused(texts.unseen(failed, kind.done, tr("Open the draft"))) from failed
        if shown.asks or shown.second or not_yet(shown, None) is not None:
            raise ProposalRefused(tr("Its preview has something for a person to weigh."))
        return UnattendedProposal(link, kind, shown)

    async def leave(self, tx: Transaction, looked: UnattendedProposal, wish: CommandWish) -> None:
        """All that a press of Confirm does, by this owner. Raises ProposalRefused."""
        link, kind = await _link(tx, looked.link.creator), looked.feature
        if (link.id, link.generation) != (looked.link.id, looked.link.generation):
            raise ProposalRefused(tr(_GONE))
        if (paused := await why_not(tx, link.creator, wish.actor, kind.done)) is not None:
            raise ProposalRefused(paused)
        proposed = await self._kept(tx, wish, f"{kind.name}.propose", link, link.id)
        ref = await self._record.open(tx, proposed, link, kind, looked.preview)
        pressing = replace(wish, interaction=f"{wish.interaction}:press")
        pressed = await self._kept(tx, pressing, f"{kind.name}.press", link, ref)
        known = await self._record.get(tx, ref)
        assert known is not None, "it was just opened"
        await self._confirm(tx, ProposalPress(pressed, known, link), kind)

    async def _confirm(self, tx: Transaction, press: ProposalPress, kind: ProposalKind) -> None:
        known: OpenProposal = press.open
        effect = self._ctx.effects.ids.effect(known.draft.id, PART)
        closed = await self._record.close(tx, known, press.command, "confirmed", effect=effect)
        assert closed, "nobody else knows of it"
        await self._leaving.leave(tx, press, kind)

    async def _kept(
        self, tx: Transaction, wish: CommandWish, action: str, link: Link, target: str
    ) -> Command:
        command = await self._ctx.commands.staged(
            tx, wish, action=action, target=target, creator=link.creator
        )
        if command is None or not await command_rows.accept(tx, command):
            raise ProposalRefused(tr(texts.NOT_TAKEN))
        kept = await command_rows.get(tx, command)
        assert kept is not None, "it was just staged"
        return kept


async def _link(tx: Transaction, creator: CreatorId) -> Link:
    link = await creators.open_link(tx, creator)
    if link is None or link.state is LinkState.UNLINKING:
        raise ProposalRefused(tr(_GONE))
    return link
