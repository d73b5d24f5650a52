"""The daily round: erases and removes expired data, in batches, and says so.

Every step asks again what has expired, so a round that was interrupted simply goes on. A look does no more
than so many batches; the next look goes on with the creator where it stopped. That a day is done is
remembered.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from bot.engine.outbox import wanted_alert
from bot.engine.streams import removal_stream
from bot.features.people.privacy import texts
from bot.features.people.privacy.due_removals import DueRemovalFinder
from bot.features.people.privacy.text_eraser import SealedTextEraser
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import instance
from storage.inbox import watermarks
from storage.money import credit_copies, credit_sent
from storage.people import pruning, retention, tombstones
from storage.people.retention import DAY, RetentionTerms
from storage.records import CreatorId, ThreadKey

_DONE = "retention"  # the day whose round is over
_ORPHANS = 7  # days
_BATCH = 200


class RetentionRounds:
    """To be looked at every few seconds."""

    def __init__(
        self,
        ctx: Context,
        *,
        erasing: SealedTextEraser,
        clearing: DueRemovalFinder,
        batches: int = 20,
        pruned: Callable[[str, int], None] = lambda _table, _rows: None,
    ) -> None:
        """`batches`: how many a look carries out at most; `pruned` counts rows by their table."""
        self._ctx = ctx
        self._erasing = erasing
        self._clearing = clearing
        self._batches = batches
        self._pruned = pruned
        self._over: tuple[str, set[CreatorId]] = "", set()  # the day, and of whom nothing is left to do

    async def look(self) -> None:
        """Go on with the round of this day, if it is not over, and tell what was removed."""
        await self._ctx.database.write(self._tell)
        day = datetime.fromtimestamp(self._ctx.clock.now() / 1000, tz=UTC).date().isoformat()
        if await self._ctx.database.read(lambda tx: instance.recall(tx, _DONE)) == day:
            return
        if self._over[0] != day:
            self._over = day, set()
        left, over = self._batches, self._over[1]
        # To look through a creator takes a batch, too: if each look began with the first, none would come to
        # the last of many.
        for creator in await self._ctx.database.read(retention.everybody):
            if creator in over:
                continue
            left = await self._of(creator, day, left)
            if left <= 0:
                return
            over.add(creator)
        await self._ctx.database.write(lambda tx: instance.remember(tx, _DONE, day))

    async def _of(self, creator: CreatorId, day: str, left: int) -> int:
        terms = await self._ctx.database.read(lambda tx: retention.terms(tx, creator))
        texts = terms.before(terms.texts, self._ctx.clock.now())
        steps: list[Callable[[], Awaitable[int]]] = [
            lambda: self._erasing.texts(creator, before=texts),
            partial(self._write, partial(self._prune, creator=creator, terms=terms)),
        ]
        for step in steps:
            while left > 0 and await step():
                left -= 1
        if left > 0 and creator:
            left = await self._clear(creator, day, terms, left)
        return left

    async def _write(self, work: Callable[[Transaction], Awaitable[int]]) -> int:
        return await self._ctx.database.write(work)

    async def _prune(self, tx: Transaction, creator: CreatorId, terms: RetentionTerms) -> int:
        now = self._ctx.clock.now()
        records = terms.before(terms.records, now)
        gone = await pruning.orphans(tx, before=now - _ORPHANS * DAY, limit=_BATCH, told=self._pruned)
        gone += await pruning.records(tx, creator, before=records, limit=_BATCH, told=self._pruned)
        gone += await pruning.money(tx, creator, before=terms.before(terms.money, now), limit=_BATCH)
        # Something may be bought long after it was sent, and a sale outlives the chat it came from.
        sent = terms.before(max(terms.money, terms.records), now)
        gone += await credit_sent.prune(tx, creator, before=sent, limit=_BATCH)
        gone += await credit_copies.prune(tx, creator, before=sent, limit=_BATCH)
        # A message whose key is gone must not be found again as something new.
        await watermarks.raise_floor(tx, creator, floor=records)
        return gone

    async def _clear(self, creator: CreatorId, day: str, terms: RetentionTerms, left: int) -> int:
        before = terms.before(terms.texts, self._ctx.clock.now())
        await self._ctx.database.write(lambda tx: self._clearing.alerts(tx, creator, day, before=before))
        posts = partial(self._clearing.posts, creator=creator, day=day, before=before)
        while left > 0 and await self._write(posts):
            left -= 1
        after: ThreadKey | None = ThreadKey("")
        while after is not None and left > 0:
            after = await self._ctx.database.write(
                partial(
                    self._clearing.threads,
                    creator=creator,
                    day=day,
                    before=before,
                    days=terms.texts,
                    after=after,
                )
            )
            left -= 1
        return left

    async def _tell(self, tx: Transaction) -> None:
        """Say once what was removed on a day: in the record, and of whole threads in the alerts channel."""
        for gone in await tombstones.untold(tx):
            if await tombstones.under_way(tx, removal_stream(gone.creator)):
                continue
            await tombstones.tell(tx, gone)
            terms = await retention.terms(tx, gone.creator)
            outcome = texts.removed(gone, terms.texts)
            await self._ctx.effects.trail.write(
                tx, "privacy.removed", outcome, target=gone.day, creator=gone.creator
            )
            if gone.threads:
                post = texts.removal_alert(gone, terms.texts)
                cause = f"removed:{gone.creator}:{gone.day}"
                await self._ctx.effects.add(
                    tx, wanted_alert(gone.creator, cause=cause, part="told", post=post)
                )
