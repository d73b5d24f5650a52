"""A mass message cancelled before its time, or taken back after it."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from bot.fanvue.models import MassMessageRow
from bot.features.publishing.campaigns import early_end_texts, texts
from bot.features.publishing.campaigns.actors import OwnSend
from bot.features.publishing.campaigns.early_end import WITHDRAWN, EarlyEnds
from bot.features.publishing.campaigns.fanvue import CampaignUnreadable, FanvueCampaigns
from bot.features.publishing.campaigns.reader import CampaignReader
from bot.features.publishing.campaigns.status_rules import OUT, CampaignStatus, meant, standing, was_cancelled
from bot.features.publishing.proposals.effects import (
    ProposalContext,
    ProposalHandler,
    ProposalOutcome,
    UnreadableCandidate,
)
from bot.features.publishing.proposals.model import Content, ProposalPreview, ProposalRefused
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused, SealDamaged, TextErased
from bot.model.language import english, msgid, tr
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Effect, EffectState, Link, Millis

CANCEL, RECALL = "cancel", "recall"
# The message by its id on Fanvue, who in the team ended it (None: somebody on Fanvue itself), and when.
CampaignEnded = Callable[[Transaction, CreatorId, str, DiscordId | None, Millis], Awaitable[None]]
EITHER = ""  # whichever it takes now: a button was there before it went out


class CampaignEndProposal:
    """The feature `mass_end`; its content says which of the two."""

    name, noun, done = "mass_end", msgid("End of a mass message"), msgid("carried out")
    command, again = "/mass show", msgid("/mass show has the latest.")

    def __init__(self, reading: CampaignReader, fanvue: FanvueCampaigns) -> None:
        self._reading = reading
        self._fanvue = fanvue

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The message to cancel or to take away again; read again at the press."""
        self._reading.must_be_allowed(link)
        how = str(content["how"])
        if (send := await self._early(link, content)) is not None:
            return await self._early_preview(link, send)
        row = meant(await self._fanvue.listed(link.creator, patient=True), await self._named(link, content))
        if how == EITHER:
            how = CANCEL if standing(row) is CampaignStatus.SCHEDULED else RECALL
        await self._must_be_open(link, row, how)
        zone, now = await self._reading.zone(link.creator), self._reading.now()
        return ProposalPreview(
            content={"campaign": row.uuid, "how": how},
            title=texts.end_title(how, link.handle),
            body=texts.end_body(row, how, now=now, zone=zone),
            confirm=tr(texts.END_BUTTONS[how]),
            seen={"standing": standing(row).value},
            warning=tr(texts.END_WARNINGS[how]),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """Whether the shown one can still be ended in this way: its counters may have grown."""
        return shown.content == now.content

    async def _early(self, link: Link, content: Content) -> OwnSend | None:
        """The send that Fanvue has not named yet; None: the message has a name. Raises ProposalRefused."""
        send = await self._reading.send(link.creator, str(content.get("of") or content["campaign"]))
        if send is None or (not content.get("of") and send.effect.external_id is not None):
            return None
        if send.effect.state in (EffectState.REJECTED, EffectState.CANCELLED):
            raise ProposalRefused(tr(early_end_texts.NEVER_OUT))
        return send

    async def _named(self, link: Link, content: Content) -> str:
        send = await self._reading.send(link.creator, str(content["campaign"]))
        return str(content["campaign"] if send is None else send.effect.external_id)

    async def _early_preview(self, link: Link, send: OwnSend) -> ProposalPreview:
        before = await self._reading.latest(link.creator, self.name, send.effect.id)
        if before is not None:
            raise ProposalRefused(early_end_texts.end_under_way(before))
        how = RECALL if send.content["at"] is None else CANCEL
        return ProposalPreview(
            content={"campaign": "", "of": send.effect.id, "how": EITHER},
            title=texts.end_title(how, link.handle),
            body=send.shown.body,
            confirm=tr(texts.END_BUTTONS[how]),
            warning=f"{tr(texts.END_WARNINGS[how])} {tr(early_end_texts.NOT_NAMED)}",
        )

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

    def __init__(self, ground: ProposalContext, *, fanvue: FanvueCampaigns, ended: CampaignEnded) -> None:
        """`ended`: told of each one that ended."""
        super().__init__(ground)
        self._fanvue = fanvue
        self._ended = ended
        self._early = EarlyEnds(ground)

    def operation(self, content: Content) -> str | None:  # noqa: ARG002 - both are one operation
        return "delete_mass"

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Once Fanvue has named the message; one that never got a name is not waited for."""
        if effect.state is EffectState.PENDING:
            with suppress(SealDamaged, TextErased):  # the attempt will say so
                if not await self._early.is_ready(tx, effect, self._ground.ctx.effects.body(effect)):
                    return False
        return await super().ready(tx, effect)

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Show its confirmer, and tell whoever knows who had it."""
        await super().settled(tx, effect, state)
        if state is EffectState.DONE:
            body, now = self._ground.ctx.effects.body(effect), self._ground.ctx.clock.now()
            if message := body["content"]["campaign"]:
                await self._ended(tx, effect.creator, message, DiscordId(body["actor"]), now)

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """Look once more, so that what went out meanwhile is not taken away under another name."""
        if because := content.get("because"):
            if because == WITHDRAWN:
                return ProposalOutcome(f"end:{effect.id}", lambda: tr(early_end_texts.WITHDRAWN_TOLD))
            raise DeliveryRefused(english(early_end_texts.NO_END[because]))
        row = await self._fanvue.find(effect.creator, content["campaign"])
        if row is None:
            raise DeliveryRefused(texts.NOT_LISTED)
        state = standing(row)
        if state is CampaignStatus.UNSENT:
            raise DeliveryRefused(texts.ENDED_MEANWHILE)
        how = content["how"] or (CANCEL if state is CampaignStatus.SCHEDULED else RECALL)
        if (how == CANCEL) != (state is CampaignStatus.SCHEDULED) or (how == RECALL and state not in OUT):
            raise DeliveryRefused(texts.moved_on(row))
        await self._fanvue.end(effect.creator, row.uuid, voice=voice)
        return _carried(effect, how)

    async def candidates(
        self,
        effect: Effect,
        content: Content,
        seen: Content,  # noqa: ARG002 - its id tells it apart
        *,
        started: Millis,  # noqa: ARG002 - likewise
    ) -> Sequence[ProposalOutcome | UnreadableCandidate]:
        """That it is listed as taken back says so."""
        if content.get("because") == WITHDRAWN:
            return [ProposalOutcome(f"end:{effect.id}", lambda: tr(early_end_texts.WITHDRAWN_TOLD))]
        try:
            row = await self._fanvue.find(effect.creator, content["campaign"])
        except CampaignUnreadable:
            return [UnreadableCandidate()]
        if row is not None and not row.tells("status"):
            return [UnreadableCandidate()]
        if row is None or standing(row) is not CampaignStatus.UNSENT:
            return []
        return [_carried(effect, content["how"] or (CANCEL if was_cancelled(row) else RECALL))]


def _carried(effect: Effect, how: str) -> ProposalOutcome:
    return ProposalOutcome(f"end:{effect.id}", lambda: tr(texts.END_TOLD[how]))
