"""Makes a forum that is like another one, and finds it again by its reference."""

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any

from bot.discord import channel_layout, forum_tags
from bot.discord.direct_requests import DirectRequests
from bot.model.errors import DeliveryUnknown, TargetGone
from bot.model.language import english
from bot.relay.forum_creation import MadeForum
from storage.records import DiscordId, Forum


class DiscordForums:
    """`MoreForumsPort`: every request goes out once."""

    def __init__(self, direct: DirectRequests, me: Callable[[], DiscordId]) -> None:
        """`me`: the bot's own user id. Raises TryLater before the login."""
        self._direct = direct
        self._me = me

    async def make(
        self, like: Forum, number: int, reference: str, readers: Collection[DiscordId]
    ) -> MadeForum:
        """One request, never re-sent. Gone: there is no forum to be like; Unknown: it may exist."""
        channels = await self._channels(like)
        first = next((one for one in channels if one["id"] == str(like.id)), None)
        if first is None:
            raise TargetGone(english("The forum was deleted."))
        keep = {str(one) for one in (like.guild, self._me(), *readers)}
        body = channel_layout.another(
            first, number, reference, parent=channel_layout.room_in(channels, first), keep=keep
        )
        path = f"/guilds/{like.guild}/channels"
        made: Any = await self._direct.call("POST", path, body, limit=f"POST {path}")
        try:
            return _made(made, like)
        except (TypeError, KeyError, ValueError) as odd:
            raise DeliveryUnknown(english("We couldn't read Discord's answer; the forum may exist.")) from odd

    async def find(self, like: Forum, reference: str) -> Sequence[MadeForum]:
        """Forums of the server whose topic carries the reference; a stranger's channel is not ours."""
        found = [
            _made(one, like)
            for one in await self._channels(like)
            if one["type"] == channel_layout.FORUM
            and reference in (one.get("topic") or "")
            and channel_layout.is_ours(one, self._me())
        ]
        return sorted(found, key=lambda one: one.id)

    async def remove(self, forum: DiscordId) -> None:
        """Delete one that was made twice; fine when it is gone already."""
        with suppress(TargetGone):
            await self._direct.call("DELETE", f"/channels/{forum}", place=f"<#{forum}>")

    async def _channels(self, like: Forum) -> Sequence[channel_layout.Json]:
        channels: Sequence[channel_layout.Json] = await self._direct.call(
            "GET", f"/guilds/{like.guild}/channels"
        )
        return channels


def _made(channel: channel_layout.Json, like: Forum) -> MadeForum:
    parent = channel.get("parent_id")
    return MadeForum(
        id=DiscordId(int(channel["id"])),
        category=like.category if parent is None else DiscordId(int(parent)),
        tags=json.dumps(forum_tags.tag_ids(channel)),
    )
