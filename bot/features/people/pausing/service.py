"""Stops what is sent: for a member, for a creator, for all of an owner's."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.access.permits import Actor, standing_of
from bot.access.roles import TeamRole, rank
from bot.engine.channel_languages import in_channels
from bot.engine.outbox import wanted_alert
from bot.features.people.pausing import texts
from bot.features.people.pausing.backlog import PauseBacklog
from bot.features.people.pausing.today_service import TodayMessagesService
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import creators, outgoing_messages, pauses
from storage.people.pauses import Pause, PauseKind
from storage.records import CreatorId, DiscordId, EffectState


@dataclass(frozen=True)
class PauseRequest:
    """A request to pause. `creator` is None for all that `by` has connected."""

    by: Actor
    creator: CreatorId | None = None
    member: Actor | None = None  # where only one member is meant


class PauseService:
    """Takes effect with its commit: anything not begun then does not leave."""

    def __init__(self, ctx: Context, *, holding: PauseBacklog, today: TodayMessagesService) -> None:
        self._ctx = ctx
        self._holding = holding
        self._today = today

    async def member(self, by: Actor, creator: CreatorId, member: Actor) -> Post | str:
        """Hold what one member sends for a creator; a sentence where they may not be paused."""
        return await self._ctx.database.write(lambda tx: self._pause(tx, PauseRequest(by, creator, member)))

    async def creator(self, by: Actor, creator: CreatorId) -> Post | str:
        """Hold everything in a creator's name; the answer lists what is held and what was under way."""
        return await self._ctx.database.write(lambda tx: self._pause(tx, PauseRequest(by, creator)))

    async def everything(self, by: Actor) -> Post | str:
        """Hold everything of every creator whom this person has connected, now or later."""
        return await self._ctx.database.write(lambda tx: self._pause(tx, PauseRequest(by)))

    async def _pause(self, tx: Transaction, stop: PauseRequest) -> Post | str:
        if refusal := await self._why_not(tx, stop):
            return refusal
        wanted = self._wanted(stop)
        about = await concerned(tx, wanted)
        if not about:
            return tr(texts.NOBODY)
        fresh = await pauses.begin(tx, wanted)
        pause = wanted if fresh else await pauses.like(tx, wanted) or wanted
        waiting = await pauses.covered(tx, pause.id, EffectState.PENDING)
        under_way = await pauses.covered(tx, pause.id, EffectState.SENDING)
        if fresh:
            for effect in waiting:
                await self._holding.waiting.show(tx, effect, f"paused:{pause.id}")
            await self._holding.note(tx, pause, about, "pause.on", f"{len(waiting)} held")
            await self._announce(tx, pause, about)
        handles = await handles_of(tx, about)
        lines = texts.begun(
            pause, handles, await outgoing_messages.of(tx, waiting), await outgoing_messages.of(tx, under_way)
        )
        lines += texts.scheduled(await self._holding.scheduled(tx, about))
        shows = await self._shows(tx, stop, about)
        return texts.paused(lines, pause, shows, already=not fresh)

    async def _why_not(self, tx: Transaction, stop: PauseRequest) -> str | None:
        if stop.creator is None or stop.member is None:
            return None
        theirs = await standing_of(tx, stop.member, stop.creator)
        mine = await standing_of(tx, stop.by, stop.creator)
        if theirs is not None and theirs.role is TeamRole.OWNER:
            return tr(texts.NOT_THE_OWNER)
        owner = mine is not None and mine.role is TeamRole.OWNER
        if theirs is not None and not owner and (mine is None or rank(theirs.role) >= rank(mine.role)):
            return tr(texts.NOT_YOUR_EQUAL)
        return None

    def _wanted(self, stop: PauseRequest) -> Pause:
        kind = (
            PauseKind.MEMBER if stop.member else PauseKind.ALL if stop.creator is None else PauseKind.CREATOR
        )
        subject = {
            PauseKind.ALL: stop.by.user,
            PauseKind.MEMBER: stop.member.user if stop.member else None,
        }.get(kind)
        return Pause(self._ctx.ids.new(), kind, stop.creator, subject, stop.by.user, self._ctx.clock.now())

    async def _shows(self, tx: Transaction, stop: PauseRequest, about: Sequence[CreatorId]) -> list[Button]:
        """A button for today's messages of each, as many as fit in one row with the one that ends it."""
        made = []
        for creator, handle in zip(about[:4], await handles_of(tx, about[:4]), strict=True):
            ref = await self._today.keep(tx, creator, stop.by.user, stop.by.guild or DiscordId(0))
            label = tr("Today's messages") if len(about) == 1 else tr("Today: @{handle}", handle=handle)
            made.append(Button(texts.SHOW, ref, label[:80]))
        return made

    async def _announce(self, tx: Transaction, pause: Pause, about: Sequence[CreatorId]) -> None:
        if pause.kind is PauseKind.MEMBER:
            return  # nobody else's business
        for creator in about:
            handles = await handles_of(tx, [creator])
            async with in_channels(tx, creator):
                sentence = tr(
                    "⏸ From now on {subject} is held, by <@{by}>. Replies are refused until the pause "
                    "ends; what is waiting stays there.",
                    subject=texts.subject(pause, handles),
                    by=pause.by,
                )
                post = Post(title=tr("Sending is paused"), body=(sentence,))
            await self._ctx.effects.add(
                tx, wanted_alert(creator, cause=pause.id, part=f"on:{creator}", post=post)
            )


async def concerned(tx: Transaction, pause: Pause) -> list[CreatorId]:
    """The creators that a pause is about now."""
    if pause.creator is not None:
        return [pause.creator]
    if pause.subject is None:
        return []
    return [link.creator for link in await creators.links_of(tx, pause.subject)]


async def handles_of(tx: Transaction, about: Sequence[CreatorId]) -> list[str]:
    """Their handles, in this order."""
    known = [await creators.get(tx, creator) for creator in about]
    return [one.handle if one is not None else tr("a creator") for one in known]
