"""Reads what people typed in a thread while nobody listened."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import discord

from bot.access.permits import Actor
from bot.discord.direct_requests import DirectRequests
from bot.discord.membership import one_of
from bot.model.errors import TargetGone
from bot.relay.typed_messages import TypedThreadMessage
from storage.records import DiscordId, Millis

_PAGE = 100
_PLAIN = (discord.MessageType.default.value, discord.MessageType.reply.value)
_EXTRAS = ("attachments", "sticker_items", "poll", "message_snapshots")

Json = Mapping[str, Any]


class TypedHistory:
    """`History` of `bot.relay.typed_messages`: one request a page, and one for each person who typed."""

    def __init__(self, direct: DirectRequests, me: DiscordId) -> None:
        self._direct = direct
        self._me = me

    async def since(self, guild: DiscordId, thread: DiscordId, since: Millis) -> Sequence[TypedThreadMessage]:
        """Everything that people typed there later than that, oldest first."""
        after = discord.utils.time_snowflake(datetime.fromtimestamp(since / 1000, UTC))
        people: dict[int, Json | None] = {}
        found: list[TypedThreadMessage] = []
        while True:
            page = await self._page(thread, after)
            for message in page:
                if _is_typed(message):
                    author = int(message["author"]["id"])
                    if author not in people:
                        people[author] = await self._member(guild, author)
                    found += self._heard(guild, thread, message, people[author])
            if len(page) < _PAGE:
                return found
            after = int(page[-1]["id"])

    def _heard(
        self, guild: DiscordId, thread: DiscordId, message: Json, member: Json | None
    ) -> Sequence[TypedThreadMessage]:
        """Nothing of somebody who is not on the server any more."""
        if member is None:
            return ()
        author = message["author"]
        answered = message.get("referenced_message") or {}
        whose = int((answered.get("author") or {}).get("id") or 0)
        return (
            TypedThreadMessage(
                message=DiscordId(int(message["id"])),
                channel=thread,
                by=Actor(
                    user=DiscordId(int(author["id"])),
                    guild=guild,
                    roles=frozenset(DiscordId(int(role)) for role in member["roles"]),
                ),
                name=member.get("nick") or author.get("global_name") or author["username"],
                text=message.get("content") or "",
                at=written_at(int(message["id"])),
                extras=any(message.get(one) for one in _EXTRAS),
                beside=message["type"] == discord.MessageType.reply.value and whose != self._me,
            ),
        )

    async def _page(self, thread: DiscordId, after: int) -> list[Json]:
        path = f"/channels/{thread}/messages"
        found: Any = await self._direct.call(
            "GET",
            f"{path}?after={after}&limit={_PAGE}",
            place=f"<#{thread}>",
            limit=f"GET {path}",
        )
        return sorted(found, key=lambda message: int(message["id"]))

    async def _member(self, guild: DiscordId, user: int) -> Json | None:
        try:
            found: Json = await self._direct.call(
                "GET", f"/guilds/{guild}/members/{user}", limit=one_of(guild)
            )
        except TargetGone:
            return None
        return found


def written_at(message: int) -> Millis:
    """Return a message's time, by its id."""
    return int(discord.utils.snowflake_time(message).timestamp() * 1000)


def _is_typed(message: Json) -> bool:
    plain = message.get("type") in _PLAIN and message.get("webhook_id") is None
    return plain and not message["author"].get("bot")
