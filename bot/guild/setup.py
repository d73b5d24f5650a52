"""Makes or repairs a creator's channels on a server; can be run again at any time."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.guild import layout
from bot.guild.direct import Direct
from bot.guild.layout import CATEGORY, FORUM, TEXT
from storage.records import CreatorId, DiscordId, Forum

Json = Mapping[str, Any]


class SetupRefused(Exception):
    """Raised when a person must decide or do something first; str() is the sentence for them."""


@dataclass(frozen=True)
class SetupWish:
    """What was asked for. `known`: the forums of this server that the bridge remembers."""

    guild: DiscordId
    bot: DiscordId
    category: DiscordId | None = None
    team: DiscordId | None = None
    creator_name: str | None = None
    known: Sequence[Forum] = ()
    may_let_in: Collection[CreatorId] = ()  # creators whose team the asking person manages


@dataclass(frozen=True)
class Made:
    """What is there now, and one sentence for each thing that was done."""

    forum: Forum
    did: tuple[str, ...]
    has_team: bool  # whether a role besides the bot can see the forum
    gone: tuple[DiscordId, ...]  # remembered forums that somebody deleted
    more: tuple[Forum, ...] = ()  # the creator's other forums, repaired likewise


@dataclass
class _Run:
    """One run: what was asked, what the server has, what was done so far."""

    wish: SetupWish
    channels: list[Json]
    did: list[str] = field(default_factory=list)

    def who(self, kind: int) -> list[dict[str, Any]]:
        wish = self.wish
        return layout.overwrites(kind, guild=wish.guild, bot=wish.bot, team=wish.team)

    def by_id(self, channel: DiscordId | None) -> Json | None:
        return next((one for one in self.channels if one["id"] == str(channel)), None)


class Setup:
    """One category, one private age-restricted forum and one alerts channel for a creator."""

    def __init__(self, direct: Direct) -> None:
        self._direct = direct

    async def run(self, wish: SetupWish) -> Made:
        """Find, make and repair. Raises SetupRefused, or a failure of `bot.relay.errors`.

        Every request is sent once. After a lost answer the next run finds what was made.
        """
        run = _Run(wish, await self._direct.call("GET", f"/guilds/{wish.guild}/channels"))
        known = _chosen(run)
        _must_be_theirs(run, known)
        forum_name, alerts_name = _names(run, known)
        category = await self._category(run, known, forum_name)
        forum = await self._channel(run, FORUM, forum_name, category, known.id if known else None)
        alerts = await self._channel(run, TEXT, alerts_name, category, known.alerts if known else None)
        first = Forum(
            id=DiscordId(int(forum["id"])),
            guild=wish.guild,
            category=category,
            alerts=DiscordId(int(alerts["id"])),
            creator=known.creator if known else None,
            tags=json.dumps(layout.tag_ids(forum)),
        )
        more = [await self._another(run, first, other) for other in _others(run, known)]
        return Made(
            first,
            tuple(run.did),
            layout.has_team(forum, wish.guild),
            tuple(forum.id for forum in wish.known if run.by_id(forum.id) is None),
            tuple(more),
        )

    async def _another(self, run: _Run, first: Forum, other: Forum) -> Forum:
        channel = run.by_id(other.id)
        assert channel is not None, "it is there"
        mended = await self._repair(run, channel)
        return replace(other, alerts=first.alerts, tags=json.dumps(layout.tag_ids(mended)))

    async def _category(self, run: _Run, known: Forum | None, forum_name: str) -> DiscordId:
        wish = run.wish
        if wish.category is not None:
            return wish.category  # a person's own choice: its permissions are theirs
        found = run.by_id(known.category) if known else None
        name = layout.CATEGORY_NAME
        if found is None:
            name, found = layout.category_for(run.channels, forum_name, bot=wish.bot)
        if found is None:
            found = await self._make(run, CATEGORY, name, None)
        elif layout.is_ours(found, wish.bot):
            found = await self._repair(run, found)
        return DiscordId(int(found["id"]))

    async def _channel(
        self, run: _Run, kind: int, name: str, parent: DiscordId, known: DiscordId | None
    ) -> Json:
        found = run.by_id(known) or layout.find(run.channels, kind, name, parent=parent, bot=run.wish.bot)
        if found is None:
            return await self._make(run, kind, name, parent)
        return await self._repair(run, found)

    async def _make(self, run: _Run, kind: int, name: str, parent: DiscordId | None) -> Json:
        body = layout.new_channel(kind, name, parent=parent, who=run.who(kind))
        made: Json = await self._direct.call("POST", f"/guilds/{run.wish.guild}/channels", body)
        words = {CATEGORY: "the category", FORUM: "the forum", TEXT: "the alerts channel"}
        run.did.append(f"Made {words[kind]} {_named(made)}.")
        return made

    async def _repair(self, run: _Run, channel: Json) -> Json:
        body, mended = layout.repair(channel, run.who(channel["type"]))
        if not body:
            return channel
        mended_channel: Json = await self._direct.call(
            "PATCH", f"/channels/{channel['id']}", body, place=_named(channel)
        )
        run.did.append(f"{_named(channel)}: {', '.join(mended)}.")
        return mended_channel


def _chosen(run: _Run) -> Forum | None:
    """The remembered forum that this run is about; None: a new one."""
    alive = _firsts(run)
    if run.wish.creator_name:
        wanted, _ = layout.names(run.wish.creator_name)
        return next((forum for forum in alive if _stem(run, forum) == wanted), None)
    if len(alive) > 1:
        raise SetupRefused(
            "There are several creators on this server. Run /setup again with creator-name: an existing "
            "name repairs that creator's channels, a new name makes new ones."
        )
    return alive[0] if alive else None


def _firsts(run: _Run) -> list[Forum]:
    """The first forum of each creator that is there; one that no creator has yet counts by itself."""
    found: dict[CreatorId | DiscordId, Forum] = {}
    for forum in run.wish.known:
        if run.by_id(forum.id) is not None:
            found.setdefault(forum.creator if forum.creator is not None else forum.id, forum)
    return list(found.values())


def _others(run: _Run, known: Forum | None) -> list[Forum]:
    """The other forums of the same creator that are there."""
    if known is None or known.creator is None:
        return []
    theirs = (forum for forum in run.wish.known if forum.creator == known.creator and forum.id != known.id)
    return [forum for forum in theirs if run.by_id(forum.id) is not None]


def _stem(run: _Run, forum: Forum) -> str:
    return layout.stem((run.by_id(forum.id) or {}).get("name", ""))


def _must_be_theirs(run: _Run, known: Forum | None) -> None:
    """Who sees what a creator's fans write is for the creator's owner to say, not for the server alone."""
    wish, there = run.wish, run.by_id(known.id if known else None)
    if wish.team is None or known is None or known.creator is None or known.creator in wish.may_let_in:
        return
    if there is None or not layout.sees(there, wish.team):
        raise SetupRefused(
            "This forum belongs to a creator already, so its owner decides who reads it: they use /team "
            "grant, or run /setup with team themselves. Nothing was changed."
        )


def _names(run: _Run, known: Forum | None) -> tuple[str, str]:
    """A channel that was deleted is made again under the name that fits its sibling."""
    forum = run.by_id(known.id) if known else None
    if forum is None:
        return layout.names(run.wish.creator_name)
    return layout.names(layout.stem(forum["name"]).removesuffix("fans"))


def _named(channel: Json) -> str:
    return f"“{channel['name']}”" if channel["type"] == CATEGORY else f"<#{channel['id']}>"
