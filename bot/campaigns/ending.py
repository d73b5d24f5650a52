"""A mass message cancelled before its time, or taken back after it."""

from collections.abc import Sequence

from bot.campaigns import wording
from bot.campaigns.reading import Reading
from bot.campaigns.standing import OUT, Standing, meant, standing
from bot.campaigns.there import CampaignsOnFanvue, Unreadable
from bot.fanvue.models import MassMessageRow
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from bot.proposals.carrying import Carried, Carry, Ground, Hidden
from bot.proposals.features import Content, Preview, ProposalRefused
from storage.records import Effect, Link, Millis

CANCEL, RECALL = "cancel", "recall"
EITHER = ""  # whichever it takes now: a button was there before it went out


class EndMass:
    """The feature `mass_end`; its content says which of the two."""

    name, noun, done = "mass_end", "End of a mass message", "carried out"
    command, again = "/campaigns cancel or recall", "/campaigns show has how it is now."

    def __init__(self, reading: Reading, fanvue: CampaignsOnFanvue) -> None:
        self._reading = reading
        self._fanvue = fanvue

    async def preview(self, link: Link, content: Content) -> Preview:
        """What would not be sent, or be taken away again; read anew at the press."""
        self._reading.must_be_allowed(link)
        how = str(content["how"])
        row = meant(await self._fanvue.listed(link.creator, patient=True), str(content["campaign"]))
        if how == EITHER:
            how = CANCEL if standing(row) is Standing.SCHEDULED else RECALL
        await self._must_be_open(link, row, how)
        zone, now = await self._reading.zone(link.creator), self._reading.now()
        return Preview(
            content={"campaign": row.uuid, "how": how},
            title=wording.end_title(how, link.handle),
            body=wording.end_body(row, how, now=now, zone=zone),
            confirm=wording.END_BUTTONS[how],
            seen={"standing": standing(row).value},
            warning=wording.END_WARNINGS[how],
        )

    def holds(self, shown: Preview, now: Preview) -> bool:
        """Whatever still can be ended in this way is what was shown: its counters may have grown."""
        return shown.content == now.content

    async def _must_be_open(self, link: Link, row: MassMessageRow, how: str) -> None:
        ended = await self._reading.latest(link.creator, self.name, row.uuid)
        state = standing(row)
        if state is Standing.UNSENT or ended is not None:
            raise ProposalRefused(wording.ended_already(row, ended))
        if how == CANCEL and state is not Standing.SCHEDULED:
            raise ProposalRefused(wording.not_to_cancel(row))
        if how == RECALL and state not in OUT:
            raise ProposalRefused(wording.not_to_recall(row))


class CarryEnd(Carry):
    """One DELETE; in doubt Fanvue's list says whether it is gone."""

    def __init__(self, ground: Ground, *, fanvue: CampaignsOnFanvue) -> None:
        super().__init__(ground)
        self._fanvue = fanvue

    def operation(self, content: Content) -> str | None:  # noqa: ARG002 - both are one operation
        """Managers may, too."""
        return "delete_mass"

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> Carried:
        """Look once more, so that what went out meanwhile is not taken away under another name."""
        row = await self._fanvue.find(effect.creator, content["campaign"])
        if row is None:
            raise DeliveryRefused(wording.NOT_LISTED)
        state = standing(row)
        if state is Standing.UNSENT:
            raise DeliveryRefused(wording.ENDED_MEANWHILE)
        if (content["how"] == CANCEL) != (state is Standing.SCHEDULED):
            raise DeliveryRefused(wording.moved_on(row))
        await self._fanvue.end(effect.creator, row.uuid, voice=voice)
        return _carried(effect, content)

    async def candidates(
        self,
        effect: Effect,
        content: Content,
        seen: Content,  # noqa: ARG002 - its id tells it apart
        *,
        started: Millis,  # noqa: ARG002 - likewise
    ) -> Sequence[Carried | Hidden]:
        """That it is listed as taken back says so."""
        try:
            row = await self._fanvue.find(effect.creator, content["campaign"])
        except Unreadable:
            return [Hidden()]
        if row is not None and not row.tells("status"):
            return [Hidden()]
        gone = row is not None and standing(row) is Standing.UNSENT
        return [_carried(effect, content)] if gone else []


def _carried(effect: Effect, content: Content) -> Carried:
    return Carried(f"end:{effect.id}", wording.END_TOLD[content["how"]])
