"""A planned mass message changed: before and after shown, then one PATCH."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.campaigns import wording
from bot.campaigns.reading import Reading
from bot.campaigns.shape import is_like, may_be_like, shape_of, to_send, wanted
from bot.campaigns.standing import Standing, meant, standing
from bot.campaigns.there import CampaignsOnFanvue, Unreadable
from bot.fanvue.lists_api import FREE
from bot.fanvue.models import MassMessageRow
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from bot.proposals.carrying import Carried, Carry, Ground, Hidden
from bot.proposals.features import Content, Preview, ProposalRefused
from bot.text.typed_times import NotATime, read_time, still_ahead
from storage.records import Effect, Link, Millis


class ChangeMass:
    """The feature `mass_change`."""

    name, noun, done = "mass_change", "Change of a mass message", "carried out"
    command, again = "/campaigns change", "/campaigns change shows how it is now."

    def __init__(self, reading: Reading, fanvue: CampaignsOnFanvue) -> None:
        self._reading = reading
        self._fanvue = fanvue

    async def preview(self, link: Link, content: Content) -> Preview:
        """Before and after; at the press it is read anew, and must still be as it was shown."""
        self._reading.must_be_allowed(link)
        row = meant(await self._fanvue.listed(link.creator, patient=True), str(content["campaign"]))
        if standing(row) is not Standing.SCHEDULED:
            ended = await self._reading.latest(link.creator, "mass_end", row.uuid)
            raise ProposalRefused(wording.not_to_change(row, ended))
        under_way = await self._reading.latest(link.creator, self.name, row.uuid)
        if under_way is not None and not under_way.done:
            raise ProposalRefused(wording.change_under_way(under_way))
        zone, now = await self._reading.zone(link.creator), self._reading.now()
        before = shape_of(row)
        after = wanted(before, _typed(content), self._time(content, now, zone))
        return Preview(
            content={**after, "campaign": row.uuid, "before": before},
            title=wording.change_title(link.handle),
            body=wording.change_body(row, before, after, now=now, zone=zone),
            confirm="Change it",
            warning=wording.NOT_AUDIENCE,
        )

    def holds(self, shown: Preview, now: Preview) -> bool:
        """Before and after are what was shown."""
        return shown.content == now.content

    def _time(self, content: Content, now: Millis, zone: ZoneInfo) -> Millis | None:
        if "before" in content:  # it was read for an earlier preview
            at: Millis | None = content["at"]
            if at is not None and not still_ahead(at, now):
                raise ProposalRefused(wording.PASSED)
            return at
        if not content.get("when"):
            return None
        try:
            at = read_time(content["when"], now, zone)
        except NotATime as wrong:
            raise ProposalRefused(f"{wrong} {wording.NOTHING}") from wrong
        if at is None:
            raise ProposalRefused(wording.NOT_NOW)
        return at


class CarryChange(Carry):
    """One PATCH; in doubt Fanvue's list says how it is now."""

    def __init__(self, ground: Ground, *, fanvue: CampaignsOnFanvue) -> None:
        super().__init__(ground)
        self._fanvue = fanvue

    def operation(self, content: Content) -> str | None:  # noqa: ARG002 - whatever is changed, it is one
        """Managers may, too."""
        return "change_mass"

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> Carried:
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
    ) -> Sequence[Carried | Hidden]:
        """That it is listed as it was to be says so."""
        try:
            row = await self._fanvue.find(effect.creator, content["campaign"])
        except Unreadable:
            return [Hidden()]
        if row is not None and may_be_like(row, content):
            return [Hidden()]
        return [_carried(effect)] if row is not None and is_like(row, content) else []

    def _must_still_be(self, row: MassMessageRow | None, content: Content) -> None:
        if row is None:
            raise DeliveryRefused(wording.NOT_LISTED)
        if standing(row) is not Standing.SCHEDULED:
            raise DeliveryRefused(wording.moved_on(row))
        if not is_like(row, content["before"]):
            raise DeliveryRefused(wording.OTHER_HANDS)
        if not still_ahead(content["at"], self._ground.clock.now()):
            raise DeliveryRefused(wording.PASSED)


def _typed(content: Content) -> Content:
    """What was typed; of an earlier preview, everything that it showed, also that it costs nothing."""
    return {**content, "price": content["price"] or FREE} if "before" in content else content


def _carried(effect: Effect) -> Carried:
    return Carried(f"change:{effect.id}", wording.CHANGED)
