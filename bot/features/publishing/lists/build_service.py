"""A list is filled from a query or a file: asked about once, then done in pieces."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.access import questions
from bot.access.permits import ActionConfirmation, Permit, authorize
from bot.access.policy import Action
from bot.features.publishing.lists import texts
from bot.features.publishing.lists.handle_file import handles_in
from bot.features.publishing.lists.job_service import Heard, ListJobService
from bot.features.publishing.lists.jobs import ListJobs, ListJobTexts, NewListJob
from bot.features.publishing.lists.query import ListQuery
from bot.features.publishing.lists.query_service import ListQueryService
from bot.features.publishing.lists.search_service import ListSearchService, creator_of, may_change, new_name
from bot.model.errors import DeliveryRefused
from bot.model.language import number_text, tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord
from storage.records import CommandId, CreatorId, DiscordId, DraftId, FanId

QUESTION = f"{Action.LIST_BUILD}.propose"  # a draft


class ListBuildService:
    """Permits were given at the door; a refusal is raised with a sentence."""

    def __init__(
        self,
        ctx: Context,
        *,
        jobs: ListJobs,
        going: ListJobService,
        looking: ListSearchService,
        whom: ListQueryService,
    ) -> None:
        self._ctx = ctx
        self._jobs = jobs
        self._going = going
        self._looking = looking
        self._whom = whom

    # ── for other features ──

    async def begin(self, tx: Transaction, wanted: NewListJob) -> ListJobRecord:
        """Have these fans put on a list, as part of the caller's transaction. Who asked for it is theirs."""
        job = await self._jobs.keep(tx, wanted, state=lists.RUNNING)
        await self._going.on(tx, job.id)
        return await lists.get(tx, job.id) or job

    def hear(self, listener: Heard) -> None:
        """Have it told, in its transaction, of every job that ends or stops."""
        self._going.hear(listener)

    async def give_way(self, tx: Transaction, ref: str) -> None:
        """Have a job show nothing more in the answer that it shares."""
        await self._going.give_way(tx, ref)

    # ── /mass list build, /mass list import ──

    async def ask(self, permit: Permit, name: str, query: Mapping[str, Any]) -> Post:
        """Freeze the fans of a query, and ask whether they are put on that list."""
        meant = await self._whom.fit(permit, creator_of(permit), ListQuery(**query))
        return await self._ask(permit, ListJobTexts(name, meant.words), meant.fans)

    async def ask_file(self, permit: Permit, name: str, content: bytes) -> tuple[Post, str]:
        """The same with the owners of a file's handles; handles that are nobody's are named.

        Where they are too many for a message, they are a file beside it; else that is ''.
        """
        handles = await asyncio.to_thread(handles_in, content)
        fans, missing = await self._whom.with_handles(creator_of(permit), handles)
        if not fans:
            words = ListJobTexts(name, missing=tuple(missing))
            asked = texts.question(words, 0, "", None)
            post = replace(asked, title=tr(texts.NOBODY), buttons=(), small=None)
            return post, await asyncio.to_thread(texts.report, missing)
        meant = tr(
            "{handles} handles in the file, {fans} of them fans.",
            handles=number_text(len(handles)),
            fans=number_text(len(fans)),
        )
        post = await self._ask(permit, ListJobTexts(name, meant, tuple(missing)), fans)
        return post, await asyncio.to_thread(texts.report, missing)

    async def yes(self, yes: ActionConfirmation, command: CommandId) -> str | None:
        """The button: the job begins once, however often it is pressed. None: the answer shows it."""

        async def work(tx: Transaction) -> str | None:
            draft = await questions.asked(tx, yes, Action.LIST_BUILD, QUESTION)
            job = await lists.get(tx, draft.id) if draft is not None else None
            if draft is None or job is None:
                return tr(texts.OVER)
            if await authorize(tx, yes.by, Action.LIST_BUILD, job.creator) is None:
                return tr(texts.OVER)
            if job.state != lists.ASKED:
                return None  # pressed twice: the answer shows already how far it is
            await may_change(tx, job.creator, yes.by.user)
            if not await questions.close(tx, yes, draft, "yes", now=self._ctx.clock.now()):
                return tr(texts.OVER)
            job = replace(job, state=lists.RUNNING, command=command)
            await lists.change(tx, job)
            await self._ctx.effects.trail.write(
                tx, Action.LIST_BUILD, "accepted", target=job.id, actor=yes.by.user, creator=job.creator
            )
            await self._going.on(tx, job.id)
            return None

        return await self._ctx.database.write(work)

    async def no(self, permit: Permit, ref: str) -> str:
        """The button [No]."""
        me, now = permit.actor.user, self._ctx.clock.now()

        async def work(tx: Transaction) -> None:
            await questions.drop(tx, DraftId(ref), me, QUESTION, now=now)
            await lists.drop_asked(tx, creator_of(permit), before=now - questions.LIFE, job=ref)

        await self._ctx.database.write(work)
        return tr(texts.LEFT)

    # ── a job on its way ──

    async def creator_of(self, ref: str) -> CreatorId | None:
        """The creator of the job's fans."""
        job = await self._ctx.database.read(lambda tx: lists.get(tx, ref))
        return job.creator if job is not None else None

    async def stop(self, permit: Permit, ref: str, command: CommandId) -> str | None:
        """The button [Stop]: fans being added this moment still are, and nobody after them."""

        async def work(tx: Transaction) -> str | None:
            job = await self._of(tx, permit, ref)
            if job.state != lists.RUNNING:
                return tr(texts.ENDED) if job.state == lists.DONE else tr(texts.STOPS)
            await lists.change(tx, replace(job, command=command))
            await self._note(tx, permit, job, "stopped")
            await self._going.stop(tx, job.id, tr(texts.STOPPED_BY_HAND), within=job.command)
            return None

        return await self._ctx.database.write(work)

    async def resume(self, permit: Permit, ref: str, command: CommandId) -> str | None:
        """The button [Resume]: only the fans left; of two people who press it at once, one resumes."""

        async def work(tx: Transaction) -> str | None:
            job = await self._of(tx, permit, ref)
            if job.state == lists.DONE:
                return tr(texts.ENDED)
            if job.state == lists.RUNNING and await self._going.is_on_its_way(tx, job):
                return tr(texts.GOES_ON)
            await may_change(tx, job.creator, permit.actor.user)
            await self._note(tx, permit, job, "resumed")
            await self._going.resume(tx, replace(job, command=command))
            return None

        return await self._ctx.database.write(work)

    async def _of(self, tx: Transaction, permit: Permit, ref: str) -> ListJobRecord:
        job = await lists.get(tx, ref)
        if job is None or job.creator != permit.creator or job.state == lists.ASKED:
            raise DeliveryRefused(texts.OVER)
        return job

    async def _note(self, tx: Transaction, permit: Permit, job: ListJobRecord, how: str) -> None:
        await self._ctx.effects.trail.write(
            tx, Action.LIST_EDIT, how, target=job.id, actor=permit.actor.user, creator=job.creator
        )

    async def _ask(self, permit: Permit, words: ListJobTexts, fans: tuple[FanId, ...] | list[FanId]) -> Post:
        creator, me = creator_of(permit), permit.actor.user
        there = await self._looking.like(creator, words.name)
        words = replace(words, name=there.name if there is not None else new_name(words.name))

        async def work(tx: Transaction) -> ListJobRecord:
            await may_change(tx, creator, me)
            await lists.drop_asked(tx, creator, before=self._ctx.clock.now() - questions.LIFE)
            list_ = there.id if there is not None else None
            job = await self._jobs.keep(tx, NewListJob(creator, words, fans, list_, DiscordId(me)))
            asking = questions.ConfirmationQuestion(QUESTION, me, permit.actor.guild, creator, {})
            await questions.ask(tx, asking, DraftId(job.id), now=self._ctx.clock.now())
            return job

        job = await self._ctx.database.write(work)
        number = len(dict.fromkeys(fans))
        return texts.question(words, number, job.id, there)
