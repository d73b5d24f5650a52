"""The next step of a job: decided where its last step is recorded."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.engine.member_languages import as_asked
from bot.engine.outbox import EffectRequest, wanted_alert
from bot.engine.streams import list_stream
from bot.features.publishing.lists import texts
from bot.features.publishing.lists.batch_rules import packed, unpacked
from bot.features.publishing.lists.jobs import ListJobs
from bot.model.errors import SealDamaged
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import outbox
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord
from storage.records import CommandId, EffectState, Millis

MAKE, READ, ADD = "list.make", "list.read", "list.add"
_EDITABLE: Millis = 840_000  # Discord lets a private answer be changed for fifteen minutes
_SHOWN, _WITHIN = 4, 5_000  # steps within so many milliseconds: Discord takes five changes, one is the end
_OPEN = (EffectState.PENDING, EffectState.SENDING, EffectState.UNKNOWN)
_DAMAGED = msgid(
    "The stored data of this list is damaged. Start again with /mass list build or /mass list import."
)

# Told in the commit that ends or stops a job: another feature may go on from there.
Heard = Callable[[Transaction, ListJobRecord], Awaitable[None]]


class ListJobService:
    """Every method is part of the caller's transaction."""

    def __init__(self, ctx: Context, *, jobs: ListJobs) -> None:
        self._jobs = jobs
        self._ctx = ctx
        self._heard: list[Heard] = []
        # When steps of jobs on their way were shown; a restart forgets it, which does no harm.
        self._shown: dict[str, deque[Millis]] = {}

    def hear(self, listener: Heard) -> None:
        """Have it told of every job that ends or stops."""
        self._heard.append(listener)

    async def on(self, tx: Transaction, id_: str) -> None:
        """Decide the next step of a job that runs; one that was stopped waits for somebody to resume it."""
        job = await lists.get(tx, id_)
        if job is None:
            return
        if job.state != lists.RUNNING:
            await self.show(tx, job)
        elif job.list is None:
            await self._want(tx, job, MAKE, {})
        elif await lists.in_state(tx, job.id, lists.ADDING) or not job.looked:
            await self._want(tx, job, READ, {"answered": False})
        else:
            await self._next(tx, job)

    async def look(self, tx: Transaction, id_: str) -> None:
        """Fanvue left somebody of the last call out: have it looked up whom."""
        job = await lists.get(tx, id_)
        if job is not None:
            await self._want(tx, job, READ, {"answered": True})

    async def is_on_its_way(self, tx: Transaction, job: ListJobRecord) -> bool:
        """Whether a step of it is still to be carried out, or to be found out about."""
        effect = await outbox.get(tx, job.effect) if job.effect is not None else None
        return effect is not None and effect.state in _OPEN

    async def stop(self, tx: Transaction, id_: str, why: str, *, within: CommandId | None = None) -> None:
        """Stop it from going on by itself. Fans being added now stay uncertain until that ends.

        `within`: whose answer shows it. A mass message that waits for it says there what that means.
        """
        job = await lists.get(tx, id_)
        if job is None or job.state != lists.RUNNING:
            return
        job = replace(job, state=lists.STOPPED, why=why)
        await lists.change(tx, job)
        await self.show(tx, job, within=within)
        if why != texts.STOPPED_BY_HAND:
            await self._tell(tx, job)
        for listener in self._heard:
            await listener(tx, job)

    async def resume(self, tx: Transaction, job: ListJobRecord) -> None:
        """Go on with the fans left, after it was found out about the uncertain ones."""
        job = replace(job, state=lists.RUNNING, why=None)
        await lists.change(tx, job)
        if await self.is_on_its_way(tx, job):
            self._ctx.dispatch.wake(tx, list_stream(job.creator, job.id))
        else:
            await self.on(tx, job.id)
        await self.show(tx, await lists.get(tx, job.id) or job)

    async def give_way(self, tx: Transaction, id_: str) -> None:
        """Show nothing more of it: the answer it was shown in says from now on what became of another thing.

        Who resumes it gives it an answer of its own.
        """
        job = await lists.get(tx, id_)
        if job is not None:
            await lists.change(tx, replace(job, command=None))

    async def show(self, tx: Transaction, job: ListJobRecord, *, within: CommandId | None = None) -> None:
        """In the private answer, for as long as Discord lets it be changed."""
        command = await command_rows.get(tx, job.command) if job.command is not None else None
        if command is None or command.created_at + _EDITABLE < self._ctx.clock.now():
            return
        with as_asked(command):
            post = await self.post(tx, job)
        await self._ctx.commands.answer(tx, command, post, part=f"list:{self._ctx.ids.new()}", within=within)

    async def post(self, tx: Transaction, job: ListJobRecord) -> Post:
        try:
            words = self._jobs.words(job)
        except SealDamaged:
            return Post(body=(tr(_DAMAGED),))
        return texts.progress(job, words, await lists.counts(tx, job.id))

    async def _next(self, tx: Transaction, job: ListJobRecord) -> None:
        size = unpacked(job.sizing)
        first = await lists.waiting(tx, job.id, until=None, limit=1)
        if not first:
            await self._end(tx, job)
            return
        size = size.past(first[0].place)
        chunk = await lists.waiting(tx, job.id, until=size.until or None, limit=size.now)
        await lists.mark(tx, job.id, [one.fan for one in chunk], lists.ADDING)
        await self._want(tx, replace(job, sizing=packed(size)), ADD, {})

    async def _want(self, tx: Transaction, job: ListJobRecord, kind: str, more: dict[str, object]) -> None:
        steps = job.steps + 1
        effect = await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="fanvue",
                kind=kind,
                stream=list_stream(job.creator, job.id),
                creator=job.creator,
                cause=f"list:{job.id}",
                part=str(steps),
                body={"job": job.id, **more},
                since=job.made if kind == MAKE else None,
            ),
        )
        job = replace(job, steps=steps, effect=effect)
        await lists.change(tx, job)
        await self._pace(tx, job)

    async def _pace(self, tx: Transaction, job: ListJobRecord) -> None:
        """Show a step, unless several were shown a moment ago; where a job waits, `show` says how far it is.

        Otherwise Discord would refuse many of a hundred quick steps, and the end be told behind all of them.
        """
        now, shown = self._ctx.clock.now(), self._shown.setdefault(job.id, deque(maxlen=_SHOWN))
        if len(shown) < _SHOWN or shown[0] + _WITHIN <= now:
            shown.append(now)
            await self.show(tx, job)

    async def _end(self, tx: Transaction, job: ListJobRecord) -> None:
        self._shown.pop(job.id, None)
        job = replace(job, state=lists.DONE, why=None, ended=self._ctx.clock.now())
        await lists.change(tx, job)
        await self.show(tx, job)
        await self._ctx.effects.trail.write(tx, "list.end", "done", target=job.id, creator=job.creator)
        if await lists.counts(tx, job.id):
            await self._tell(tx, job)
        for listener in self._heard:
            await listener(tx, job)

    async def _tell(self, tx: Transaction, job: ListJobRecord) -> None:
        try:
            words = self._jobs.words(job)
        except SealDamaged:
            return
        post = texts.ended(job, words, await lists.counts(tx, job.id))
        part = f"end:{job.steps}:{job.state}"
        await self._ctx.effects.add(
            tx, wanted_alert(job.creator, cause=f"list:{job.id}", part=part, post=post)
        )
