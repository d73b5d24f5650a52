"""Takes things away on Discord: a message, a thread, each with one call."""

from contextlib import suppress
from typing import Any

from bot.discord.failures import ThreadArchived
from bot.discord.thread_search import DISCORD_EPOCH
from bot.discord.threads import DiscordThreads
from bot.model.errors import TargetGone
from bot.relay.removal_port import ThreadSnapshot
from storage.records import DiscordId, Millis


class DiscordThreadRemover(DiscordThreads):
    """`TakingPort`: posts, and takes away again. Nothing here waits for a limit."""

    async def look(self, thread: DiscordId, *, ignoring: DiscordId | None = None) -> ThreadSnapshot:
        """Read a thread's state; one message may not count. Gone when there is none."""
        path = f"/channels/{thread}"
        told: Any = await self._direct.call("GET", path, place=f"<#{thread}>", limit=f"GET {path}")
        last = int(told.get("last_message_id") or thread)
        if last == ignoring:
            newest: Any = await self._direct.call(
                "GET",
                f"{path}/messages?before={ignoring}&limit=1",
                place=f"<#{thread}>",
                limit=f"GET {path}/messages",
            )
            last = int(newest[0]["id"]) if newest else thread
        return ThreadSnapshot(_at(last), bool((told.get("thread_metadata") or {}).get("archived")))

    async def take_message(self, channel: DiscordId, message: DiscordId) -> None:
        """Delete one message of the bot's, also in an archived thread; fine when it is gone already."""
        place, messages = f"<#{channel}>", f"/channels/{channel}/messages"
        path = f"{messages}/{message}"
        try:
            try:
                await self._direct.call("DELETE", path, place=place, limit=f"DELETE {messages}")
            except ThreadArchived:
                await self._wake(channel)
                await self._direct.call("DELETE", path, place=place, limit=f"DELETE {messages}")
        except TargetGone:
            # The message, or the channel with it. Which one shows at the next call.
            return

    async def rest(self, thread: DiscordId) -> None:
        """Archive a thread; fine when it is archived already."""
        with suppress(ThreadArchived):
            await self._archive(thread, archived=True)
        self.waking.room.rests(thread)


def _at(snowflake: int) -> Millis:
    return (snowflake >> 22) + DISCORD_EPOCH
