"""Handler of a look: how a mass message stands is read, and told at once."""

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.outbox import wanted_alert
from bot.fanvue.models import MassMessageRow
from bot.features.publishing.campaigns import texts
from bot.features.publishing.campaigns.end_proposal import CampaignEnded
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.campaigns.follow_up_rules import FollowUpStep, after, unlocks
from bot.features.publishing.campaigns.status_rules import CampaignStatus, standing
from bot.model.errors import DeliveryRefused
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.money import digests
from storage.publishing import campaigns
from storage.publishing.campaigns import Campaign
from storage.records import Effect

BOARD = "campaigns.board"  # the button under what is told


class CampaignFollowUpHandler(EffectHandler):
    """A read, so it may be repeated; its result counts once."""

    settling = SettlingMethod.REPEAT
    on_server = False  # it only reads; what is told waits by itself

    def __init__(self, ctx: Context, *, fanvue: FanvueCampaigns, ended: CampaignEnded) -> None:
        """`ended`: told of one that Fanvue lists as taken back; who did that, Fanvue does not say."""
        self._ctx = ctx
        self._ended = ended
        self._fanvue = fanvue

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Read it, and say what there is to say. Where Fanvue refuses, nobody can do anything about it."""
        try:
            row = await self._fanvue.find(effect.creator, body["message"])
        except DeliveryRefused as refused:
            return Moot(refused.reason)

        async def then(tx: Transaction) -> None:
            known = await campaigns.get(tx, effect.creator, body["message"])
            if known is not None and known.due == body["due"]:
                await self._go_on(tx, known, row)

        return Done(then=then)

    async def _go_on(self, tx: Transaction, known: Campaign, row: MassMessageRow | None) -> None:
        assert known.due is not None, "it was checked because it was due"
        if row is not None:
            reached, bought = unlocks(row)
            await campaigns.count(tx, known.creator, known.message, reached=reached, bought=bought)
            if standing(row) is CampaignStatus.UNSENT:
                await self._ended(tx, known.creator, known.message, None, self._ctx.clock.now())
        step = after(row, known.told, launched=known.launched, now=self._ctx.clock.now())
        went_on = await campaigns.go_on(
            tx, known.creator, known.message, was=known.due, told=step.told, due=step.due
        )
        if went_on and step.say is not None:
            await self._tell(tx, known, row, step)

    async def _tell(
        self, tx: Transaction, known: Campaign, row: MassMessageRow | None, step: FollowUpStep
    ) -> None:
        # Figures stand in a channel only where the creator's owner has them there anyway (decision 52).
        figures = await digests.shows_exactly(tx, known.creator)
        cause, part = f"campaign:{known.message}", f"told:{step.told}"
        button = Button(BOARD, self._ctx.effects.ids.effect(cause, part), tr("All mass messages"))
        body = texts.told(known, row, str(step.say), figures=figures)
        post = Post(body=(body,), buttons=(button,))
        await self._ctx.effects.add(
            tx, wanted_alert(known.creator, cause=cause, part=part, post=post, since=known.due)
        )
