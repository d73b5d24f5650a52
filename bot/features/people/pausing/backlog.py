"""The effects that a pause holds, and the line that it leaves."""

from collections.abc import Sequence

from bot.features.people.pausing.scheduled_rules import CompletedCreatorAction, still_ahead
from bot.features.publishing.proposals.model import is_proposed
from bot.features.publishing.proposals.pending_service import PendingProposalService
from bot.model.errors import DeliveryRefused
from bot.model.language import msgid
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.people import outgoing_messages
from storage.people.pauses import Pause
from storage.records import CreatorId, DiscordId, Effect, EffectId, Millis

GIVEN_UP = msgid("A pause held it.")
_LOOK_BACK: Millis = 90 * 86_400_000  # nobody schedules on Fanvue for longer than that


class PauseBacklog:
    """Every method is part of the caller's transaction."""

    def __init__(self, ctx: Context, *, waiting: PendingProposalService) -> None:
        self.waiting = waiting
        self._ctx = ctx

    async def too_old(self, tx: Transaction, refs: Sequence[EffectId]) -> int:
        """The number of these confirmed too long ago to be carried out."""
        found = [await outbox.get(tx, ref) for ref in refs]
        oldest = self._ctx.clock.now() - self._ctx.waits.stale
        return sum(
            1 for one in found if one is not None and is_proposed(one.kind) and one.created_at < oldest
        )

    async def scheduled(self, tx: Transaction, about: Sequence[CreatorId]) -> list[Millis]:
        """The times of content that Fanvue itself will still publish, soonest first."""
        now = self._ctx.clock.now()
        deeds: list[CompletedCreatorAction] = []
        for creator in about:
            for ref in await outgoing_messages.carried_out(tx, creator, now - _LOOK_BACK):
                effect = await outbox.get(tx, ref)
                deeds += [self._deed(effect)] if effect is not None else []
        return still_ahead(deeds, now)

    def _deed(self, effect: Effect) -> CompletedCreatorAction:
        try:
            content = self._ctx.effects.body(effect).get("content", {})
        except DeliveryRefused:  # its text was erased, so it is long over
            return CompletedCreatorAction("", effect.id, {})
        return CompletedCreatorAction(effect.kind, effect.external_id or effect.id, content)

    async def note(
        self,
        tx: Transaction,
        pause: Pause,
        about: Sequence[CreatorId],
        action: str,
        outcome: str,
        by: DiscordId | None = None,
    ) -> None:
        """Write it down, once for each creator."""
        for creator in about:
            await self._ctx.effects.trail.write(
                tx,
                action,
                outcome,
                target=str(pause.subject) if pause.subject is not None else pause.kind,
                actor=by or pause.by,
                creator=creator,
                cause=pause.id,
            )
