"""Deeds of lists: made, looked at, filled in pieces that may be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.features.publishing.lists import texts
from bot.features.publishing.lists.batch_rules import packed, unpacked
from bot.features.publishing.lists.fanvue import FanvueFanLists
from bot.features.publishing.lists.job_ledger import ledger, mark, see
from bot.features.publishing.lists.job_service import ListJobService
from bot.features.publishing.lists.jobs import ListJobs
from bot.features.publishing.lists.model import ListMembersRefused, ListNameTaken
from bot.model.errors import DeliveryRefused, TargetGone
from bot.model.language import msgid, tr
from bot.relay.send_match import SKEW
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord, PlacedFan
from storage.records import Effect, EffectState


@dataclass(frozen=True)
class ListEffectParts:
    """The parts of these handlers."""

    database: Database
    there: FanvueFanLists
    jobs: ListJobs
    going: ListJobService


class ListJobHandler(EffectHandler):
    """One step of a job. What ends it badly stops the job, and who was not put on the list waits again."""

    def __init__(self, parts: ListEffectParts) -> None:
        self._parts = parts

    async def _job(self, body: Body) -> ListJobRecord | Moot:
        job = await self._parts.database.read(lambda tx: lists.get(tx, body["job"]))
        if job is None:
            return Moot(msgid("This is no longer stored."))
        return job if job.state == lists.RUNNING else Moot(job.why or tr(texts.STOPPED_BY_HAND))

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Stop the job where its step did not end well; show why where it waits."""
        job = await lists.get(tx, effect.cause.removeprefix("list:"))
        if job is None or job.effect != effect.id:
            return
        now = await outbox.get(tx, effect.id) or effect
        if state is EffectState.PENDING:
            await self._parts.going.show(tx, replace(job, why=now.reason))
        elif state in (EffectState.CANCELLED, EffectState.REJECTED, EffectState.ABSENT):
            if effect.attempt_started is None:  # surely nothing of it was carried out
                adding = await lists.in_state(tx, job.id, lists.ADDING)
                await lists.mark(tx, job.id, [one.fan for one in adding], lists.WAITING)
            await self._parts.going.stop(tx, job.id, now.reason or tr(texts.STOPPED_BY_HAND))
            if job.state == lists.STOPPED:  # it was stopped before; what was uncertain is not any more
                await self._parts.going.show(tx, job)


class ListCreationHandler(ListJobHandler):
    """A new list. Names are unique, so one whose answer was lost is looked for by its name."""

    settling = SettlingMethod.SEARCH

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Make it, or find what an earlier attempt made late."""
        job = await self._job(body)
        if isinstance(job, Moot):
            return job
        try:
            made = await self._parts.there.create(effect.creator, self._parts.jobs.words(job).name)
        except ListNameTaken as taken:
            found = await self._made(effect, job)
            return found if found is not None else Moot(taken.reason)
        except DeliveryRefused as no:
            return Moot(no.reason)
        return self._done(job, made)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """A list of this name that was made since the attempt."""
        job = await self._parts.database.read(lambda tx: lists.get(tx, body["job"]))
        return await self._made(effect, job) if job is not None else None

    async def _made(self, effect: Effect, job: ListJobRecord) -> Done | None:
        """Nobody is on it yet, and there was none of this name when it was asked for."""
        name = self._parts.jobs.words(job).name
        for one in await self._parts.there.all(effect.creator):
            young = one.made is None or one.made >= job.made - SKEW
            if one.name == name and young and not one.size:
                return self._done(job, one.id)
        return None

    def _done(self, job: ListJobRecord, made: str) -> Done:
        async def then(tx: Transaction) -> None:
            now = await lists.get(tx, job.id) or job
            await lists.change(tx, replace(now, list=made, looked=True, size_before=0))
            await self._parts.going.on(tx, job.id)

        return Done(then=then)


class ListReadHandler(ListJobHandler):
    """A look at the list, for uncertain fans. A read: it is made again."""

    settling = SettlingMethod.REPEAT

    async def do(self, effect: Effect, body: Body) -> Outcome:  # noqa: ARG002 - the job says whose it is
        """Read its size, and its members if that does not say enough."""
        job = await self._job(body)
        if isinstance(job, Moot):
            return job
        kept = await self._parts.database.read(lambda tx: ledger(tx, job))
        try:
            seen = await see(self._parts.there, job, kept, answered=body["answered"])
        except (TargetGone, DeliveryRefused) as no:
            return Moot(no.reason)

        async def then(tx: Transaction) -> None:
            now = await lists.get(tx, job.id) or job
            await mark(tx, now, seen, answered=body["answered"])
            before = now.size_before if now.looked else seen.size
            await lists.change(tx, replace(now, looked=True, size_before=before))
            await self._parts.going.on(tx, job.id)

        return Done(then=then)


class ListAdditionHandler(ListJobHandler):
    """The next fans of the ledger.

    Who is on a list already stays on it once, so an unclear call is made again. If Fanvue leaves somebody out
    of the repeat, a look at the list says whether they came with the first.
    """

    settling = SettlingMethod.REPEAT

    async def do(self, effect: Effect, body: Body) -> Outcome:
        job = await self._job(body)
        if isinstance(job, Moot):
            return job
        assert job.list is not None, "it is decided to fill a list that is there"
        chunk = await self._parts.database.read(lambda tx: lists.in_state(tx, job.id, lists.ADDING))
        if not chunk:  # they were forgotten meanwhile
            return Done(then=lambda tx: self._parts.going.on(tx, job.id))
        try:
            all_ = await self._parts.there.put_on(effect.creator, job.list, [one.fan for one in chunk])
        except ListMembersRefused:
            return Done(then=lambda tx: self._refused(tx, job.id, chunk))
        except (TargetGone, DeliveryRefused) as no:
            return Moot(no.reason)
        return Done(then=lambda tx: self._took(tx, job.id, chunk, whole=all_))

    async def _took(self, tx: Transaction, id_: str, chunk: Sequence[PlacedFan], *, whole: bool) -> None:
        job = await lists.get(tx, id_)
        if job is None:
            return
        size = unpacked(job.sizing).took(len(chunk))
        await lists.change(tx, replace(job, sizing=packed(size)))
        if not whole:
            await self._parts.going.look(tx, id_)
            return
        await lists.mark(tx, id_, [one.fan for one in chunk], lists.ADDED)
        await self._parts.going.on(tx, id_)

    async def _refused(self, tx: Transaction, id_: str, chunk: Sequence[PlacedFan]) -> None:
        job = await lists.get(tx, id_)
        if job is None:
            return
        size = unpacked(job.sizing).refused(len(chunk), chunk[-1].place)
        await lists.change(tx, replace(job, sizing=packed(size)))
        alone = len(chunk) == 1
        await lists.mark(tx, id_, [one.fan for one in chunk], lists.REFUSED if alone else lists.WAITING)
        await self._parts.going.on(tx, id_)
