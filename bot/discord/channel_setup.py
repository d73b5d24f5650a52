"""Makes or repairs a creator's channels on a server; can be run again at any time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.discord import channel_layout, forum_tags
from bot.discord.channel_layout import CATEGORY, FORUM, TEXT
from bot.discord.direct_requests import DirectRequests
from bot.discord.setup_rules import SetupMeaning
from bot.model.language import ENGLISH, msgid, speaking, tr
from bot.relay.channel_access import ChannelReaders
from storage.records import DiscordId, Forum

Json = Mapping[str, Any]
_MADE = {
    CATEGORY: msgid("Made the category {name}."),
    FORUM: msgid("Made the forum {name}."),
    TEXT: msgid("Made the alerts channel {name}."),
}


@dataclass(frozen=True)
class SetupWish:
    """A setup request. `known`: the forums of this server that the bridge remembers."""

    guild: DiscordId
    bot: DiscordId
    about: SetupMeaning
    category: DiscordId | None = None
    creator_name: str | None = None
    known: Sequence[Forum] = ()
    language: str = ENGLISH  # what the channels speak, whoever asks


@dataclass(frozen=True)
class ChannelSetupResult:
    """The channels now, and one sentence for each thing that was done."""

    forum: Forum
    did: tuple[str, ...]
    gone: tuple[DiscordId, ...]  # remembered forums that somebody deleted, of this creator or of none
    more: tuple[Forum, ...] = ()  # the creator's other forums, repaired likewise


@dataclass
class _SetupRun:
    """One run: the request, the server's channels, the work done so far."""

    wish: SetupWish
    channels: Sequence[Json]
    did: list[str] = field(default_factory=list)

    @property
    def readers(self) -> ChannelReaders:
        """The readers granted this creator's channels: nobody yet where there is none."""
        candidate = self.wish.about.candidate
        return candidate.readers if candidate is not None else ChannelReaders({})

    @property
    def keep(self) -> set[str]:
        """Discord's ids of those who may see them."""
        wish, readers = self.wish, self.readers
        return {str(one) for one in (wish.guild, wish.bot, *readers.roles, *readers.members)}

    def who(self, kind: int) -> list[dict[str, Any]]:
        wish = self.wish
        return channel_layout.overwrites(kind, guild=wish.guild, bot=wish.bot, readers=self.readers.roles)

    def by_id(self, channel: DiscordId | None) -> Json | None:
        return next((one for one in self.channels if one["id"] == str(channel)), None)

    def left_behind(self, known: Forum | None) -> list[Json]:
        """Channels that may be of an interrupted run: those of which it is not known whose they are."""
        others = [forum for forum in self.wish.known if known is None or forum.id != known.id]
        taken = {str(one) for forum in others for one in (forum.id, forum.alerts)}
        return [one for one in self.channels if one["id"] not in taken]


