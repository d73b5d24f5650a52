"""The two far sides with memories: what was carried out, what was deleted."""

from collections.abc import Sequence

from bot.model.acting_account import CallAccount
from bot.model.errors import TryLater
from bot.model.events import Person
from bot.model.ports import ChatLook, ChatMessage, MessageToFan
from bot.model.read_purposes import ReadPurpose
from storage.records import CreatorId, DiscordId, FanId, FanvueMessageId, Millis
from tests.relay.clock_fixtures import SettableClock
from tests.relay.far_side_stand_ins import ChannelStandIn, DiscordChannels, FanvueChats

NO_LINK = "The creator has to connect again."


class CountingFanvue(FanvueChats):
    """Knows which send each message came from, and lets nobody in whose creator has disconnected.

    It ignores the Idempotency-Key as the key is not what keeps the bridge from sending twice.
    """

    def __init__(self, clock: SettableClock) -> None:
        super().__init__(clock)
        self.unlinked: set[CreatorId] = set()
        self.sender: dict[FanvueMessageId, str] = {}

    async def send(
        self,
        creator: CreatorId,
        fan: FanId,
        message: MessageToFan,
        *,
        key: str,
        voice: CallAccount | None = None,
    ) -> FanvueMessageId:
        """One message, remembered by its key even if it comes to be late."""
        assert voice is None, "no member has an account here"
        self._let_in(creator)

        def make() -> FanvueMessageId:
            there = self.write(
                creator, fan, message.text, by_creator=True, media=message.media, price=message.price
            )
            self.sender[there.message] = key
            return there.message

        return await self.faults.around("send", make)

    async def message(
        self, creator: CreatorId, fan: FanId, message: FanvueMessageId, reads: ReadPurpose
    ) -> ChatMessage:
        """One message."""
        self._let_in(creator)
        return await super().message(creator, fan, message, reads)

    async def recent(self, creator: CreatorId, fan: FanId, reads: ReadPurpose) -> Sequence[ChatMessage]:
        """The newest messages."""
        self._let_in(creator)
        return await super().recent(creator, fan, reads)

    async def sent_since(self, creator: CreatorId, fan: FanId, since: Millis) -> Sequence[ChatMessage]:
        """All since a moment."""
        self._let_in(creator)
        return await super().sent_since(creator, fan, since)

    async def lately(
        self, creator: CreatorId, fan: FanId, reads: ReadPurpose, look: ChatLook
    ) -> Sequence[ChatMessage]:
        """What a chat has had since a moment."""
        self._let_in(creator)
        return await super().lately(creator, fan, reads, look)

    async def person(self, creator: CreatorId, fan: FanId) -> Person:
        """A fan's names."""
        self._let_in(creator)
        return await super().person(creator, fan)

    def _let_in(self, creator: CreatorId) -> None:
        if creator in self.unlinked:
            raise TryLater(NO_LINK, paused=True)


class RememberingDiscord(DiscordChannels):
    """Keeps what was deleted where the bridge cannot see it."""

    def __init__(self, clock: SettableClock) -> None:
        super().__init__(clock)
        self.past: dict[DiscordId, ChannelStandIn] = {}

    def delete(self, channel: DiscordId) -> None:
        """Somebody deletes a thread or channel."""
        there = self._channel(channel)
        super().delete(channel)
        self.past[channel] = there

    def delete_forum(self, forum: DiscordId) -> None:
        """Somebody deletes a forum and all that is in it."""
        for thread in self.threads(forum):
            self.delete(thread)
        self.forums.discard(forum)
