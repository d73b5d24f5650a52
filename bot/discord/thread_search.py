"""Finds what the bot itself posted on Discord, by the reference that it carries."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from weakref import WeakValueDictionary

import discord
from discord.http import Route

from bot.discord.controls import is_among, references_in
from bot.discord.failures import NOT_CONNECTED, translated
from bot.discord.rate_limits import DiscordLimits, route_of
from bot.model.errors import TargetGone, TryLater
from bot.model.language import english, tr
from bot.model.ports import OpenedThread
from storage.records import DiscordId, Millis, Reference

_ATTEMPT = 60.0  # discord.py waits for rate limits and repeats 5xx answers by itself; but it must end
_PAGE = 100
_MOST_PAGES = 50
_MOST_CARDS = 10_000  # remembered, the oldest forgotten first
_CLOCK_SKEW: Millis = 60_000  # Discord's ids carry Discord's time, `since` is ours
DISCORD_EPOCH: Millis = 1_420_070_400_000


class ThreadFinder:
    """Reads with discord.py's HTTP client, page by page, and looks at the bot's own posts only."""

    def __init__(
        self,
        *,
        http: discord.http.HTTPClient,
        me: Callable[[], DiscordId],
        limits: DiscordLimits | None = None,
    ) -> None:
        """`me`: the bot's own user id. Raises TryLater before the login, which may take a while, is over."""
        self._http = http
        self._limits = limits or DiscordLimits()
        self._me = me
        self.me = me
        self._carried: dict[DiscordId, frozenset[str]] = {}
        self._reading: WeakValueDictionary[DiscordId, asyncio.Lock] = WeakValueDictionary()

    async def find_threads(
        self, forum: DiscordId, reference: Reference, *, since: Millis
    ) -> Sequence[OpenedThread]:
        """Forum posts whose first message is the bot's own and carries `reference` in a custom_id.

        Oldest first; active and archived ones; never by name. `since` spares reading older ones.
        """
        oldest = _id_at(since - _CLOCK_SKEW)
        found = []
        async for thread in self._own_threads(forum, oldest):
            with suppress(TargetGone):  # deleted while we read, or its first message was
                if await self._is_of(thread, reference):
                    found.append(OpenedThread(thread=thread, card=thread))
        return sorted(found, key=lambda opened: opened.thread)

    async def _is_of(self, thread: DiscordId, reference: Reference) -> bool:
        # A card's reference never changes: of many threads of unknown fate each card is read about once,
        # and not once for each of the others, who wait for whoever reads it just now.
        reading = self._reading.setdefault(thread, asyncio.Lock())
        async with reading:
            known = self._carried.get(thread)
            if known is not None and reference not in known:
                return False
            message = await self._get(
                Route(
                    "GET",
                    "/channels/{channel_id}/messages/{message_id}",
                    channel_id=thread,
                    message_id=thread,
                )
            )
            while len(self._carried) >= _MOST_CARDS:
                del self._carried[next(iter(self._carried))]
            self._carried[thread] = self._references(message)
            return reference in self._carried[thread]

    async def find_post(self, channel: DiscordId, reference: str, *, since: Millis) -> DiscordId | None:
        """The bot's own message in `channel` that carries `reference` in a custom_id, if any."""
        after = _id_at(since - _CLOCK_SKEW)
        for _ in range(_MOST_PAGES):
            page = await self._get(
                Route("GET", "/channels/{channel_id}/messages", channel_id=channel),
                params={"after": after, "limit": _PAGE},
            )
            for message in page:
                if is_among(reference, self._references(message)):
                    return DiscordId(int(message["id"]))
            if len(page) < _PAGE:
                return None
            after = max(int(message["id"]) for message in page)
        raise TryLater(
            english("Too much was written in this thread meanwhile, so we couldn't search for the message.")
        )

    # ── one attempt ──

    async def _get(self, route: Route, **rest: Any) -> Any:
        return await self._do(route, reading=True, **rest)

    async def _do(
        self, route: Route, *, place: DiscordId | None = None, reading: bool = False, **rest: Any
    ) -> Any:
        if self._http.token is None:
            raise TryLater(NOT_CONNECTED)
        self._me()  # discord.py has the token before the login has told it who it is
        limit = route_of(route)
        turn = await self._limits.turn(limit)
        named = f"<#{place}>" if place is not None else tr("this channel")
        with turn, translated(place=named, reading=reading), self._limits.learning(limit):
            async with asyncio.timeout(_ATTEMPT):
                return await self._http.request(route, **rest)

    # ── pages ──

    async def _own_threads(self, forum: DiscordId, oldest: int) -> AsyncIterator[DiscordId]:
        seen: set[DiscordId] = set()
        async for thread in self._threads(forum, oldest):
            thread_id = DiscordId(int(thread["id"]))
            own = thread.get("owner_id") == str(self._me()) and thread.get("parent_id") == str(forum)
            # A thread may be archived between the two listings, so it can show up in both.
            if own and thread_id >= oldest and thread_id not in seen:
                seen.add(thread_id)
                yield thread_id

    async def _threads(self, forum: DiscordId, oldest: int) -> AsyncIterator[Mapping[str, Any]]:
        channel = await self._get(Route("GET", "/channels/{channel_id}", channel_id=forum))
        guild = int(channel["guild_id"])
        active = await self._get(Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild))
        for thread in active["threads"]:
            yield thread
        before: str | None = None
        listed: set[str] = set()
        for _ in range(_MOST_PAGES):
            page = await self._get(
                Route("GET", "/channels/{channel_id}/threads/archived/public", channel_id=forum),
                params={"limit": _PAGE} | ({"before": before} if before else {}),
            )
            fresh = [thread for thread in page["threads"] if thread["id"] not in listed]
            for thread in fresh:
                yield thread
            listed.update(thread["id"] for thread in fresh)
            if not page["has_more"] or not fresh:
                return
            # Sorted by the time of archiving, which is never before the time of making.
            last = min(_millis(thread["thread_metadata"]["archive_timestamp"]) for thread in fresh)
            if _id_at(last + 1) < oldest:
                return
            # `before` leaves out its own moment, and several may have been archived in the same one.
            before = datetime.fromtimestamp((last + 1) / 1000, tz=UTC).isoformat()
        raise TryLater(english("This forum has so many archived threads that we haven't found this one yet."))

    def _references(self, message: Mapping[str, Any]) -> frozenset[str]:
        """Return the button references of the bot's own message; none in somebody else's."""
        own = message["author"]["id"] == str(self._me())
        return frozenset(references_in(message.get("components", ())) if own else ())


def _id_at(at: Millis) -> int:
    """The smallest Discord id that can have been made at this time."""
    return max(at - DISCORD_EPOCH, 0) << 22


def _millis(timestamp: str) -> Millis:
    parsed = datetime.fromisoformat(timestamp)
    aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)
