"""What a fan had of a vault, as a picker says it."""

from collections.abc import Mapping

from bot.features.inbox.purchases.memory import PurchaseMemory
from bot.features.inbox.purchases.texts import said
from storage.database import Database, Transaction
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
