"""Edits a fan's card, tags a post; wakes an archived one only if told to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.discord.direct_requests import DirectRequests
from bot.discord.failures import ThreadArchived
from bot.discord.message_bodies import edit_of
from bot.discord.own_changes import OwnChanges
from bot.discord.thread_waker import ThreadWaker
from bot.model.ports import Post
from storage.records import DiscordId


class FanCards:
    """Each call is one attempt, and one more where a thread had to be woken for it."""

    def __init__(self, direct: DirectRequests, own: OwnChanges, waking: ThreadWaker) -> None:
        self._direct = direct
        self._own = own
        self._waking = waking

    async def show(self, thread: DiscordId, card: DiscordId, post: Post, *, wake: bool) -> bool:
        """Make the card show `post`. False: the thread is archived, and was to stay so."""
        messages = f"/channels/{thread}/messages"

        async def edit() -> None:
            path = f"{messages}/{card}"
            await self._direct.call(
                "PATCH",
                path,
                edit_of(post),
                place=f"<#{thread}>",
                limit=f"PATCH {messages}",
            )

        async def woken() -> None:
            await self._wake(thread, {})
            await edit()

        return await _either(edit, woken if wake else None)

    async def tag(self, thread: DiscordId, tags: Sequence[int], *, wake: bool) -> bool:
        """Give the thread these tags and no others. False: as for `show`."""
        applied = {"applied_tags": [str(tag) for tag in tags]}

        async def change() -> None:
            await self._change(thread, applied)

        async def woken() -> None:
            await self._wake(thread, applied)

        return await _either(change, woken if wake else None)

    async def _wake(self, thread: DiscordId, body: Mapping[str, Any]) -> None:
        self._waking.room.rests(thread)  # whatever was thought of it
        async with self._waking.waking(thread):
            await self._change(thread, {**body, "archived": False})

    async def _change(self, thread: DiscordId, body: Mapping[str, Any]) -> None:
        path = f"/channels/{thread}"
        with self._own.made(thread):
            await self._direct.call("PATCH", path, body, place=f"<#{thread}>", limit=f"PATCH {path}")


async def _either(asleep: Callable[[], Awaitable[None]], woken: Callable[[], Awaitable[None]] | None) -> bool:
    try:
        await asleep()
    except ThreadArchived:
        if woken is None:
            return False
        await woken()
    return True
