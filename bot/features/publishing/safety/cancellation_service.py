"""Cancel: anyone who may send mass messages takes back one that waits."""

from bot.engine.settlements import settled_by
from bot.features.publishing.proposals.model import kind_of
from bot.features.publishing.proposals.notices import ProposalNotices
from bot.features.publishing.proposals.withdrawal import withdraw
from bot.features.publishing.safety import limit_texts
from bot.model.language import tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.records import DiscordId, EffectId

_KIND = kind_of("mass")


class MassMessageCancellationService:
    """Cancel and sending are two steps from the same state: exactly one of them is taken."""

    def __init__(self, ctx: Context, *, telling: ProposalNotices) -> None:
        self._ctx = ctx
        self._telling = telling

    async def stop(self, actor: DiscordId, ref: EffectId) -> str:
        """Take it back, or say why that is too late. Who may was asked at the door."""

        async def work(tx: Transaction) -> str:
            send = await outbox.get(tx, ref)
            if send is None or send.kind != _KIND:
                return tr(limit_texts.NOT_HERE)
            now = self._ctx.clock.now()
            if not await withdraw(tx, self._ctx.effects, self._telling, send, by=actor, now=now):
                return limit_texts.too_late(await settled_by(tx, await outbox.get(tx, ref)))
            return tr(limit_texts.CANCELLED)

        return await self._ctx.database.write(work)
