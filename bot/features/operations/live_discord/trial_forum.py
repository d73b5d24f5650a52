"""The test forum and its post: made when they are needed, and removed at the end."""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.discord.forum_tags import tag_ids
from bot.discord.trial_server import Json, TrialServer
from bot.features.operations.live_discord import texts
from bot.features.operations.live_discord.place import TrialPlace, write_place
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.ports import Clock, OpenedThread
from storage.records import DiscordId

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
Random = Callable[[int], bytes]
FORUM_NAME: Final = "bridge-check-fans"
LONGEST_NAME: Final = 100  # characters of a post's name
MOST_TAGS: Final = 5  # of a post
_PATIENCE: Final = 120.0  # seconds that Discord may ask for
_TRIES: Final = 6
_REMOVING: Final = 60.0  # seconds


class NoTrialForum(Exception):
    """Raised where there is no test forum, or no post in it, because an earlier step could not make it."""


class TrialForum:
    """What is tried lies in it. Nobody but the bot and the server's administrators sees it."""

    def __init__(
        self,
        trial: TrialServer,
        folder: Path,
        place: TrialPlace,
        *,
        clock: Clock,
        random: Random,
        sleep: Sleep,
    ) -> None:
        self.trial = trial
        self.sleep = sleep
        self.clock = clock
        self.place = place
        self.ref = new_reference(random)
        self._random = random
        self._folder = folder
        self._begun = clock.now()
        self._forum: Json | None = None
        self._post: OpenedThread | None = None
        self.failed = False  # it cannot be made here

    @property
    def is_there(self) -> bool:
        """Whether it is made."""
        return self._forum is not None

    @property
    def since(self) -> int:
        """When the first of it can have been made."""
        return self._begun

    async def forum(self) -> Json:
        """Make it once. Raises NoTrialForum where that failed before, or a failure of `bot.model.errors`."""
        if self.failed:
            raise NoTrialForum
        if self._forum is None:
            self.keep(left=True)  # before it is there: its making may end without an answer
            place = self.place
            try:
                self._forum = await self.patiently(
                    lambda: self.trial.make_forum(place.server, FORUM_NAME, place.mark)
                )
            except DeliveryFailed:
                self.failed = True
                raise
        return self._forum

    async def forum_id(self) -> DiscordId:
        return DiscordId(int((await self.forum())["id"]))

    async def post(self) -> OpenedThread:
        """A post, made once: a button beside its words, the longest name, the most tags."""
        if self._post is None:
            forum = await self.forum()
            name = texts.title().ljust(LONGEST_NAME, ".")
            tags = [DiscordId(one) for one in list(tag_ids(forum).values())[:MOST_TAGS]]
            opening = self.trial.threads.open_thread
            try:
                self._post = await self.patiently(
                    lambda: opening(
                        DiscordId(int(forum["id"])), name=name, card=texts.card(self.ref), tags=tags
                    )
                )
            except DeliveryFailed:
                self.failed = True
                raise
        return self._post

    def nonce(self) -> str:
        """A new one, as long as Discord allows."""
        return new_reference(self._random)

    async def patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        """Wait as long as Discord asks, a few times; then its refusal is the answer."""
        for _ in range(_TRIES - 1):
            try:
                return await call()
            except TryLater as later:
                if later.after is None or later.after > _PATIENCE:
                    raise
                await self.sleep(later.after + 0.1)
        return await call()

    async def remove(self) -> int:
        """Delete every forum of this check; return how many there were. What fails stays noted."""
        if not self.place.left:
            return 0
        async with asyncio.timeout(_REMOVING):
            place = self.place
            removed = await self.patiently(lambda: self.trial.remove_forums(place.server, place.mark))
        self._forum, self._post = None, None
        self.keep(left=False)
        return removed

    def keep(self, *, left: bool) -> None:
        self.place = replace(self.place, left=left)
        write_place(self._folder, self.place)


def new_reference(random: Random) -> str:
    """128 random bits, as buttons carry them."""
    return urlsafe_b64encode(random(16)).rstrip(b"=").decode("ascii")


def component_of(message: Json, kind: int) -> dict[str, Any] | None:
    """The first component of this kind in a message, however deep."""
    waiting: list[Any] = list(message.get("components") or ())
    while waiting:
        one = waiting.pop(0)
        if one.get("type") == kind:
            return dict(one)
        waiting += one.get("components") or ()
    return None
