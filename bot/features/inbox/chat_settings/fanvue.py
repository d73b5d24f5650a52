"""A chat's marks on Fanvue: one attempt each, ending in the relay's words."""

from bot.fanvue.budget import RequestLane
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.outcomes import as_outcomes
from bot.features.inbox.chat_settings.model import ChatSettingsChange
from bot.model.acting_account import CallAccount
from storage.records import CreatorId, FanId


class FanvueChatSettings(CreatorCalls):
    """Raises one of the four errors of `bot.model.errors`."""

    async def change(
        self, creator: CreatorId, fan: FanId, mark: ChatSettingsChange, *, voice: CallAccount | None = None
    ) -> None:
        """Have the chat look like this. The same twice is the same once."""
        api = await self._api(creator, RequestLane.REFRESH, voice)
        with as_outcomes(reading=False):
            await api.chats.change(fan, read=mark.read, muted=mark.muted, nickname=mark.nickname)
