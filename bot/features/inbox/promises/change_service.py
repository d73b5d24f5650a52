"""Changes a promise: those that show it are told, its reminder is taken away."""

from dataclasses import replace

from bot.features.inbox.notes.thread_work import Listener
from bot.features.inbox.promises.content import PromiseContent, opened, sealed
from bot.relay.context import Context
from bot.relay.pings import taken_away
from storage.database import Transaction
from storage.inbox import promises
from storage.inbox.promises import Promise
from storage.records import DiscordId, Millis


class PromiseChangeService:
    """Each method is part of the transaction that read the promise. Who may was asked before."""

    def __init__(self, ctx: Context, *, shown: Listener) -> None:
        """`shown`: shows what a fan was promised."""
        self._ctx = ctx
        self._shown = shown

    async def made(self, tx: Transaction, promise: Promise, by: DiscordId) -> None:
        await promises.add(tx, promise)
        await self._told(tx, promise, "promise.add", by)

    async def settled(
        self, tx: Transaction, promise: Promise, by: DiscordId, state: str, reason: str | None = None
    ) -> None:
        """Kept, or dropped for a reason: nobody owes it any more."""
        texts = replace(opened(self._ctx.sealer, promise), reason=reason)
        after = replace(promise, state=state, settled_by=by, settled=self._ctx.clock.now())
        await self._change(tx, promise, after if reason is None else self._with(after, texts))
        await self._told(tx, promise, "promise.keep" if state == promises.KEPT else "promise.drop", by)

    async def changed(
        self, tx: Transaction, promise: Promise, by: DiscordId, *, due: Millis | None, what: str | None
    ) -> Promise:
        """Change the date, the words, or both; return the result. Another date is reminded of again."""
        after = promise if what is None else self._with(promise, PromiseContent(what))
        if due is None:
            await promises.change(tx, replace(after, version=promise.version + 1))
        else:
            await self._change(tx, promise, replace(after, due=due))
        await self._told(tx, promise, "promise.change", by)
        return after if due is None else replace(after, due=due)

    async def left(self, tx: Transaction, promise: Promise) -> None:
        """Hand a promise to the team, and remind the team: its member has left."""
        await self._change(tx, promise, replace(promise, owed_by=None))
        await self._shown(tx, promise.creator, promise.fan)

    def _with(self, promise: Promise, texts: PromiseContent) -> Promise:
        return replace(promise, body=sealed(self._ctx.sealer, promise.id, promise.creator, texts))

    async def _change(self, tx: Transaction, before: Promise, after: Promise) -> None:
        """Take its reminder away; while it is open and due, it is reminded of again."""
        await promises.change(tx, replace(after, version=before.version + 1, reminder=None))
        if before.reminder is not None:
            await self._ctx.effects.add(tx, taken_away(before.creator, before.fan, before.reminder))

    async def _told(self, tx: Transaction, promise: Promise, action: str, by: DiscordId) -> None:
        await self._ctx.effects.trail.write(
            tx, action, "done", actor=by, creator=promise.creator, fan=promise.fan
        )
        await self._shown(tx, promise.creator, promise.fan)
