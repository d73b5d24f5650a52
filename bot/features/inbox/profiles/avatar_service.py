"""A fan's own picture, read from Fanvue with each press, kept nowhere."""

import asyncio

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import FanvueError
from bot.fanvue.previews import NoPicture
from bot.features.publishing.media.small_pictures import SmallPictures
from bot.model.acting_account import Identity
from bot.model.errors import DeliveryFailed
from storage.database import Database
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import CreatorId, FanId

_SECONDS = 2.0  # a person waits for the answer


class FanAvatarService:
    """Where texts are kept off Discord so is the picture. It never fails: a fan without one is a name."""

    def __init__(
        self,
        *,
        database: Database,
        fanvue: FanvueClient,
        identity: Identity,
        pictures: SmallPictures,
        seconds: float = _SECONDS,
    ) -> None:
        self._database = database
        self._fanvue = fanvue
        self._identity = identity
        self._pictures = pictures
        self._seconds = seconds

    async def of(self, creator: CreatorId, fan: FanId) -> bytes | None:
        """As JPEG, with one request for its address, which is read anew each time: such addresses end."""
        mode = await self._database.read(lambda tx: privacy_modes.now(tx, creator))
        if mode is PrivacyMode.PRIVATE:
            return None
        try:
            async with asyncio.timeout(self._seconds):
                return await self._read(creator, fan)
        except (FanvueError, DeliveryFailed, NoPicture, TimeoutError):
            return None

    async def _read(self, creator: CreatorId, fan: FanId) -> bytes | None:
        api = self._fanvue.speaking(await self._identity(creator), lane=RequestLane.REFRESH)
        user = (await api.chats.get(fan)).user
        if user.uuid != fan or not user.avatar_url:
            return None
        return await self._pictures.at(user.avatar_url)
