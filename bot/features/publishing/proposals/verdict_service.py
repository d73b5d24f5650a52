"""A person's word on what could not be found: it took place, or it did not."""

from bot.engine.settlements import settled_by
from bot.features.publishing.proposals import texts
from bot.features.publishing.proposals.model import is_proposed
from bot.features.publishing.proposals.notices import ProposalNotices
from bot.model.language import msgid, tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.operations import attention
from storage.records import DiscordId, Effect, EffectId, EffectState


class ProposalVerdictService:
    """Takes the word, once. Who may give it is the caller's to check."""

    def __init__(self, ctx: Context, *, telling: ProposalNotices) -> None:
        self._ctx = ctx
        self._telling = telling

    async def was(self, ref: EffectId, actor: DiscordId) -> str:
        """It took place; the answer says what is noted, or who was faster and when."""
        return await self._ctx.database.write(lambda tx: self._settle(tx, ref, actor, took_place=True))

    async def was_not(self, ref: EffectId, actor: DiscordId) -> str:
        return await self._ctx.database.write(lambda tx: self._settle(tx, ref, actor, took_place=False))

    async def _settle(self, tx: Transaction, ref: EffectId, actor: DiscordId, *, took_place: bool) -> str:
        effect = await outbox.get(tx, ref)
        if effect is None or not is_proposed(effect.kind):
            return tr("This item is already settled.")
        state = EffectState.DONE if took_place else EffectState.CANCELLED
        if not await self._counts(tx, effect, state):
            return await settled_by(tx, effect)
        await self._ctx.effects.trail.became(tx, effect, state)
        await self._note(tx, actor, effect, "was" if took_place else "was_not")
        body = self._ctx.effects.body(effect)
        noun, done = tr(body["noun"]), tr(body["done"])
        found = (
            msgid("{noun}: it was {done}, as <@{actor}> found out on Fanvue.")
            if took_place
            else msgid("{noun}: it was not {done}, as <@{actor}> found out on Fanvue.")
        )
        sentence = tr(found, noun=noun, done=done, actor=actor)
        await self._telling.for_good(tx, effect, sentence, "was" if took_place else "was_not")
        return (
            tr("Noted: it was {done}.", done=done)
            if took_place
            else tr("Noted: it was not {done}. {again}", done=done, again=texts.again(body))
        )

    async def _counts(self, tx: Transaction, effect: Effect, state: EffectState) -> bool:
        """Whether this word settles it: it was looked for in vain, or it still is, and a person is asked."""
        now = self._ctx.clock.now()
        if (await attention.why(tx, effect.id) or "").endswith(texts.MAY_SAY):
            self._ctx.effects.wake(tx, effect.stream)  # whatever waits behind it goes on
            return await attention.said(tx, effect.id, state, now=now)
        if state is EffectState.DONE:
            return await attention.found(tx, effect.id, now=now, external_id=None)
        return await attention.give_up(tx, effect.id, now=now)

    async def _note(self, tx: Transaction, actor: DiscordId, effect: Effect, how: str) -> None:
        await self._ctx.effects.trail.write(
            tx,
            f"proposed.{how}",
            "done",
            target=effect.kind,
            actor=actor,
            creator=effect.creator,
            cause=effect.id,
        )
