"""Lists made, renamed, deleted, and single fans put on them or taken off."""

import json
from typing import Any

from bot.access import questions
from bot.access.permits import ActionConfirmation, Permit, authorize
from bot.access.policy import Action
from bot.engine.outbox import EffectRequest
from bot.engine.streams import list_stream
from bot.features.publishing.lists import texts
from bot.features.publishing.lists.build_service import ListBuildService
from bot.features.publishing.lists.change_effects import CHANGE, DELETE, REMOVE, RENAME
from bot.features.publishing.lists.jobs import ListJobTexts
from bot.features.publishing.lists.jobs import NewListJob as WantedFans
from bot.features.publishing.lists.model import ListNameTaken, OwnList
from bot.features.publishing.lists.search_service import ListSearchService, creator_of, may_change, new_name
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.records import CommandId, CreatorId, DiscordId, DraftId, EffectId, FanId

QUESTION = f"{Action.LIST_DELETE}.propose"  # a draft


class ListService:
    """Permits were given at the door; a refusal is raised with a sentence. Answers follow by themselves."""

    def __init__(self, ctx: Context, *, building: ListBuildService, looking: ListSearchService) -> None:
        self._ctx = ctx
        self._building = building
        self._looking = looking

    async def create(self, permit: Permit, name: str, command: CommandId) -> None:
        """/mass list create: an empty one."""
        creator, wanted = creator_of(permit), new_name(name)
        if await self._looking.like(creator, wanted) is not None:
            raise ListNameTaken
        await self._begin(
            permit, "list.create", WantedFans(creator, ListJobTexts(wanted), (), command=command)
        )

    async def add(
        self, permit: Permit, which: str, fan: str | None, channel: DiscordId, command: CommandId
    ) -> None:
        """/mass list add: one fan."""
        creator = creator_of(permit)
        found = await self._looking.one(creator, which)
        whom = await self._ctx.database.read(lambda tx: self._looking.fan(tx, creator, fan, channel))
        wanted = WantedFans(creator, ListJobTexts(found.name), (whom,), found.id, command=command)
        await self._begin(permit, "list.add", wanted, fan=whom)

    async def remove(
        self, permit: Permit, which: str, fan: str | None, channel: DiscordId, command: CommandId
    ) -> None:
        """/mass list remove: one fan."""
        creator = creator_of(permit)
        found = await self._looking.one(creator, which)

        async def work(tx: Transaction) -> None:
            whom = await self._looking.fan(tx, creator, fan, channel)
            await self._want(tx, permit.actor.user, creator, found, {"what": REMOVE}, command, fan=whom)

        await self._ctx.database.write(work)

    async def rename(self, permit: Permit, which: str, name: str, command: CommandId) -> None:
        """/mass list rename."""
        creator, wanted = creator_of(permit), new_name(name)
        found = await self._looking.one(creator, which)

        async def work(tx: Transaction) -> None:
            about = {"what": RENAME, "to": wanted}
            await self._want(tx, permit.actor.user, creator, found, about, command)

        await self._ctx.database.write(work)

    async def ask_delete(self, permit: Permit, which: str) -> Post:
        """/mass list delete: the question."""
        creator = creator_of(permit)
        found = await self._looking.one(creator, which)
        ref = DraftId(self._ctx.ids.new())
        asking = questions.ConfirmationQuestion(
            QUESTION, permit.actor.user, permit.actor.guild, creator, {"list": found.id}
        )
        now = self._ctx.clock.now()
        await self._ctx.database.write(lambda tx: questions.ask(tx, asking, ref, now=now))
        return texts.ask_delete(found, ref)

    async def delete(self, yes: ActionConfirmation, command: CommandId) -> str | None:
        """The button [Delete]."""

        async def look(tx: Transaction) -> tuple[CreatorId, str] | None:
            draft = await questions.asked(tx, yes, Action.LIST_DELETE, QUESTION)
            if draft is None or draft.creator is None or not questions.is_open(draft, self._ctx.clock.now()):
                return None
            return draft.creator, json.loads(draft.target)["list"]

        about = await self._ctx.database.read(look)
        if about is None:
            return tr(texts.OVER)
        creator, which = about
        found = await self._looking.one(creator, which)

        async def work(tx: Transaction) -> str | None:
            draft = await questions.asked(tx, yes, Action.LIST_DELETE, QUESTION)
            if draft is None or await authorize(tx, yes.by, Action.LIST_DELETE, creator) is None:
                return tr(texts.OVER)
            if not await questions.close(tx, yes, draft, "yes", now=self._ctx.clock.now()):
                return tr(texts.OVER)
            await self._want(tx, yes.by.user, creator, found, {"what": DELETE}, command)
            return None

        return await self._ctx.database.write(work)

    async def keep(self, permit: Permit, ref: str) -> str:
        """The button [Keep]."""
        me, now = permit.actor.user, self._ctx.clock.now()
        await self._ctx.database.write(lambda tx: questions.drop(tx, DraftId(ref), me, QUESTION, now=now))
        return tr(texts.LEFT)

    async def _begin(self, permit: Permit, action: str, wanted: WantedFans, fan: FanId | None = None) -> None:
        me = permit.actor.user

        async def work(tx: Transaction) -> None:
            await may_change(tx, wanted.creator, me)
            job = await self._building.begin(tx, wanted)
            await self._ctx.effects.trail.write(
                tx, action, "accepted", target=job.id, actor=me, creator=wanted.creator, fan=fan
            )

        await self._ctx.database.write(work)

    async def _want(
        self,
        tx: Transaction,
        actor: DiscordId,
        creator: CreatorId,
        found: OwnList,
        about: dict[str, Any],
        command: CommandId,
        fan: FanId | None = None,
    ) -> EffectId:
        await may_change(tx, creator, actor)
        effect = await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="fanvue",
                kind=CHANGE,
                stream=list_stream(creator, found.id),
                creator=creator,
                fan=fan,
                cause=f"list:{self._ctx.ids.new()}",
                part="change",
                body={"list": found.id, "name": found.name, "command": command, **about},
            ),
        )
        assert effect is not None, "a fresh cause adds an effect"
        action = f"list.{about['what']}"
        await self._ctx.effects.trail.write(
            tx, action, "accepted", actor=actor, creator=creator, fan=fan, cause=effect
        )
        return effect
