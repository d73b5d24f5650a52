"""Forums for creators' fans on a server, each bound to its named creator."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.access.admission import server_says_yes, team_is_let_in
from bot.access.policy import ChannelKind
from bot.access.questions import LIFE
from bot.engine.channel_languages import spoken_in
from bot.engine.server_consent import away, go_on
from bot.relay.channel_access import ChannelReaders, follow, readers_of
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts, outbox
from storage.engine.drafts import Draft
from storage.inbox import forum_setups, forums, threads
from storage.people import consents, creators
from storage.records import Creator, CreatorId, DiscordId, DraftId, EffectId, FanThread, Forum, Millis

_WHICH = "setup.which"  # of the drafts that wait until it is said for whom a /setup is


@dataclass(frozen=True)
class SetupCandidate:
    """A creator who could be meant by a /setup on this server."""

    creator: Creator
    owner: DiscordId | None  # who connected them; None: nobody now
    forums: tuple[Forum, ...]  # of this server, oldest first; one that was deleted may be among them
    readers: ChannelReaders = field(default_factory=lambda: ChannelReaders({}))  # who is granted to see these
    language: str = "en"  # of their channels


@dataclass(frozen=True)
class ForumOwnership:
    """A forum's creator now. `outside`: a chosen role that does not see it: its owner did not let it in.

    `away`: the owner has taken their word back, so nothing is posted yet.
    """

    creator: Creator
    outside: DiscordId | None
    away: bool


@dataclass(frozen=True)
class SetupDone:
    """Somebody's /setup: the chosen creator (None: one who connects later), and the role."""

    by: DiscordId
    creator: CreatorId | None
    team: DiscordId | None


