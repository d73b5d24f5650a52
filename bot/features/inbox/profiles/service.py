"""Shows a fan to a member, as the bridge and Fanvue know them now."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.access.roles import MoneyView
from bot.features.inbox.profiles import texts
from bot.features.inbox.profiles.fanvue import FanListMemberships, FanvueFanProfile
from bot.features.inbox.profiles.figure_texts import ProfileFigureTexts
from bot.features.inbox.profiles.loader import ProfileLoader
from bot.model.acting_account import NEEDS_OWN
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.language import msgid, tr
from bot.model.ports import Picture, Post
from storage.database import Database, Transaction
from storage.records import CreatorId, DiscordId, Fan, FanId

_FILE, _ALT = "SPOILER_fan.jpg", msgid("Their profile picture on Fanvue")
_UNKNOWN = msgid("Fanvue no longer shows anything about this fan.")


# A fan's own picture as JPEG, where there is one to show; it never fails.
Avatar = Callable[[CreatorId, FanId], Awaitable[bytes | None]]


async def no_avatar(_creator: CreatorId, _fan: FanId, /) -> bytes | None:
    """Nobody has a picture."""
    return None


@dataclass(frozen=True)
class ProfileAnswer:
    """What one member reads, and the fan's picture beside it, covered."""

    post: Post
    picture: Picture | None = None


Told = Callable[[Transaction, CreatorId, FanId, str | None], Awaitable[None]]


class ProfileFansPort(Protocol):
    """Fanvue, as far as one fan is concerned."""

    async def of(self, creator: CreatorId, fan: FanId) -> FanvueFanProfile:
        """One fan, with one request."""

    async def lists(self, creator: CreatorId, fan: Fan) -> FanListMemberships:
        """On which of the creator's own lists the fan is."""


class ProfileService:
    """Reads when asked; of Fanvue's answer only what a fan is to the creator is kept.

    Who may was asked before; ReplyRefused where there is no fan.
    """

    def __init__(
        self,
        *,
        database: Database,
        knowing: ProfileLoader,
        there: ProfileFansPort,
        words: ProfileFigureTexts,
        told: Told,
        avatar: Avatar,
    ) -> None:
        self._database = database
        self._knowing = knowing
        self._there = there
        self._words = words
        self._told = told
        self._avatar = avatar

    async def of(self, channel: DiscordId, level: MoneyView) -> ProfileAnswer:
        """The fan whose thread this is, as exactly as `level` lets a member see figures."""
        known = await self._database.read(lambda tx: self._knowing.of(tx, channel))
        creator, fan = known.fan.creator, known.fan.id
        there, face = await asyncio.gather(self._asked(creator, fan), self._avatar(creator, fan))
        show = None if level is MoneyView.HIDDEN else self._words.shown_to(level)
        post = texts.profile(known, there, show, self._words.source_of)
        picture = None if face is None else Picture(_FILE, face, tr(_ALT), spoiler=True, beside=0)
        return ProfileAnswer(post, picture)

    async def lists(self, channel: DiscordId) -> Post:
        """On which of the creator's lists they are."""
        known = await self._database.read(lambda tx: self._knowing.of(tx, channel))
        found: FanListMemberships | str = texts.NO_HANDLE
        if known.fan.handle:
            try:
                found = await self._there.lists(known.fan.creator, known.fan)
            except DeliveryFailed as failed:
                found = _why(failed)
        return texts.on_lists(known.fan, known.thread.reference, found, known.label)

    async def _asked(self, creator: CreatorId, fan: FanId) -> FanvueFanProfile | str:
        """Fanvue's answer, or why there is none."""
        try:
            there = await self._there.of(creator, fan)
        except DeliveryFailed as failed:
            return _why(failed)
        await self._database.write(lambda tx: self._told(tx, creator, fan, there.status))
        return there


def _why(failed: DeliveryFailed) -> str:
    """Say why Fanvue gives nothing. Nothing of this is tried again by itself."""
    if isinstance(failed, TryLater):
        return failed.reason if failed.paused else tr("We couldn't ask Fanvue just now.")
    return tr(NEEDS_OWN) if failed.reason == NEEDS_OWN else tr(_UNKNOWN)
