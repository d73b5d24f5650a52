"""Carries an upload on: each step may be repeated, and each is written down.

    waiting → starting → sending → finishing → processing → done

What is unclear is looked up or done again, never believed: an upload that was begun twice leaves one that
nobody uses; a part that is sent twice is the same part; whether the parts were put together says the item.
"""

import asyncio
import hashlib
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.engine.audit_log import AuditLog
from bot.engine.derived_ids import DerivedIds
from bot.engine.retry import RetryWaits, backoff
from bot.fanvue.part_store import SourceFailed
from bot.features.publishing.uploads import bodies, texts
from bot.features.publishing.uploads.fanvue import FanvueUploadVault
from bot.features.publishing.uploads.ports import READY, UNTOLD, Sources, UploadSource
from bot.model.errors import DeliveryFailed, DeliveryRefused, TargetGone, TryLater
from bot.model.ports import Clock, Sealer
from storage.database import Database, Transaction
from storage.publishing import uploads
from storage.publishing.uploads import OVER, UploadRecord, UploadState
from storage.records import Millis

PATIENCE: Millis = 86_400_000  # without getting any further
ACTION = "upload"
_ROUNDS = 2  # how often one is begun anew
_WHOLE = frozenset({"processing", READY})
_THERE = _WHOLE | {UNTOLD}  # or else the same bytes would go up twice
Told = Callable[[Transaction, UploadRecord], Awaitable[None]]
Step = Callable[[UploadRecord], Awaitable[UploadRecord | None]]


