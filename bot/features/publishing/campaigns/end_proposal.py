"""A mass message cancelled before its time, or taken back after it."""

from collections.abc import Sequence

from bot.fanvue.models import MassMessageRow
from bot.features.publishing.campaigns import texts
from bot.features.publishing.campaigns.fanvue import CampaignUnreadable, FanvueCampaigns
from bot.features.publishing.campaigns.reader import CampaignReader
from bot.features.publishing.campaigns.status_rules import OUT, CampaignStatus, meant, standing
from bot.features.publishing.proposals.effects import (
    ProposalContext,
    ProposalHandler,
    ProposalOutcome,
    UnreadableCandidate,
)
from bot.features.publishing.proposals.model import Content, ProposalPreview, ProposalRefused
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from storage.records import Effect, Link, Millis

CANCEL, RECALL = "cancel", "recall"
EITHER = ""  # whichever it takes now: a button was there before it went out


class CampaignEndProposal:
    """The feature `mass_end`; its content says which of the two."""

    name, noun, done = "mass_end", "End of a mass message", "carried out"
    command, again = "/campaigns cancel or recall", "/campaigns show has how it is now."

    def __init__(self, reading: CampaignReader, fanvue: FanvueCampaigns) -> None:
        self._reading = reading
        self._fanvue = fanvue

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The message to cancel or to take away again; read again at the press."""
        self._reading.must_be_allowed(link)
        how = str(content["how"])
        row = meant(await self._fanvue.listed(link.creator, patient=True), str(content["campaign"]))
        if how == EITHER:
            how = CANCEL if standing(row) is CampaignStatus.SCHEDULED else RECALL
        await self._must_be_open(link, row, how)
        zone, now = await self._reading.zone(link.creator), self._reading.now()
        return ProposalPreview(
            content={"campaign": row.uuid, "how": how},
            title=texts.end_title(how, link.handle),
            body=texts.end_body(row, how, now=now, zone=zone),
            confirm=texts.END_BUTTONS[how],
            seen={"standing": standing(row).value},
            warning=texts.END_WARNINGS[how],
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """Whether the shown one can still be ended in this way: its counters may have grown."""
        return shown.content == now.content

    async def _must_be_open(self, link: Link, row: MassMessageRow, how: str) -> None:
        ended = await self._reading.latest(link.creator, self.name, row.uuid)
        state = standing(row)
        if state is CampaignStatus.UNSENT or ended is not None:
            raise ProposalRefused(texts.ended_already(row, ended))
        if how == CANCEL and state is not CampaignStatus.SCHEDULED:
            raise ProposalRefused(texts.not_to_cancel(row))
        if how == RECALL and state not in OUT:
            raise ProposalRefused(texts.not_to_recall(row))


class CampaignEndHandler(ProposalHandler):
    """One DELETE; in doubt Fanvue's list says whether it is gone."""

    def __init__(self, ground: ProposalContext, *, fanvue: FanvueCampaigns) -> None:
        super().__init__(ground)
        self._fanvue = fanvue

    def operation(self, content: Content) -> str | None:  # noqa: ARG002 - both are one operation
        return "delete_mass"

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """Look once more, so that what went out meanwhile is not taken away under another name."""
        row = await self._fanvue.find(effect.creator, content["campaign"])
        if row is None:
            raise DeliveryRefused(texts.NOT_LISTED)
        state = standing(row)
        if state is CampaignStatus.UNSENT:
            raise DeliveryRefused(texts.ENDED_MEANWHILE)
        if (content["how"] == CANCEL) != (state is CampaignStatus.SCHEDULED):
            raise DeliveryRefused(texts.moved_on(row))
        await self._fanvue.end(effect.creator, row.uuid, voice=voice)
        return _carried(effect, content)

    async def candidates(
        self,
        effect: Effect,
        content: Content,
        seen: Content,  # noqa: ARG002 - its id tells it apart
        *,
        started: Millis,  # noqa: ARG002 - likewise
    ) -> Sequence[ProposalOutcome | UnreadableCandidate]:
        """That it is listed as taken back says so."""
        try:
            row = await self._fanvue.find(effect.creator, content["campaign"])
        except CampaignUnreadable:
            return [UnreadableCandidate()]
        if row is not None and not row.tells("status"):
            return [UnreadableCandidate()]
        gone = row is not None and standing(row) is CampaignStatus.UNSENT
        return [_carried(effect, content)] if gone else []


def _carried(effect: Effect, content: Content) -> ProposalOutcome:
    return ProposalOutcome(f"end:{effect.id}", texts.END_TOLD[content["how"]])
