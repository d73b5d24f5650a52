"""Ends pauses: the owner says whether what was held is sent or discarded."""

import json
from collections.abc import Collection, Sequence

from bot.engine.channel_languages import in_channels
from bot.engine.outbox import wanted_alert
from bot.features.people.pausing import texts
from bot.features.people.pausing.backlog import GIVEN_UP, PauseBacklog
from bot.features.people.pausing.button_targets import PauseButtonTargets
from bot.features.people.pausing.service import concerned, handles_of
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts
from storage.people import creators, outgoing_messages, pauses
from storage.people.pauses import Pause, PauseKind
from storage.records import CreatorId, DiscordId, DraftId

KIND = "pause.lift"


class PauseLiftService:
    """A pause and the word about what it held end in one commit; until then all stays held."""

    def __init__(self, ctx: Context, *, holding: PauseBacklog, leads: PauseButtonTargets) -> None:
        self._ctx = ctx
        self._holding = holding
        self._leads = leads

    async def concerns(self, ref: str) -> Sequence[CreatorId]:
        """The creators that a button is about: of a pause, of the question about one, or of a day's list."""

        async def work(tx: Transaction) -> Sequence[CreatorId]:
            draft = await drafts.get(tx, DraftId(ref))
            if draft is not None and draft.action != KIND:
                return [draft.creator] if draft.action == "pause.show" and draft.creator else []
            pause = await pauses.get(tx, json.loads(draft.target)["pause"] if draft is not None else ref)
            return await concerned(tx, pause) if pause is not None else []

        return await self._ctx.database.read(work)

    async def begin(self, actor: DiscordId, guild: DiscordId, mine: Collection[CreatorId]) -> Post | str:
        """/pause off: end the only pause, or ask which one; `mine`: creators whose sending they may pause."""

        async def work(tx: Transaction) -> Post | str:
            found = {
                pause.id: pause
                for creator in mine
                for pause in await pauses.about(tx, creator)
                if await _may_end(tx, pause, actor)
            }
            if not found:
                return tr(texts.NOTHING_PAUSED)
            if len(found) == 1:
                (only,) = found.values()
                return await self._ask(tx, only, actor, guild)
            named = [(one, await handles_of(tx, await concerned(tx, one))) for one in found.values()]
            return texts.choose(sorted(named, key=lambda one: one[0].since))

        return await self._ctx.database.write(work)

    async def ask(self, ref: str, actor: DiscordId, guild: DiscordId) -> Post | str:
        """[End the pause]: at once where nothing is held, else the question."""

        async def work(tx: Transaction) -> Post | str:
            pause = await pauses.get(tx, ref)
            if pause is None:
                return tr(texts.NOT_HERE)
            if pause.ended_at is not None:
                return texts.over(pause)
            if not await _may_end(tx, pause, actor):
                return tr(texts.ONLY_THE_OWNER)
            return await self._ask(tx, pause, actor, guild)

        return await self._ctx.database.write(work)

    async def settle(self, ref: DraftId, actor: DiscordId, *, send: bool) -> Post | str:
        """[Send them] or [Discard them]: exactly those the question listed, or ask again."""
        return await self._ctx.database.write(lambda tx: self._settle(tx, ref, actor, send=send))

    async def _ask(
        self, tx: Transaction, pause: Pause, actor: DiscordId, guild: DiscordId, note: str | None = None
    ) -> Post | str:
        held = await pauses.held(tx, pause.id)
        about = await concerned(tx, pause)
        handles = await handles_of(tx, about)
        if not held:
            await self._end(tx, pause, actor, about, "nothing was held")
            return texts.ended(pause, handles, (), None)
        kept = {"pause": pause.id, "held": list(held)}
        ref = await self._leads.keep(tx, KIND, kept, creator=pause.creator, owner=actor, guild=guild)
        late = await self._holding.too_old(tx, held)
        return texts.question(pause, handles, await outgoing_messages.of(tx, held), late, ref, note)

    async def _settle(self, tx: Transaction, ref: DraftId, actor: DiscordId, *, send: bool) -> Post | str:
        draft = await drafts.get(tx, ref)
        if draft is None or draft.action != KIND or draft.guild is None:
            return tr(texts.NOT_HERE)
        kept = json.loads(draft.target)
        pause = await pauses.get(tx, kept["pause"])
        if pause is None:
            return tr(texts.NOT_HERE)
        if pause.ended_at is not None:
            return texts.over(pause)
        if not await _may_end(tx, pause, actor):
            return tr(texts.ONLY_THE_OWNER)
        held = await pauses.held(tx, pause.id)
        if held != kept["held"]:
            note = tr("This has changed since you saw it. Please check again.")
            return await self._ask(tx, pause, actor, draft.guild, note)
        how = "send" if send else "drop"
        await drafts.settle(tx, ref, version=draft.version, state=how, by=actor, now=self._ctx.clock.now())
        about = await concerned(tx, pause)
        handles = await handles_of(tx, about)
        said = await outgoing_messages.of(tx, held)
        await self._end(tx, pause, actor, about, f"{how}: {len(held)}")
        for effect in held:
            if send:
                await self._holding.waiting.let_go(tx, effect, f"unpaused:{pause.id}")
            else:
                await self._holding.waiting.give_up(tx, effect, f"unpaused:{pause.id}", GIVEN_UP)
        return texts.ended(pause, handles, said, how)

    async def _end(
        self, tx: Transaction, pause: Pause, actor: DiscordId, about: Sequence[CreatorId], outcome: str
    ) -> None:
        await pauses.end(tx, pause.id, by=actor, now=self._ctx.clock.now())
        await self._holding.note(tx, pause, about, "pause.off", outcome, by=actor)
        if pause.kind is PauseKind.MEMBER:
            return
        for creator in about:
            handles = await handles_of(tx, [creator])
            async with in_channels(tx, creator):
                sentence = tr(
                    "▶ By <@{actor}>: {subject} can be sent from now on.",
                    actor=actor,
                    subject=texts.subject(pause, handles),
                )
                post = Post(title=tr("Sending resumes"), body=(sentence,))
            await self._ctx.effects.add(
                tx, wanted_alert(creator, cause=pause.id, part=f"off:{creator}", post=post)
            )


async def _may_end(tx: Transaction, pause: Pause, actor: DiscordId) -> bool:
    """Only the owner ends an owner's pause; that they may pause at all was asked before."""
    if pause.kind is PauseKind.ALL:
        return pause.subject == actor
    link = await creators.open_link(tx, pause.creator) if pause.creator is not None else None
    return link is None or pause.by != link.discord_user or actor == link.discord_user
