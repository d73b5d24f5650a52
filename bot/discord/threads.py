"""The Discord port: forum posts, messages and private answers, all by id."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import discord
from discord.http import Route

from bot.discord.direct_requests import DirectRequests
from bot.discord.failures import ThreadArchived
from bot.discord.message_bodies import container_of, edit_of, message_of, private_of
from bot.discord.own_changes import OwnChanges
from bot.discord.rate_limits import DiscordLimits
from bot.discord.thread_search import ThreadFinder
from bot.discord.thread_waker import ThreadWaker
from bot.model.errors import DeliveryUnknown, TargetGone
from bot.model.language import english
from bot.model.ports import ORIGINAL, OpenedThread, Post
from storage.records import DiscordId


class DiscordThreads(ThreadFinder):
    """`DiscordPort`: finds what is there, deletes with discord.py's HTTP client, writes with
    `DirectRequests`.
    """

    def __init__(
        self,
        *,
        http: discord.http.HTTPClient,
        direct: DirectRequests,
        me: Callable[[], DiscordId],
        limits: DiscordLimits | None = None,
    ) -> None:
        """`me`: the bot's own user id, which is also its application id. Raises TryLater before the login."""
        super().__init__(http=http, me=me, limits=limits)
        self._direct = direct
        self.own = OwnChanges()
        self.waking = ThreadWaker(self._limits.room, direct)

    # ── forum posts ──

    async def open_thread(
        self, forum: DiscordId, *, name: str, card: Post, tags: Sequence[DiscordId]
    ) -> OpenedThread:
        """Create one forum post with one request, never re-sent. Unknown when it may exist."""
        body = {
            "name": name,
            "applied_tags": [str(tag) for tag in tags],
            # A card is always a container: an ordinary message as a first post would unfold into a preview.
            "message": {**container_of(card), "allowed_mentions": {"parse": []}},
        }
        path = f"/channels/{forum}/threads"
        async with self.waking.opening(forum) as took:
            made = await self._direct.call("POST", path, body, place=f"<#{forum}>", limit=f"POST {path}")
            try:
                thread = DiscordId(int(made["id"]))
            except (TypeError, KeyError, ValueError) as odd:
                raise DeliveryUnknown(
                    english("We couldn't read Discord's answer; the thread may exist.")
                ) from odd
            took(thread)
        return OpenedThread(thread=thread, card=thread)  # Discord gives the first message the thread's id

    async def delete_thread(self, thread: DiscordId) -> None:
        """Delete a forum post that was made twice and is still empty; fine when it is gone already."""
        with suppress(TargetGone):
            await self._do(Route("DELETE", "/channels/{channel_id}", channel_id=thread), place=thread)
        self.waking.room.rests(thread)

    # ── messages ──

    async def post(self, channel: DiscordId, post: Post, *, nonce: str) -> DiscordId:
        """Post one message; the same nonce within the window returns the earlier message."""
        body = {**message_of(post), "nonce": nonce, "enforce_nonce": True}
        async with self.waking.waking(channel):
            made = await self._write("POST", channel, body)
        try:
            return DiscordId(int(made["id"]))
        except (TypeError, KeyError, ValueError) as odd:
            raise DeliveryUnknown(
                english("We couldn't read Discord's answer; the message may exist.")
            ) from odd

    async def edit(self, channel: DiscordId, message: DiscordId, post: Post) -> None:
        """Make a message show `post`; repeating it changes nothing."""
        await self._write("PATCH", channel, edit_of(post), message=message)

    async def delete_message(self, channel: DiscordId, message: DiscordId) -> None:
        """Delete one message of the bot's; fine when it is gone already."""
        route = Route(
            "DELETE",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=channel,
            message_id=message,
        )
        with suppress(TargetGone):
            await self._do(route, place=channel)

    async def answer(self, token: str, post: Post, message: str | None = None) -> None:
        """Make a private answer of an interaction show `post` (good for 15 minutes)."""
        path = f"/webhooks/{self._me()}/{token}/messages/{message or ORIGINAL}"
        await self._direct.call("PATCH", path, edit_of(post), as_bot=False)

    async def answer_beside(self, token: str, post: Post) -> str:
        """Show `post` in a private message of its own; read twice it does no harm."""
        path = f"/webhooks/{self._me()}/{token}"
        made = await self._direct.call("POST", path, private_of(post), as_bot=False)
        return str(made["id"])

    # ── one attempt ──

    async def _write(
        self, method: str, channel: DiscordId, body: Mapping[str, Any], *, message: DiscordId | None = None
    ) -> Any:
        """Post or edit a message, in a thread that is woken for it if need be.

        Not by discord.py: it lets calls that would pass a channel's limit wait, and the last one that does
        not, too. A wait here holds up other channels, so callers are told when to come back.
        """
        place, messages = f"<#{channel}>", f"/channels/{channel}/messages"
        path = messages if message is None else f"{messages}/{message}"
        write = partial(self._direct.call, method, path, body, place=place, limit=f"{method} {messages}")
        try:
            return await write()
        except ThreadArchived:
            # Surely not written: Discord refuses to touch an archived thread. Wake it, then write.
            await self._wake(channel)
            return await write()

    async def _wake(self, thread: DiscordId) -> None:
        self.waking.room.rests(thread)  # whatever was thought of it
        async with self.waking.waking(thread):
            await self._archive(thread, archived=False)

    async def _archive(self, thread: DiscordId, *, archived: bool) -> None:
        path, place = f"/channels/{thread}", f"<#{thread}>"
        with self.own.made(thread):
            await self._direct.call("PATCH", path, {"archived": archived}, place=place, limit=f"PATCH {path}")
