"""Has a fan's card shown: one effect waits, however much changes."""

from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import card_stream
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.model.events import Event, Subscribed
from bot.model.ports import Clock, Ids
from storage.database import Transaction
from storage.engine import outbox
from storage.records import CreatorId, FanId, Millis

KIND = "card.show"


class FanCardScheduler:
    """Told of all that a card shows; each word is part of the caller's transaction."""

    def __init__(self, *, effects: Effects, clock: Clock, ids: Ids, rests: Millis) -> None:
        """`rests`: how long a change waits for further ones, which then cost nothing more."""
        self._effects = effects
        self._clock = clock
        self._ids = ids
        self._rests = rests

    async def want(self, tx: Transaction, creator: CreatorId, fan: FanId) -> None:
        """Something about this fan changed. One that has not begun will show this, too."""
        stream = card_stream(creator, fan)
        if await outbox.awaited(tx, stream):
            return
        wanted = EffectRequest(
            network="discord",
            kind=KIND,
            stream=stream,
            creator=creator,
            fan=fan,
            cause=f"card:{self._ids.new()}",
            part="show",
            body={},
            not_before=self._clock.now() + self._rests,
        )
        await self._effects.add(tx, wanted)

    async def talked(self, tx: Transaction, change: ConversationChanged) -> None:
        await self.want(tx, change.creator, change.fan)

    async def happened(self, tx: Transaction, event: Event) -> None:
        """A fact was decided. Of messages the talk tells, and what was paid is on no card."""
        if isinstance(event, Subscribed):
            await self.want(tx, event.creator, event.fan.id)
