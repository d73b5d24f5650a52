"""Members write promises down, keep, move and drop them: in threads, by buttons."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.features.inbox.notes.thread_work import FanThreadWork
from bot.features.inbox.promises import texts as promises_texts
from bot.features.inbox.promises.change_service import PromiseChangeService
from bot.features.inbox.promises.content import PromiseContent, opened, sealed
from bot.features.inbox.promises.due_times import offered, read_due
from bot.model.language import tr
from bot.relay.context import Context
from bot.text.rejected_input import RejectedInput, given_back
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from bot.text.typed_times import NotATime
from storage.database import Transaction
from storage.inbox import promises
from storage.inbox.promises import DROPPED, KEPT, OPEN, Promise
from storage.money import digests
from storage.records import CreatorId, DiscordId, FanThread

LONGEST = 150  # characters of a promise, and of why one is dropped
MOST = 20  # open ones of one fan

R = TypeVar("R")
Said = str | RejectedInput


class PromiseService:
    """Callers check permission; a refusal is a sentence, or ReplyRefused without a fan."""

    def __init__(self, ctx: Context, *, about: FanThreadWork, changing: PromiseChangeService) -> None:
        self._ctx = ctx
        self._about = about
        self._changing = changing

    # ── in a fan's thread ──

    async def add(
        self, actor: DiscordId, channel: DiscordId, what: str, until: str, message: DiscordId | None = None
    ) -> Said:
        """Write one down; `message`: the one marked as a promise."""

        async def work(tx: Transaction, thread: FanThread) -> Said:
            now, (zone, chosen) = self._ctx.clock.now(), await _zone(tx, thread.creator)
            refusal = _refusal(what)
            if len(await promises.open_of_fan(tx, thread.creator, thread.fan)) >= MOST:
                refusal = refusal or promises_texts.too_many(MOST)
            if refusal is not None:
                return given_back(refusal, what)
            try:
                due = read_due(until, now, zone)
            except NotATime as error:
                return given_back(str(error), what)
            made, texts = self._ctx.ids.new(), PromiseContent(_words(what))
            promise = Promise(
                id=made,
                creator=thread.creator,
                fan=thread.fan,
                owed_by=actor,
                made=now,
                due=due,
                body=sealed(self._ctx.sealer, made, thread.creator, texts),
                channel=thread.thread if message is not None else None,
                message=message,
            )
            await self._changing.made(tx, promise, actor)
            return promises_texts.added(texts.what, due, now, zone, chosen=chosen)

        return await self._about.change(channel, work)

    async def done(self, actor: DiscordId, channel: DiscordId, which: str | None) -> str:
        async def deed(tx: Transaction, promise: Promise) -> str:
            return await self._keep(tx, promise, actor)

        return await self._in(channel, which, deed)

    async def drop(self, actor: DiscordId, channel: DiscordId, which: str | None, reason: str) -> str:
        """It will not be kept."""

        async def deed(tx: Transaction, promise: Promise) -> str:
            return await self._drop(tx, promise, actor, reason)

        return await self._in(channel, which, deed)

    async def change(
        self, actor: DiscordId, channel: DiscordId, which: str | None, what: str | None, until: str | None
    ) -> Said:
        """Another date, other words, or both."""

        async def deed(tx: Transaction, promise: Promise) -> Said:
            refusal = _refusal(what) if what is not None else None
            if what is None and until is None:
                refusal = tr(promises_texts.NOTHING_TO_CHANGE)
            if refusal is not None:
                return given_back(refusal, what or "")
            now, (zone, _) = self._ctx.clock.now(), await _zone(tx, promise.creator)
            try:
                due = read_due(until, now, zone) if until is not None else None
            except NotATime as error:
                return given_back(str(error), what or "")
            words = _words(what) if what is not None else None
            after = await self._changing.changed(tx, promise, actor, due=due, what=words)
            return promises_texts.changed(opened(self._ctx.sealer, after).what, after.due, now, zone)

        return await self._in(channel, which, deed)

    async def suggest(self, channel: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        """Open promises to this thread's fan, while somebody types: the label and the value sent."""

        async def work(tx: Transaction, thread: FanThread) -> Sequence[tuple[str, str]]:
            owed = await promises.open_of_fan(tx, thread.creator, thread.fan)
            pairs = [(promise, opened(self._ctx.sealer, promise)) for promise in owed]
            return promises_texts.offered(pairs, typed, self._ctx.clock.now())

        return await self._about.look(channel, work)

    async def times(self, creator: CreatorId) -> Sequence[tuple[str, str]]:
        """By when to offer: words, and what `add` takes."""
        zone, _ = await self._ctx.database.read(lambda tx: _zone(tx, creator))
        return offered(self._ctx.clock.now(), zone)

    # ── from a reminder ──

    async def creator_of(self, ref: str) -> CreatorId | None:
        """The creator of a promise's fan; None where there is none."""
        promise = await self._ctx.database.read(lambda tx: promises.get(tx, ref))
        return promise.creator if promise is not None else None

    async def keep(self, actor: DiscordId, ref: str) -> str:
        return await self._of(ref, lambda tx, promise: self._keep(tx, promise, actor))

    async def give_up(self, actor: DiscordId, ref: str, reason: str) -> str:
        """It will not be kept."""
        return await self._of(ref, lambda tx, promise: self._drop(tx, promise, actor, reason))

    async def tomorrow(self, actor: DiscordId, ref: str) -> str:
        """It is moved to tomorrow, if it is still due."""

        async def deed(tx: Transaction, promise: Promise) -> str:
            now, (zone, _) = self._ctx.clock.now(), await _zone(tx, promise.creator)
            if promise.due > now:
                return promises_texts.moved(promise)
            due = read_due("tomorrow", now, zone)
            after = await self._changing.changed(tx, promise, actor, due=due, what=None)
            return promises_texts.changed(opened(self._ctx.sealer, after).what, due, now, zone)

        return await self._of(ref, deed)

    # ── parts ──

    async def _keep(self, tx: Transaction, promise: Promise, actor: DiscordId) -> str:
        await self._changing.settled(tx, promise, actor, KEPT)
        return promises_texts.kept(opened(self._ctx.sealer, promise).what)

    async def _drop(self, tx: Transaction, promise: Promise, actor: DiscordId, reason: str) -> str:
        if not reason.strip():
            return tr(promises_texts.NO_REASON)
        if len(reason.strip()) > LONGEST:
            return promises_texts.too_long(LONGEST)
        await self._changing.settled(tx, promise, actor, DROPPED, _words(reason))
        return promises_texts.dropped(opened(self._ctx.sealer, promise).what)

    async def _in(
        self, channel: DiscordId, which: str | None, deed: Callable[[Transaction, Promise], Awaitable[R]]
    ) -> R | str:
        """Do it with one of this fan's; without a key, with the only one."""

        async def work(tx: Transaction, thread: FanThread) -> R | str:
            owed = await promises.open_of_fan(tx, thread.creator, thread.fan)
            if which is None:
                refusal = tr(promises_texts.NOTHING_OWED) if not owed else tr(promises_texts.WHICH)
                return await deed(tx, owed[0]) if len(owed) == 1 else refusal
            promise = await promises.get(tx, which)
            if promise is None or (promise.creator, promise.fan) != (thread.creator, thread.fan):
                return tr(promises_texts.NO_SUCH)
            return await deed(tx, promise) if promise.state == OPEN else promises_texts.over(promise)

        return await self._about.change(channel, work)

    async def _of(self, ref: str, deed: Callable[[Transaction, Promise], Awaitable[str]]) -> str:
        async def work(tx: Transaction) -> str:
            promise = await promises.get(tx, ref)
            if promise is None:
                return tr(promises_texts.NO_SUCH)
            return await deed(tx, promise) if promise.state == OPEN else promises_texts.over(promise)

        return await self._ctx.database.write(work)


def _refusal(what: str) -> str | None:
    """Say why this cannot be a promise."""
    if not what.strip():
        return tr(promises_texts.EMPTY)
    return promises_texts.too_long(LONGEST) if len(what.strip()) > LONGEST else None


def _words(typed: str) -> str:
    return " ".join(typed.split())


async def _zone(tx: Transaction, creator: CreatorId) -> tuple[ZoneInfo, bool]:
    """A creator's zone, and whether somebody chose it."""
    name = await digests.zone(tx, creator)
    return zone_of(name or DEFAULT_ZONE), name is not None
