"""Promises to fans, as members read them: lists, one promise, lines of a card."""

from collections.abc import Sequence

from bot.features.inbox.promises import texts
from bot.features.inbox.promises.content import opened
from bot.features.inbox.promises.texts import PromiseLine
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.impostors import label_by_id
from storage.database import Transaction
from storage.inbox import promises, threads
from storage.inbox.promises import Promise
from storage.people import creators, privacy_modes
from storage.records import CreatorId, DiscordId, FanId, FanThread

PAGE = 8  # lines
_SETTLED = 16  # of a fan, the newest
_MOST = 2_000  # of one creator


class PromiseListService:
    """Reads when asked. Whose may be looked through was asked before."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def page(self, channel: DiscordId, mine: Sequence[CreatorId], number: int = 0) -> Post:
        """In a thread of one of these creators' what its fan is and was owed; elsewhere what all are."""

        async def work(tx: Transaction) -> Post:
            thread = await threads.by_discord(tx, channel)
            if thread is not None and thread.creator in mine:
                lines = await self._of_fan(tx, thread)
                return texts.page(lines, number, PAGE, of_fan=True)
            return texts.page(await self._of_all(tx, mine, number), number, PAGE, of_fan=False)

        return await self._ctx.database.read(work)

    async def owed(self, tx: Transaction, creator: CreatorId) -> list[Promise]:
        """A creator's open promises, due first."""
        return await promises.open_of_creator(tx, creator, limit=_MOST)

    async def show(self, ref: str) -> Post | str:
        """One promise whole, for a private answer."""

        async def work(tx: Transaction) -> Post | str:
            promise = await promises.get(tx, ref)
            if promise is None:
                return tr(texts.NO_SUCH)
            return texts.shown(await self._named(tx, promise, handle=None))

        return await self._ctx.database.read(work)

    async def on_card(self, tx: Transaction, creator: CreatorId, fan: FanId) -> Sequence[str]:
        """A fan's card lines; words show as openly as lines of that time do."""
        owed = [
            (
                promise,
                opened(self._ctx.sealer, promise),
                await privacy_modes.strictest(tx, creator, since=promise.made),
            )
            for promise in await promises.open_of_fan(tx, creator, fan)
        ]
        return texts.card_lines(owed)

    async def _of_fan(self, tx: Transaction, thread: FanThread) -> list[PromiseLine]:
        whose = thread.creator, thread.fan
        found = await promises.open_of_fan(tx, *whose)
        found += await promises.settled_of_fan(tx, *whose, limit=_SETTLED)
        return [
            PromiseLine(promise, opened(self._ctx.sealer, promise), way=_marked(promise, thread))
            for promise in found
        ]

    async def _of_all(self, tx: Transaction, mine: Sequence[CreatorId], number: int) -> list[PromiseLine]:
        """All of them, due first; only what is on the page is looked up whole."""
        found: list[Promise] = []
        handles: dict[CreatorId, str] = {}
        for creator in mine:
            found += await self.owed(tx, creator)
            known = await creators.get(tx, creator) if len(mine) > 1 else None
            if known is not None:
                handles[creator] = known.handle
        found.sort(key=lambda promise: (promise.due, promise.id))
        first = min(number, max(len(found) - 1, 0) // PAGE) * PAGE
        return [
            await self._named(tx, promise, handle=handles.get(promise.creator))
            if first <= place < first + PAGE
            else PromiseLine(promise, opened(self._ctx.sealer, promise))
            for place, promise in enumerate(found)
        ]

    async def _named(self, tx: Transaction, promise: Promise, *, handle: str | None) -> PromiseLine:
        thread = await threads.current(tx, promise.creator, promise.fan)
        way = None
        if thread is not None and thread.state == "open" and thread.thread is not None:
            way = _marked(promise, thread) or f"https://discord.com/channels/{thread.guild}/{thread.thread}"
        label = await label_by_id(tx, promise.creator, promise.fan)
        return PromiseLine(promise, opened(self._ctx.sealer, promise), label, handle, way)


def _marked(promise: Promise, thread: FanThread) -> str | None:
    """The link to the marked message, unless its thread is another one by now."""
    if promise.message is None or promise.channel != thread.thread:
        return None
    return f"https://discord.com/channels/{thread.guild}/{thread.thread}/{promise.message}"
