"""/fan items: items sent to a fan and bought, as far as is known."""

from collections.abc import Mapping, Sequence

from bot.features.inbox.purchases import texts
from bot.features.inbox.purchases.item_texts import FANS, ITEMS, ItemHolders, counts_of, had
from bot.features.inbox.purchases.memory import PurchaseMemory
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay import impostors
from bot.relay.context import Context
from bot.relay.replies import NOT_HERE
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.inbox import fans, threads
from storage.records import CreatorId, DiscordId, MediaId, Millis

_RECENT: Millis = 30 * 86_400_000  # which mass messages are shown as ones that they may have received


class PurchaseService:
    """Reads when asked. Who may was asked before."""

    def __init__(self, ctx: Context, *, recall: PurchaseMemory) -> None:
        self._ctx = ctx
        self._recall = recall

    async def of(self, channel: DiscordId, names: Mapping[str, str]) -> Post:
        """The items of this thread's fan. Raises ReplyRefused where it is nobody's.

        `names`: the items' names, by their ids, as far as they are known.
        """

        async def work(tx: Transaction) -> Post:
            thread = await threads.by_discord(tx, channel)
            fan = await fans.get(tx, thread.creator, thread.fan) if thread is not None else None
            if thread is None or fan is None:
                raise ReplyRefused(tr(NOT_HERE))
            known = await self._recall.of_fan(tx, thread.creator, thread.fan)
            masses = await self._recall.masses(tx, thread.creator, _RECENT)
            label = await impostors.label_of(tx, fan)
            return texts.shown(label, known, masses, names, now=self._ctx.clock.now())

        return await self._ctx.database.write(work)

    async def had(self, creator: CreatorId, media: Sequence[MediaId], names: Mapping[str, str]) -> Post:
        """The fans who had these items of a creator's vault; `names` as above."""

        async def work(tx: Transaction) -> Post:
            masses = await self._recall.masses(tx, creator)
            found = []
            for item in media[:ITEMS]:
                known = await self._recall.of_item(tx, creator, item)
                newest = sorted(known.items(), key=lambda one: (-one[1].at, one[0]))
                shown = [(await fans.get(tx, creator, fan), one) for fan, one in newest[:FANS]]
                known_fans = [
                    (await impostors.label_of(tx, fan), one) for fan, one in shown if fan is not None
                ]
                sent = [mass for mass in masses if item in mass.media]
                found.append(ItemHolders(item, counts_of(known), known_fans, len(newest) - len(shown), sent))
            return had(found, names, more=len(media) - len(found), now=self._ctx.clock.now())

        return await self._ctx.database.write(work)  # what mass messages had in them may be read only now
