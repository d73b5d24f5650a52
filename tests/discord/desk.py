"""Use cases in memory that keep, refuse, accept and cancel like the real ones."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

import asyncio
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.discord.command_quota import CommandQuota
from bot.engine.commands import CommandWish
from bot.model.ports import MessageToFan
from bot.relay.forum_places import ForumOwnership, SetupCandidate, SetupDone
from bot.relay.replies import ReplyWish
from bot.text.reply_rules import ReplyRefused, compose
from storage.engine.write_watch import note_write
from storage.errors import DatabaseUnreachable
from storage.records import (
    CommandId,
    Creator,
    CreatorId,
    DiscordId,
    DraftId,
    EffectId,
    Forum,
    Link,
    LinkId,
    LinkState,
)

MILA = CreatorId("6f2d8a10-0000-4000-8000-000000000001")


# Each stands in a bot's services under the class of the real one.
DeskServices = dict[type[Any], Any]


@dataclass
class Kept:
    """A command and how far it is."""

    wish: CommandWish
    action: str
    state: str = "staged"
    message: MessageToFan | None = None


@dataclass
class Desk:
    """Commands, replies, linking and places of one evening."""

    kept: dict[CommandId, Kept] = field(default_factory=dict)
    sent: list[tuple[DiscordId, MessageToFan]] = field(default_factory=list)
    settled: list[tuple[str, str, DiscordId]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    forums: dict[DiscordId, Forum] = field(default_factory=dict)
    fans: set[DiscordId] = field(default_factory=set)  # threads that belong to a fan
    home: DiscordId | None = None  # the server where the fans' threads are
    members: dict[DiscordId, str] = field(default_factory=dict)  # what people are, likewise
    roles: dict[DiscordId, str] = field(default_factory=dict)  # what Discord roles are for every creator
    asked: dict[str, DiscordId] = field(default_factory=dict)  # pending link -> its only answerer
    creators: dict[CreatorId, Creator] = field(default_factory=dict)
    chats: dict[tuple[str, DiscordId], DiscordId] = field(default_factory=dict)  # (alert, server) -> thread
    waiting: dict[EffectId, CreatorId] = field(default_factory=dict)  # what waits for a person, and whose
    words: dict[EffectId, tuple[str, DiscordId]] = field(default_factory=dict)  # what was said of it, by whom
    pages: list[tuple[tuple[CreatorId, ...], int]] = field(default_factory=list)  # which lists were asked for
    noticed: list[tuple[str, int]] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    denied: list[tuple[int, str, CreatorId]] = field(default_factory=list)  # who tried what, about whom
    unserved: dict[DiscordId, str] = field(default_factory=dict)  # servers that are not served, likewise
    which: dict[DraftId, tuple[DiscordId, DiscordId, Mapping[str, Any]]] = field(default_factory=dict)
    elsewhere: dict[DiscordId, str] = field(default_factory=dict)  # servers of another bot, and what is said
    claimed: dict[DiscordId, str] = field(default_factory=dict)  # the same, not known before they are claimed
    quota: CommandQuota | None = None  # without one, as many commands as they like
    broken: bool = False  # raises what nobody foresaw
    breaks: str = "stage"  # a reply, at this step
    away: str = ""  # the step of a reply at which the database is away
    slow: asyncio.Event | None = None  # staging waits for it
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def spend(self, person: DiscordId) -> int:
        """After how many seconds somebody may give the next command."""
        return self.quota.spend(person) if self.quota else 0

    async def other_bots(self, guild: DiscordId) -> str | None:
        """What is said on a server of another bot."""
        return self.elsewhere.get(guild)

    async def until_noticed(self, what: str, which: int) -> None:
        """Return when this was noticed."""
        async with asyncio.timeout(60):
            while (what, which) not in self.noticed:
                self.heard.clear()
                await self.heard.wait()

    async def note_denied(self, actor: Actor, action: Action, creator: CreatorId) -> None:
        self.denied.append((actor.user, action, creator))
        self.heard.set()

    async def until_denied(self, times: int) -> None:
        """Return when so many tries were noted."""
        async with asyncio.timeout(60):
            while len(self.denied) < times:
                self.heard.clear()
                await self.heard.wait()

    def reach(self, step: str) -> None:
        """Raises DatabaseUnreachable where the database is away at this step of a reply."""
        if self.away == step:
            raise DatabaseUnreachable("Nothing was stored: the server is away.")

    def states(self, action: str) -> list[str]:
        return [kept.state for kept in self.kept.values() if kept.action == action]

    def link_up(self, user: DiscordId, handle: str, guild: DiscordId, **changes: Any) -> Link:
        number = next(self._numbers)
        link = Link(
            id=LinkId(f"link{number:018d}"),
            creator=CreatorId(f"{MILA[:-4]}{number:04d}"),
            discord_user=user,
            guild=guild,
            generation=1,
            state=LinkState.ACTIVE,
            scopes="read:chat write:chat",
            handle=handle,
        )
        link = replace(link, **changes)
        self.links.append(link)
        self.creators[link.creator] = Creator(link.creator, handle, handle.title())
        return link

    def keep(self, wish: CommandWish, action: str, message: MessageToFan | None = None) -> CommandId | None:
        if any(kept.wish.interaction == wish.interaction for kept in self.kept.values()):
            return None
        command = CommandId(f"cmd{next(self._numbers):019d}")
        self.kept[command] = Kept(wish, action, message=message)
        note_write()
        return command


class DeskCommands:
    """`Commands` of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def stage(
        self,
        wish: CommandWish,
        *,
        action: str,
        target: str = "",
        creator: CreatorId | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> CommandId | None:
        return self._desk.keep(wish, action)

    async def accept(self, command: CommandId) -> bool:
        kept = self._desk.kept[command]
        taken = kept.state == "staged"
        kept.state = "accepted" if taken else kept.state
        return taken

    async def cancel(self, command: CommandId) -> None:
        self._desk.kept[command].state = "cancelled"


class DeskReplies:
    """`Replies` of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def stage(self, reply: ReplyWish) -> CommandId:
        if self._desk.slow is not None:
            await self._desk.slow.wait()
        self._desk.reach("stage")
        if self._desk.broken and self._desk.breaks == "stage":
            raise RuntimeError("the secret text " + (reply.text or ""))
        message = compose(reply.text, reply.price, reply.media, reply.preview)
        if reply.wish.channel not in self._desk.fans:
            raise ReplyRefused("This isn't a fan's thread.")
        command = self._desk.keep(reply.wish, "reply", message)
        if command is None:
            raise ReplyRefused("This was already taken.")
        return command

    async def accept(self, command: CommandId, *, told: bool = True) -> str:
        self._desk.reach("accept")
        kept = self._desk.kept[command]
        if self._desk.broken and self._desk.breaks == "accept":
            raise RuntimeError("the secret text")
        if kept.state != "staged" or kept.message is None:
            raise ReplyRefused("Discord timed out, so this was not sent.")
        kept.state = "accepted"
        self._desk.sent.append((kept.wish.channel, kept.message))
        return "On its way to Nora."

    async def again(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        return self._settle("again", reply, actor, "On its way again.")

    async def drop(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        return self._settle("drop", reply, actor, "Discarded. Not sent.")

    def _settle(self, how: str, reply: str, actor: DiscordId, words: str) -> str:
        if any(done == reply for _, done, _ in self._desk.settled):
            return "Somebody was faster."
        self._desk.settled.append((how, reply, actor))
        return words


class DeskPlaces:
    """`Places` of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def claim(self, guild: DiscordId) -> str | None:
        return self._desk.claimed.get(guild)

    async def candidates(self, guild: DiscordId) -> Sequence[SetupCandidate]:
        desk, here = self._desk, {one.creator for one in self._desk.forums.values() if one.guild == guild}
        housed = {one.creator for one in desk.forums.values()}
        links = {one.creator: one for one in desk.links}
        able = [one for one in desk.creators if one in here]
        able += [one for one in links if one not in housed and links[one].guild == guild]
        return [
            SetupCandidate(
                desk.creators[one],
                links[one].discord_user if one in links else None,
                tuple(forum for forum in desk.forums.values() if forum.creator == one),
            )
            for one in able
        ]

    async def ask(self, by: DiscordId, guild: DiscordId, typed: Mapping[str, Any]) -> DraftId:
        ref = DraftId(f"which{next(self._desk._numbers):017d}")
        self._desk.which[ref] = (by, guild, typed)
        return ref

    async def asked(self, ref: str, by: DiscordId, guild: DiscordId) -> Mapping[str, Any] | None:
        found = self._desk.which.get(DraftId(ref))
        return self._desk.which.pop(DraftId(ref))[2] if found and found[:2] == (by, guild) else None

    async def add(self, forum: Forum, done: SetupDone) -> ForumOwnership | None:
        desk = self._desk
        desk.forums[forum.id] = replace(forum, creator=done.creator)
        known = desk.creators.get(done.creator) if done.creator else None
        owner = next((one.discord_user for one in desk.links if one.creator == done.creator), None)
        outside = done.team if done.by != owner else None
        return ForumOwnership(known, outside, away=False) if known is not None else None

    async def keep(self, forum: Forum, *, by: DiscordId, team: DiscordId | None) -> None:
        self._desk.forums[forum.id] = forum

    async def chat_of(self, alert: EffectId, guild: DiscordId) -> DiscordId | None:
        return self._desk.chats.get((alert, guild))

    async def of_guild(self, guild: DiscordId) -> Sequence[Forum]:
        return [forum for forum in self._desk.forums.values() if forum.guild == guild]

    async def remove(self, forum: DiscordId) -> None:
        del self._desk.forums[forum]


class DeskNoticing:
    """`Noticing` of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def changed(self, guild: DiscordId) -> None:
        self._note("changed", guild)

    def joined(self, guild: DiscordId, channel: DiscordId) -> None:
        self._note("joined", guild)

    def removed(self, guild: DiscordId) -> None:
        self._note("removed", guild)

    def deleted(self, message: DiscordId) -> None:
        self._note("deleted", message)

    def posted(self, channel: DiscordId, message: DiscordId) -> None:
        self._note("posted", message)

    def _note(self, what: str, which: int) -> None:
        self._desk.noticed.append((what, which))
        self._desk.heard.set()