@dataclass(frozen=True, kw_only=True)
class UploadTransferService:
    """One upload at a time; several may be under way side by side."""

    database: Database
    there: FanvueUploadVault
    sources: Sources
    sealer: Sealer
    ids: DerivedIds
    trail: AuditLog
    clock: Clock
    waits: RetryWaits
    rng: random.Random
    told: Told  # part of the transaction in which an upload came further, or had to wait
    ready: Callable[[], None]  # there is something new in a vault

    async def carry(self, upload: UploadRecord, gives_way: Callable[[], bool] = lambda: False) -> None:
        """Carry it as far as it goes now; the reason it waits is written down.

        `gives_way`: asked between two parts; after a yes, the next look goes on with the next part.
        """
        steps: Mapping[UploadState, Step] = {
            UploadState.WAITING: self._read,
            UploadState.STARTING: self._begin,
            UploadState.SENDING: self._send,
            UploadState.FINISHING: self._finish,
            UploadState.PROCESSING: self._look,
        }
        here: UploadRecord | None = upload
        while here is not None and here.state not in OVER:
            here = await self._one(steps[here.state], here)
            if here is not None and here.state is UploadState.SENDING and gives_way():
                return

    async def _one(self, step: Step, here: UploadRecord) -> UploadRecord | None:
        try:
            return await step(here)
        except TryLater as later:
            if later.paused or self.clock.now() - here.changed > PATIENCE:
                return await self._fail(here, later.reason)
            return await self._wait(here, later.reason, after=later.after)
        except DeliveryFailed as failed:
            return await self._fail(here, failed.reason)
        except SourceFailed as failed:
            return await self._fail(here, str(failed))

    # ── the steps ──

    async def _read(self, here: UploadRecord) -> UploadRecord | None:
        """Know the file by its bytes, and whether the vault has them already."""
        if here.contents is None:
            digest = await self._digest(here)
            contents = self.ids.contents(here.creator, digest)
            return await self._move(here, replace(here, contents=contents))
        contents = here.contents
        known = await self.database.read(lambda tx: uploads.in_vault(tx, here.creator, contents, here.size))
        if known is not None:
            if await self.there.status(here.creator, known) in _THERE:
                return await self._done(replace(here, media=known, known=True))
            await self.database.write(lambda tx: uploads.forget(tx, here.creator, known))
        return await self._alone(here)

    async def _alone(self, here: UploadRecord) -> UploadRecord | None:
        """Of several with the same bytes one goes up, and the others wait for what becomes of it."""

        async def work(tx: Transaction) -> bool:
            if await uploads.twin_under_way(tx, here):
                return False
            return await self._change(tx, here, self._further(replace(here, state=UploadState.STARTING)))

        if await self.database.write(work):
            return self._further(replace(here, state=UploadState.STARTING))
        return await self._wait(here, texts.TWIN)

    async def _begin(self, here: UploadRecord) -> UploadRecord | None:
        begun = await self.there.begin(here.creator, bodies.opened(self.sealer, here), here.size)
        after = replace(
            here,
            state=UploadState.SENDING,
            media=begun.media,
            upload=begun.upload,
            part_size=begun.part_size,
            etags=(),
        )
        return await self._move(here, after)

    async def _send(self, here: UploadRecord) -> UploadRecord | None:
        assert here.upload is not None and here.part_size is not None and here.parts is not None  # noqa: PT018
        done = len(here.etags)
        if done == here.parts:
            return await self._move(here, replace(here, state=UploadState.FINISHING))
        begin = done * here.part_size
        length = min(here.part_size, here.size - begin)
        chunks = self._source(here).chunks(begin, length)
        try:
            etag = await self.there.send(here.creator, here.upload, done + 1, chunks, length)
        except (DeliveryRefused, TargetGone) as failed:
            return await self._anew(here, failed.reason)
        return await self._move(here, replace(here, etags=(*here.etags, etag)))

    async def _finish(self, here: UploadRecord) -> UploadRecord | None:
        """The item says whether an attempt before this one was carried out."""
        assert here.upload is not None and here.media is not None  # noqa: PT018
        if await self.there.status(here.creator, here.media) not in _WHOLE:
            try:
                await self.there.finish(here.creator, here.upload, here.etags)
            except (DeliveryRefused, TargetGone) as failed:
                return await self._anew(here, failed.reason)
        return await self._move(here, replace(here, state=UploadState.PROCESSING))

    async def _look(self, here: UploadRecord) -> UploadRecord | None:
        assert here.media is not None
        status = await self.there.status(here.creator, here.media)
        if status == READY:
            return await self._done(here)
        if status == "error":
            return await self._fail(here, texts.NOT_PROCESSED)
        if status is None:
            return await self._fail(here, texts.DELETED)
        if self.clock.now() - here.changed > PATIENCE:
            return await self._fail(here, texts.STILL_PROCESSED)
        return await self._wait(here, None)

    async def _done(self, here: UploadRecord) -> UploadRecord | None:
        """Finish it: it is in the vault, even if its folder fails."""
        now = await self.database.read(lambda tx: uploads.get(tx, here.id))  # it may be called anew meanwhile
        folder, why = bodies.opened(self.sealer, now or here).folder, None
        assert here.media is not None
        if folder is not None:
            try:
                await self.there.put_in_folder(here.creator, here.media, folder)
            except (DeliveryRefused, TargetGone):
                why = texts.NO_FOLDER
        return await self._end(here, replace(here, state=UploadState.DONE), why=why)

    async def _anew(self, here: UploadRecord, why: str) -> UploadRecord | None:
        """Fanvue knows the upload no more, or does not take its parts: perhaps it has the file already."""
        assert here.media is not None
        if await self.there.status(here.creator, here.media) in _THERE:
            return await self._move(here, replace(here, state=UploadState.PROCESSING))
        if here.rounds >= _ROUNDS:
            return await self._fail(here, why)
        fresh = replace(here, state=UploadState.WAITING, media=None, upload=None, part_size=None, etags=())
        return await self._move(here, replace(fresh, rounds=here.rounds + 1))

    # ── what is written down ──

    async def _move(self, was: UploadRecord, after: UploadRecord) -> UploadRecord | None:
        """It came further; None where somebody has stopped it meanwhile."""
        further = self._further(after)
        moved = await self.database.write(lambda tx: self._change(tx, was, further))
        return further if moved else None

    async def _change(self, tx: Transaction, was: UploadRecord, after: UploadRecord) -> bool:
        if not await uploads.change(tx, was, after):
            return False
        if (was.state, was.etags, was.why) != (after.state, after.etags, after.why):
            await self.told(tx, after)
        return True

    def _further(self, after: UploadRecord) -> UploadRecord:
        return replace(after, changed=self.clock.now(), due=0, tries=0, why=None)

    async def _wait(
        self, here: UploadRecord, why: str | None, *, after: float | None = None
    ) -> UploadRecord | None:
        wait = int(after * 1000) if after is not None else backoff(here.tries, self.waits, self.rng)
        later = replace(here, due=self.clock.now() + wait, tries=here.tries + 1, why=why)
        await self.database.write(lambda tx: self._change(tx, here, later))
        return None  # whoever looks next goes on

    async def _fail(self, here: UploadRecord, why: str) -> UploadRecord | None:
        return await self._end(here, replace(here, state=UploadState.FAILED), why=why)

    async def _end(
        self, was: UploadRecord, after: UploadRecord, why: str | None = None
    ) -> UploadRecord | None:
        ended = replace(self._further(after), why=why)

        async def work(tx: Transaction) -> bool:
            if not await self._change(tx, was, ended):
                return False
            if ended.state is UploadState.DONE and not ended.known:
                await uploads.remember(tx, ended, now=ended.changed)
                tx.on_commit(self.ready)
            outcome = "done" if ended.state is UploadState.DONE else "rejected"
            target = ended.media or ""
            await self.trail.write(
                tx, ACTION, outcome, target=target, actor=ended.member, creator=ended.creator
            )
            return True

        return ended if await self.database.write(work) else None

    # ── the bytes ──

    def _source(self, here: UploadRecord) -> UploadSource:
        return self.sources(here, bodies.opened(self.sealer, here))

    async def _digest(self, here: UploadRecord) -> str:
        digest = hashlib.sha256()
        async for chunk in self._source(here).chunks(0, here.size):
            await asyncio.to_thread(digest.update, chunk)
        return digest.hexdigest()