class ForumPlaces:
    """Remembers what /setup made, and for whom. Nothing is bound here that nobody named."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._trail = ctx.effects.trail

    async def claim(self, guild: DiscordId) -> str | None:
        """Before anything is made on a server: None, and it is this bot's; else a sentence."""
        now = self._ctx.clock.now()
        return await self._ctx.database.write(lambda tx: self._ctx.serving.claim(tx, guild, now=now))

    async def candidates(self, guild: DiscordId) -> list[SetupCandidate]:
        """Creators for a /setup here: those with a forum here, and those whose owner linked them here.

        A creator with a forum on another server, not left yet, is not among them.
        """
        return await self._ctx.database.read(lambda tx: _candidates(tx, guild))

    async def add(self, forum: Forum, done: SetupDone) -> ForumOwnership | None:
        """Remember a forum that is closed to all but those who are let in; it becomes the chosen creator's.

        All of theirs that waits for the forum, or was paused until it is good again, goes on at once.
        None: it waits for the person who says at their link that it is theirs.
        """

        async def work(tx: Transaction) -> ForumOwnership | None:
            now = self._ctx.clock.now()
            there = await forums.get(tx, forum.id)
            if there is not None and there.creator not in (None, done.creator):
                return None  # another creator's: nothing of it is touched
            await forums.add(tx, replace(forum, creator=None), now)
            await forum_setups.note(tx, forum.id, by=done.by, team=done.team, now=now)
            creator = await _owner_of(tx, forum, done)
            target = f"forum:{forum.id}"
            await self._trail.write(tx, "setup", "done", target=target, actor=done.by, creator=creator)
            if creator is None:
                return None
            await forums.bind(tx, forum.id, creator)
            await server_says_yes(tx, forum, creator, now=now)
            outside = await self._outside(tx, forum, creator, done, now)
            await go_on(tx, self._ctx.dispatch, creator, now=now)
            known = await creators.get(tx, creator)
            return ForumOwnership(known, outside, await away(tx, creator)) if known is not None else None

        return await self._ctx.database.write(work)

    async def _outside(
        self, tx: Transaction, forum: Forum, creator: CreatorId, done: SetupDone, now: Millis
    ) -> DiscordId | None:
        """The role that was chosen, if it is not let in."""
        if done.team is None:
            return None
        let_in = await team_is_let_in(
            tx, creator, forum.guild, done.team, by=done.by, grant_id=self._ctx.ids.new(), now=now
        )
        if not let_in:
            return done.team
        await follow(tx, self._ctx.effects, creator, forum.guild, cause=self._ctx.ids.new())
        return None

    async def ask(self, by: DiscordId, guild: DiscordId, typed: Mapping[str, Any]) -> DraftId:
        """Keep what was typed until it is said for whom it is; the list with the answers names it."""
        now = self._ctx.clock.now()
        draft = Draft(
            id=DraftId(self._ctx.ids.new()),
            action=_WHICH,
            state="open",
            version=1,
            creator=None,
            target=json.dumps(typed),
            owner=by,
            guild=guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + LIFE,
        )
        await self._ctx.database.write(lambda tx: drafts.open_draft(tx, draft))
        return draft.id

    async def asked(self, ref: str, by: DiscordId, guild: DiscordId) -> Mapping[str, Any] | None:
        """The typed values, once; None: that is no open question of theirs here."""

        async def work(tx: Transaction) -> Mapping[str, Any] | None:
            draft = await drafts.get(tx, DraftId(ref))
            if draft is None or (draft.action, draft.owner, draft.guild) != (_WHICH, by, guild):
                return None
            now = self._ctx.clock.now()
            if not await drafts.settle(tx, draft.id, version=1, state="answered", by=by, now=now):
                return None
            typed: Mapping[str, Any] = json.loads(draft.target)
            return typed

        return await self._ctx.database.write(work)

    async def keep(self, forum: Forum, *, by: DiscordId, team: DiscordId | None) -> None:
        """Remember what was repaired of another forum of a creator who has one."""

        async def work(tx: Transaction) -> None:
            now = self._ctx.clock.now()
            await forums.add(tx, forum, now)
            await forum_setups.note(tx, forum.id, by=by, team=team, now=now)

        await self._ctx.database.write(work)

    async def of_guild(self, guild: DiscordId) -> list[Forum]:
        """The forums of a server."""
        return await self._ctx.database.read(lambda tx: forums.of_guild(tx, guild))

    async def remove(self, forum: DiscordId) -> None:
        """Forget a forum that Discord no longer has."""
        await self._ctx.database.write(lambda tx: forums.remove(tx, forum))

    async def creator(self, creator: CreatorId) -> Creator | None:
        """A creator that somebody has linked."""
        return await self._ctx.database.read(lambda tx: creators.get(tx, creator))

    async def chat_of(self, alert: EffectId, guild: DiscordId) -> DiscordId | None:
        """The thread of the fan whom an alert is about; None when this server has none."""

        async def work(tx: Transaction) -> DiscordId | None:
            effect = await outbox.get(tx, alert)
            if effect is None or effect.fan is None:
                return None
            thread = await threads.current(tx, effect.creator, effect.fan)
            return thread.thread if thread and thread.guild == guild and thread.state == "open" else None

        return await self._ctx.database.read(work)

    async def thread(self, channel: DiscordId) -> FanThread | None:
        """The fan whose thread this channel is."""
        return await self._ctx.database.read(lambda tx: threads.by_discord(tx, channel))


async def _candidates(tx: Transaction, guild: DiscordId) -> list[SetupCandidate]:
    here: dict[CreatorId, list[Forum]] = {}
    for forum in await forums.of_guild(tx, guild):
        if forum.creator is not None:
            here.setdefault(forum.creator, []).append(forum)
    linked = [one for one in await creators.linked_on(tx, guild) if await _homeless(tx, one)]
    found = []
    for creator in dict.fromkeys([*here, *linked]):
        known, link = await creators.get(tx, creator), await creators.open_link(tx, creator)
        if known is not None:
            owner, theirs = link.discord_user if link is not None else None, tuple(here.get(creator, ()))
            readers = await readers_of(tx, creator, guild, ChannelKind.FORUM)
            found.append(SetupCandidate(known, owner, theirs, readers, await spoken_in(tx, creator)))
    return found


async def _homeless(tx: Transaction, creator: CreatorId) -> bool:
    """Whether they have no forum anywhere; one on a server that they have left counts no more."""
    forum = await forums.of_creator(tx, creator)
    return forum is None or forum.guild in await consents.left(tx, creator)


async def _owner_of(tx: Transaction, forum: Forum, done: SetupDone) -> CreatorId | None:
    """Its creator, now or by this; None: it was chosen for nobody, or that cannot be any more."""
    there = await forums.get(tx, forum.id)
    if there is not None and there.creator is not None:
        return there.creator
    able = {one.creator.id for one in await _candidates(tx, forum.guild)}
    return done.creator if done.creator in able else None
