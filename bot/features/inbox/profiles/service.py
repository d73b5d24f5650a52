"""Shows a fan to a member, as the bridge and Fanvue know them now."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.access.roles import MoneyView
from bot.features.inbox.profiles import texts
from bot.features.inbox.profiles.fanvue import FanListMemberships, FanvueFanProfile
from bot.features.inbox.profiles.figure_texts import ProfileFigureTexts
from bot.features.inbox.profiles.loader import ProfileLoader
from bot.model.acting_account import NEEDS_OWN
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.ports import Post
from storage.database import Database, Transaction
from storage.records import CreatorId, DiscordId, Fan, FanId

_NOT_NOW = "Fanvue could not be asked just now."
_UNKNOWN = "Fanvue tells nothing about this fan any more."


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
    ) -> None:
        self._database = database
        self._knowing = knowing
        self._there = there
        self._words = words
        self._told = told

    async def of(self, channel: DiscordId, level: MoneyView) -> Post:
        """The fan whose thread this is, as exactly as `level` lets a member see figures."""
        known = await self._database.read(lambda tx: self._knowing.of(tx, channel))
        there: FanvueFanProfile | str
        creator, fan = known.fan.creator, known.fan.id
        try:
            there = now = await self._there.of(creator, fan)
            await self._database.write(lambda tx: self._told(tx, creator, fan, now.status))
        except DeliveryFailed as failed:
            there = _why(failed)
        show = None if level is MoneyView.HIDDEN else self._words.shown_to(level)
        return texts.profile(known, there, show, self._words.source_of)

    async def lists(self, channel: DiscordId) -> Post:
        """On which of the creator's lists they are."""
        known = await self._database.read(lambda tx: self._knowing.of(tx, channel))
        found: FanListMemberships | str = texts.NO_HANDLE
        if known.fan.handle:
            try:
                found = await self._there.lists(known.fan.creator, known.fan)
            except DeliveryFailed as failed:
                found = _why(failed)
        return texts.on_lists(known.fan, known.thread.reference, found)


def _why(failed: DeliveryFailed) -> str:
    """Say why Fanvue gives nothing. Nothing of this is tried again by itself."""
    if isinstance(failed, TryLater):
        return failed.reason if failed.paused else _NOT_NOW
    return NEEDS_OWN if failed.reason == NEEDS_OWN else _UNKNOWN
