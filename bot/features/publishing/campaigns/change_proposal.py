"""A planned mass message changed: before and after shown, then one PATCH."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.fanvue.lists_api import FREE
from bot.fanvue.models import MassMessageRow
from bot.features.publishing.campaigns import texts
from bot.features.publishing.campaigns.change_rules import is_like, may_be_like, shape_of, to_send, wanted
from bot.features.publishing.campaigns.fanvue import CampaignUnreadable, FanvueCampaigns
from bot.features.publishing.campaigns.reader import CampaignReader
from bot.features.publishing.campaigns.status_rules import CampaignStatus, meant, standing
from bot.features.publishing.proposals.effects import (
    ProposalContext,
    ProposalHandler,
    ProposalOutcome,
    UnreadableCandidate,
)
from bot.features.publishing.proposals.model import Content, ProposalPreview, ProposalRefused
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from bot.model.language import english, msgid, tr
from bot.text.typed_times import NotATime, read_time, still_ahead
from storage.records import Effect, Link, Millis


class CampaignChangeProposal:
    """The feature `mass_change`."""

    name, noun, done = "mass_change", msgid("Change of a mass message"), msgid("carried out")
    command, again = "/mass change", msgid("Check it with /mass change.")

    def __init__(self, reading: CampaignReader, fanvue: FanvueCampaigns) -> None:
        self._reading = reading
        self._fanvue = fanvue

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """Before and after; at the press it is read again, and must still be as it was shown."""
        self._reading.must_be_allowed(link)
        row = meant(await self._fanvue.listed(link.creator, patient=True), str(content["campaign"]))
        if standing(row) is not CampaignStatus.SCHEDULED:
            ended = await self._reading.latest(link.creator, "mass_end", row.uuid)
            raise ProposalRefused(texts.not_to_change(row, ended))
        under_way = await self._reading.latest(link.creator, self.name, row.uuid)
        if under_way is not None and not under_way.done:
            raise ProposalRefused(texts.change_under_way(under_way))
        zone, now = await self._reading.zone(link.creator), self._reading.now()
        before = shape_of(row)
        after = wanted(before, _typed(content), self._time(content, now, zone))
        return ProposalPreview(
            content={**after, "campaign": row.uuid, "before": before},
            title=texts.change_title(link.handle),
            body=texts.change_body(row, before, after, now=now, zone=zone),
            confirm=tr("Change it"),
            warning=tr(texts.NOT_AUDIENCE),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """Before and after are what was shown."""
        return shown.content == now.content

    def _time(self, content: Content, now: Millis, zone: ZoneInfo) -> Millis | None:
        if "before" in content:  # it was read for an earlier preview
            at: Millis | None = content["at"]
            if at is not None and not still_ahead(at, now):
                raise ProposalRefused(tr(texts.PASSED, nothing=tr(texts.NOTHING)))
            return at
        if not content.get("when"):
            return None
        try:
            at = read_time(content["when"], now, zone)
        except NotATime as wrong:
            raise ProposalRefused(f"{wrong} {tr(texts.NOTHING)}") from wrong
        if at is None:
            raise ProposalRefused(tr(texts.NOT_NOW, nothing=tr(texts.NOTHING)))
        return at


class CampaignChangeHandler(ProposalHandler):
    """One PATCH; in doubt Fanvue's list says how it is now."""

    def __init__(self, ground: ProposalContext, *, fanvue: FanvueCampaigns) -> None:
        super().__init__(ground)
        self._fanvue = fanvue

    def operation(self, content: Content) -> str | None:  # noqa: ARG002 - whatever is changed, it is one
        return "change_mass"

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """Look once more: somebody may have changed it on Fanvue, and theirs is not written over."""
        row = await self._fanvue.find(effect.creator, content["campaign"])
        self._must_still_be(row, content)
        change = to_send(content["before"], content)
        await self._fanvue.change(effect.creator, content["campaign"], change, voice=voice)
        return _carried(effect)

    async def candidates(
        self,
        effect: Effect,
        content: Content,
        seen: Content,  # noqa: ARG002 - its id tells it apart
        *,
        started: Millis,  # noqa: ARG002 - likewise
    ) -> Sequence[ProposalOutcome | UnreadableCandidate]:
        """That it is listed as it was to be says so."""
        try:
            row = await self._fanvue.find(effect.creator, content["campaign"])
        except CampaignUnreadable:
            return [UnreadableCandidate()]
        if row is not None and may_be_like(row, content):
            return [UnreadableCandidate()]
        return [_carried(effect)] if row is not None and is_like(row, content) else []

    def _must_still_be(self, row: MassMessageRow | None, content: Content) -> None:
        if row is None:
            raise DeliveryRefused(texts.NOT_LISTED)
        if standing(row) is not CampaignStatus.SCHEDULED:
            raise DeliveryRefused(texts.moved_on(row))
        if not is_like(row, content["before"]):
            raise DeliveryRefused(texts.OTHER_HANDS)
        if not still_ahead(content["at"], self._ground.ctx.clock.now()):
            raise DeliveryRefused(english(texts.PASSED, nothing=texts.NOTHING))


def _typed(content: Content) -> Content:
    """The typed content; of an earlier preview, all that it showed, also that it costs nothing."""
    return {**content, "price": content["price"] or FREE} if "before" in content else content


def _carried(effect: Effect) -> ProposalOutcome:
    return ProposalOutcome(f"change:{effect.id}", lambda: tr(texts.CHANGED))
