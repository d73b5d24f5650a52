"""A chat's marks on Fanvue: one attempt each, ending in the relay's words."""

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import FanvueError
from bot.fanvue.outcomes import outcome
from bot.features.inbox.chat_settings.model import ChatSettingsChange
from bot.model.acting_account import CallAccount, Identity
from storage.records import CreatorId, FanId


class FanvueChatSettings:
    """Raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity) -> None:
        """`identity` says whose account speaks for a creator."""
        self._fanvue = fanvue
        self._identity = identity

    async def change(
        self, creator: CreatorId, fan: FanId, mark: ChatSettingsChange, *, voice: CallAccount | None = None
    ) -> None:
        """Have the chat look like this. The same twice is the same once."""
        api = self._fanvue.speaking(voice or await self._identity(creator), lane=RequestLane.REFRESH)
        try:
            await api.chats.change(fan, read=mark.read, muted=mark.muted, nickname=mark.nickname)
        except FanvueError as error:
            raise outcome(error, reading=False) from error
