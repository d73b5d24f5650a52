"""The facts known now about the items that went to one fan, or to many."""

from collections.abc import Mapping

from bot.features.inbox.purchases.mass_contents import MassMessageContents
from bot.features.inbox.purchases.rules import ItemTotals, KnownItem, remembered, totalled
from bot.model.ports import Clock
from storage.database import Transaction
from storage.inbox import received
from storage.inbox.mass_offers import MassOffer
from storage.inbox.received import OfferTotals
from storage.records import CreatorId, EffectId, FanId, MediaId, Millis

_MASSES: Millis = 400 * 86_400_000  # as far back as mass messages are remembered


class PurchaseMemory:
    """Part of the caller's transaction, which writes."""

    def __init__(self, masses: MassMessageContents, clock: Clock) -> None:
        self._masses = masses
        self._clock = clock

    async def of_fan(
        self, tx: Transaction, creator: CreatorId, fan: FanId, *, but: EffectId | None = None
    ) -> Mapping[MediaId, KnownItem]:
        """Every item that went to them or may have. `but`: without this send's."""
        sent = await received.items(tx, creator, fan, but=but)
        return remembered(sent, await self.masses(tx, creator), now=self._clock.now())

    async def of_item(self, tx: Transaction, creator: CreatorId, media: MediaId) -> Mapping[FanId, KnownItem]:
        """One item's state with each fan to whom it went by itself, or may have."""
        sent = await received.fans_with(tx, creator, media)
        now = self._clock.now()
        return {fan: remembered(those, (), now=now)[media] for fan, those in sent.items()}

    async def with_masses(
        self, tx: Transaction, creator: CreatorId, chats: Mapping[MediaId, OfferTotals]
    ) -> Mapping[MediaId, ItemTotals]:
        """What is known of each of these items over all fans; `chats`: of messages to one fan each."""
        masses = await self.masses(tx, creator)
        return {item: totalled(one, item, masses, now=self._clock.now()) for item, one in chats.items()}

    async def of_all(self, tx: Transaction, creator: CreatorId) -> Mapping[MediaId, KnownItem]:
        """Every item that was in a mass message or is to be."""
        return remembered((), await self.masses(tx, creator), now=self._clock.now())

    async def masses(self, tx: Transaction, creator: CreatorId, back: Millis = _MASSES) -> list[MassOffer]:
        """Mass messages with items, newest first."""
        return await self._masses.since(tx, creator, self._clock.now() - back)