class ChannelSetup:
    """One category, one private age-restricted forum and one alerts channel for a creator."""

    def __init__(self, direct: DirectRequests) -> None:
        self._direct = direct

    async def channels(self, guild: DiscordId) -> Sequence[Json]:
        """Return its channels. Raises a failure of `bot.model.errors`."""
        found: Sequence[Json] = await self._direct.call("GET", f"/guilds/{guild}/channels")
        return found

    async def run(self, wish: SetupWish, channels: Sequence[Json]) -> ChannelSetupResult:
        """Find, make and repair. Raises a failure of `bot.model.errors`.

        What becomes a creator's by this is closed to everybody who is not granted to see it, before it does.
        Every request is sent once. After a lost answer the next run finds what was made.
        """
        run = _SetupRun(wish, channels)
        known = wish.about.forum
        forum_name, alerts_name = _names(run, known)
        category = await self._category(run, known, forum_name)
        forum = await self._channel(run, FORUM, forum_name, category, known, known.id if known else None)
        alerts = await self._channel(run, TEXT, alerts_name, category, known, known.alerts if known else None)
        first = Forum(
            id=DiscordId(int(forum["id"])),
            guild=wish.guild,
            category=category,
            alerts=DiscordId(int(alerts["id"])),
            creator=known.creator if known else None,
            tags=json.dumps(forum_tags.tag_ids(forum)),
            name=str(forum["name"]),
        )
        more = [await self._another(run, first, other) for other in _others(run, first)]
        return ChannelSetupResult(first, tuple(run.did), tuple(_gone(run)), tuple(more))

    async def _another(self, run: _SetupRun, first: Forum, other: Forum) -> Forum:
        channel = run.by_id(other.id)
        assert channel is not None, "it is there"
        mended = await self._repair(run, channel)
        return replace(other, alerts=first.alerts, tags=json.dumps(forum_tags.tag_ids(mended)))

    async def _category(self, run: _SetupRun, known: Forum | None, forum_name: str) -> DiscordId:
        wish = run.wish
        if wish.category is not None:
            return wish.category  # a person's own choice: its permissions are theirs
        found = run.by_id(known.category) if known else None
        name = channel_layout.CATEGORY_NAME
        if found is None:
            name, found = channel_layout.category_for(run.channels, forum_name, bot=wish.bot)
        if found is None:
            found = await self._make(run, CATEGORY, name, None)
        elif channel_layout.is_ours(found, wish.bot):
            found = await self._repair(run, found)
        return DiscordId(int(found["id"]))

    async def _channel(  # which it is, and what is known of it
        self,
        run: _SetupRun,
        kind: int,
        name: str,
        parent: DiscordId,
        forum: Forum | None,
        known: DiscordId | None,
    ) -> Json:
        found = run.by_id(known) or channel_layout.find(
            run.left_behind(forum), kind, name, parent=parent, bot=run.wish.bot
        )
        if found is None:
            return await self._make(run, kind, name, parent)
        theirs = forum is not None and forum.creator is not None and found["id"] == str(known)
        return await self._repair(run, found, closing=not theirs)

    async def _make(self, run: _SetupRun, kind: int, name: str, parent: DiscordId | None) -> Json:
        with speaking(run.wish.language):
            body = channel_layout.new_channel(kind, name, parent=parent, who=run.who(kind))
        made: Json = await self._direct.call("POST", f"/guilds/{run.wish.guild}/channels", body)
        run.did.append(tr(_MADE[kind], name=_named(made)))
        return made

    async def _repair(self, run: _SetupRun, channel: Json, *, closing: bool = False) -> Json:
        body, mended = channel_layout.repair(
            channel,
            run.who(channel["type"]),
            only=run.keep if closing else None,
            spoken=run.wish.language,
        )
        if not body:
            return channel
        mended_channel: Json = await self._direct.call(
            "PATCH", f"/channels/{channel['id']}", body, place=_named(channel)
        )
        run.did.append(f"{_named(channel)}: {', '.join(mended)}.")
        return mended_channel


def _others(run: _SetupRun, first: Forum) -> list[Forum]:
    """The other forums of the same creator that are there."""
    candidate = run.wish.about.candidate
    theirs = candidate.forums if candidate is not None else ()
    return [one for one in theirs if one.id != first.id and run.by_id(one.id) is not None]


def _gone(run: _SetupRun) -> list[DiscordId]:
    """List deleted forums: others' are kept, for their own /setup finds their other channels by them."""
    candidate = run.wish.about.candidate
    about = (None, candidate.creator.id if candidate is not None else None)
    return [one.id for one in run.wish.known if one.creator in about and run.by_id(one.id) is None]


def _names(run: _SetupRun, known: Forum | None) -> tuple[str, str]:
    """A channel that was deleted is made again under the name that fits its sibling."""
    forum = run.by_id(known.id) if known else None
    if forum is None:
        return channel_layout.names(run.wish.creator_name or _by_itself(run))
    return channel_layout.names(channel_layout.stem(forum["name"]).removesuffix("fans"))


def _by_itself(run: _SetupRun) -> str | None:
    """Name channels that nobody named: on a server with others after their creator."""
    candidate = run.wish.about.candidate
    others = [one for one in run.wish.known if candidate is None or one not in candidate.forums]
    return candidate.creator.handle if candidate is not None and others else None


def _named(channel: Json) -> str:
    return tr("“{name}”", name=channel["name"]) if channel["type"] == CATEGORY else f"<#{channel['id']}>"
