"""A chat's marks on Fanvue: one attempt each, ending in the relay's words."""

from bot.fanvue.budget import Lane
from bot.fanvue.client import Fanvue
from bot.fanvue.errors import FanvueError
from bot.fanvue.outcomes import outcome
from bot.marking.mark import Mark
from bot.relay.voices import Identity, Voice
from storage.records import CreatorId, FanId


class MarksOnFanvue:
    """Raises one of the four errors of `bot.relay.errors`."""

    def __init__(self, fanvue: Fanvue, identity: Identity) -> None:
        """`identity` says whose account speaks for a creator."""
        self._fanvue = fanvue
        self._identity = identity

    async def change(self, creator: CreatorId, fan: FanId, mark: Mark, *, voice: Voice | None = None) -> None:
        """Have the chat look like this. The same twice is the same once."""
        api = self._fanvue.speaking(voice or await self._identity(creator), lane=Lane.REFRESH)
        try:
            await api.chats.change(fan, read=mark.read, muted=mark.muted, nickname=mark.nickname)
        except FanvueError as error:
            raise outcome(error, reading=False) from error
