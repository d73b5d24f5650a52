"""What a fan had of a vault, as a picker says it."""

from collections.abc import Mapping, Sequence

from bot.access.roles import MoneyView
from bot.features.inbox.purchases.memory import PurchaseMemory
from bot.features.inbox.purchases.texts import said
from bot.features.inbox.purchases.total_texts import over_all
from storage.database import Database, Transaction
from storage.inbox import received
from storage.inbox.received import OfferTotals
from storage.records import CreatorId, FanId, MediaId


class PurchasedItems:
    """Out of what the bridge sent, and saw on Fanvue."""

    def __init__(self, database: Database, memory: PurchaseMemory) -> None:
        self._database = database
        self._memory = memory

    async def known(self, creator: CreatorId, fan: FanId) -> Mapping[MediaId, str]:
        """In a few words each: “sent 12 Oct, not bought”."""

        async def work(tx: Transaction) -> Mapping[MediaId, str]:
            known = await self._memory.of_fan(tx, creator, fan)
            return {item: said(one) for item, one in known.items()}

        return await self._database.write(work)  # what mass messages had in them may be read only now

    async def over_all(
        self, creator: CreatorId, media: Sequence[MediaId], level: MoneyView
    ) -> Mapping[MediaId, str]:
        """The same over all fans: “sent to 5 fans, 2 bought”."""
        found = await self._database.read(lambda tx: received.totals(tx, creator, media))  # it may be much
        chats = {item: found.get(item, OfferTotals()) for item in media}
        known = await self._database.write(lambda tx: self._memory.with_masses(tx, creator, chats))
        return {item: over_all(one, level) for item, one in known.items()}
