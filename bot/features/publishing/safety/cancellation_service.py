"""Cancel: anyone who may send mass messages takes back one that waits."""

from contextlib import suppress

from bot.engine.dispatch import Dispatch
from bot.engine.outbox import Effects
from bot.engine.settlements import settled_by
from bot.features.publishing.proposals import waiting_lines
from bot.features.publishing.proposals.model import kind_of
from bot.features.publishing.proposals.notices import ProposalNotices
from bot.features.publishing.proposals.texts import state
from bot.features.publishing.safety import limit_texts
from bot.model.errors import SealDamaged, TextErased
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.records import DiscordId, Effect, EffectId, EffectState

_KIND = kind_of("mass")


class MassMessageCancellationService:
    """Cancel and sending are two steps from the same state: exactly one of them is taken."""

    def __init__(
        self,
        *,
        database: Database,
        effects: Effects,
        telling: ProposalNotices,
        dispatch: Dispatch,
        clock: Clock,
    ) -> None:
        self._database = database
        self._effects = effects
        self._telling = telling
        self._dispatch = dispatch
        self._clock = clock

    async def stop(self, actor: DiscordId, ref: EffectId) -> str:
        """Take it back, or say why that is too late. Who may was asked at the door."""

        async def work(tx: Transaction) -> str:
            send = await outbox.get(tx, ref)
            if send is None or send.kind != _KIND:
                return limit_texts.NOT_HERE
            if not await outbox.withdraw(tx, ref, now=self._clock.now()):
                return limit_texts.too_late(await settled_by(tx, await outbox.get(tx, ref)))
            await self._stopped(tx, send, actor)
            return limit_texts.CANCELLED

        return await self._database.write(work)

    async def _stopped(self, tx: Transaction, send: Effect, actor: DiscordId) -> None:
        trail, cancelled = self._effects.trail, EffectState.CANCELLED
        await trail.became(tx, send, cancelled)
        await trail.write(
            tx, "mass.stop", "done", target=send.kind, actor=actor, creator=send.creator, cause=send.id
        )
        self._dispatch.wake(tx, send.stream)  # whatever waits behind it
        with suppress(SealDamaged, TextErased):  # what does not open can be cancelled all the same
            body = self._effects.body(send)
            title, small = state(cancelled, f"<@{actor}> cancelled it.", body)
            await self._telling.private(tx, send, body, title, small, cancelled)
        over = limit_texts.cancelled_by("Mass message", actor)
        await waiting_lines.ends(tx, self._effects, send, over, cancelled.value)
