"""Erases sealed texts whose time is over: the rows and their keys stay."""

from functools import partial

from bot.engine.commands import body_place as command_place
from bot.engine.commands import token_place
from bot.engine.outbox import ERASED, body_place
from bot.features.publishing.proposals.records import body_place as proposal_place
from bot.relay.context import Context
from bot.relay.fact_bodies import body_place as fact_place
from storage.database import Transaction
from storage.people import text_erasure
from storage.records import CreatorId, Millis


class SealedTextEraser:
    """Works in batches, each a transaction of its own, so that nobody waits for it."""

    def __init__(self, ctx: Context, *, batch: int = 100) -> None:
        """`batch`: rows of each kind at once."""
        self._ctx = ctx
        self._batch = batch

    async def texts(self, creator: CreatorId, *, before: Millis) -> int:
        """Erase one batch of a creator's texts that came in before this time; how many there were."""
        return await self._ctx.database.write(partial(self._texts, creator=creator, before=before))

    async def _texts(self, tx: Transaction, creator: CreatorId, before: Millis) -> int:
        due = await text_erasure.due(tx, creator, before=before, limit=self._batch)
        await self.erase(tx, due, creator)
        return len(due)

    async def erase(self, tx: Transaction, due: text_erasure.ExpiredTexts, creator: CreatorId) -> None:
        """Put a sealed nothing in the place of each."""
        now, nothing = self._ctx.clock.now(), partial(self._nothing)
        for fact in due.facts:
            await text_erasure.fact(tx, fact, nothing(fact_place(fact, creator)), now=now)
        for effect in due.effects:
            await text_erasure.effect(tx, effect, nothing(body_place(effect, creator)), now=now)
        for command in due.commands:
            body, token = nothing(command_place(command)), nothing(token_place(command))
            await text_erasure.command(tx, command, body, token, now=now)
        for proposal in due.proposals:
            await text_erasure.proposal(tx, proposal, nothing(proposal_place(proposal)), now=now)

    def _nothing(self, place: str) -> bytes:
        return self._ctx.sealer.seal(place, ERASED)
