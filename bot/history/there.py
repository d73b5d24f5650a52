"""A chat as Fanvue still has it: one page, behind whatever is more urgent."""

from collections.abc import Awaitable, Callable, Sequence

from bot.fanvue.budget import Lane
from bot.fanvue.chats import chat_message
from bot.fanvue.client import Fanvue
from bot.fanvue.errors import FanvueError
from bot.fanvue.outcomes import outcome
from bot.fanvue.paging import first_of
from bot.relay.ports import ChatMessage
from bot.relay.voices import Identity
from storage.records import CreatorId, FanId

Seen = Callable[[CreatorId, FanId, Sequence[ChatMessage]], Awaitable[None]]


class EarlierOnFanvue:
    """Raises one of the four errors of `bot.relay.errors`."""

    def __init__(self, fanvue: Fanvue, identity: Identity, seen: Seen) -> None:
        """`identity` says whose account speaks for a creator; `seen`: whoever else hears of what is read."""
        self._fanvue = fanvue
        self._identity = identity
        self._seen = seen

    async def newest(self, creator: CreatorId, fan: FanId) -> Sequence[ChatMessage]:
        """The newest 50 messages of a chat, newest first, without marking it as read."""
        api = self._fanvue.speaking(await self._identity(creator), lane=Lane.SWEEP)
        try:
            page = await first_of(api.chats.messages(fan))
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        found = [chat_message(row, fan) for row in page.rows]
        await self._seen(creator, fan, found)
        return found
