"""What mass messages had in them, read from their effects once."""

from contextlib import suppress

from bot.relay.effects import Effects
from bot.relay.errors import Damaged, Erased
from bot.relay.reconcile import same_words
from storage import mass_offers, outbox
from storage.database import Transaction
from storage.mass_offers import MassOffer
from storage.records import CreatorId, EffectId, MediaId, Millis


class Masses:
    """Part of the caller's transaction, which writes: what was never looked into is looked into first."""

    def __init__(self, effects: Effects, kind: str) -> None:
        """`kind`: of the effects that are mass messages."""
        self._effects = effects
        self._kind = kind

    async def since(self, tx: Transaction, creator: CreatorId, since: Millis) -> list[MassOffer]:
        """Those with items that went out since then, may have, or are to, newest first."""
        for effect in await mass_offers.unread(tx, creator, self._kind):
            await self._read(tx, effect, creator)
        return await mass_offers.since(tx, creator, since)

    async def like(
        self, tx: Transaction, creator: CreatorId, text: str | None, *, since: Millis
    ) -> MassOffer | None:
        """The newest one since then with these words; without words nothing tells."""
        for mass in await self.since(tx, creator, since) if text else ():
            effect = await outbox.get(tx, mass.effect)
            with suppress(Damaged, Erased):
                if effect is not None and same_words(self._effects.body(effect)["content"]["text"], text):
                    return mass
        return None

    async def _read(self, tx: Transaction, which: EffectId, creator: CreatorId) -> None:
        effect = await outbox.get(tx, which)
        if effect is None:
            return
        try:
            content = self._effects.body(effect)["content"]
        except (Damaged, Erased):
            content = {}  # nobody knows any more
        media = tuple(MediaId(item) for item in content.get("media") or ())
        at = content.get("at") or effect.created_at
        await mass_offers.keep(tx, which, creator, media, content.get("price"), at=at)
