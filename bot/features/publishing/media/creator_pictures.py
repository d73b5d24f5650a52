"""Creators' own pictures on Fanvue, read as a question is asked, kept nowhere."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import FanvueError
from bot.fanvue.previews import NoPicture
from bot.features.publishing.media.small_pictures import SmallPictures
from bot.model.acting_account import Identity
from bot.model.errors import DeliveryFailed
from storage.records import CreatorId

_SECONDS = 2.0  # a person waits for the question


class CreatorPictures:
    """Small pictures beside names. Whose they are is read with each; a name without one is a name."""

    def __init__(
        self,
        fanvue: FanvueClient,
        identity: Identity,
        pictures: SmallPictures,
        *,
        seconds: float = _SECONDS,
    ) -> None:
        self._fanvue = fanvue
        self._identity = identity
        self._pictures = pictures
        self._seconds = seconds

    async def of(self, creators: Sequence[CreatorId]) -> Mapping[CreatorId, bytes]:
        """As JPEG, of those for whom Fanvue gives one in time; it never fails."""
        found = await asyncio.gather(*map(self._one, creators))
        return {creator: face for creator, face in zip(creators, found, strict=True) if face is not None}

    async def _one(self, creator: CreatorId) -> bytes | None:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._read(creator)
        except (FanvueError, DeliveryFailed, NoPicture, TimeoutError):
            return None

    async def _read(self, creator: CreatorId) -> bytes | None:
        voice = await self._identity(creator)
        if voice.managed is not None:
            return None  # the account that speaks is not the creator's, nor is its picture
        me = await self._fanvue.speaking(voice, lane=RequestLane.REFRESH).me()
        if me.uuid != creator or not me.avatar_url:
            return None
        return await self._pictures.at(me.avatar_url)
