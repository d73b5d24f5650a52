"""Has a fan's card shown: one effect waits, however much changes."""

from dataclasses import replace

from bot.engine.outbox import EffectRequest
from bot.engine.streams import card_stream
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.model.events import Event, Paid, Subscribed
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox, stream_heads
from storage.inbox import threads
from storage.inbox.conversations import Conversation
from storage.records import CreatorId, EffectState, FanId, Millis

KIND = "card.show"
_MOST = 5  # times as long as a conversation's change waits, it does so while the conversation goes on
_ANSWERED = 5  # half times as long it waits once the fan is answered: nobody has to act upon that
_UNSEEN = 3  # times as long again, if they were answered before their card said that they wait


class FanCardScheduler:
    """Told of all that a card shows; each word is part of the caller's transaction."""

    def __init__(self, ctx: Context, *, rests: Millis, calm: Millis | None = None) -> None:
        """`rests`: how long a change waits for further ones, which then cost nothing more.

        `calm`: the same where a conversation makes a fan wait; while it goes on, five times as long at most.
        """
        self._ctx = ctx
        self._rests = rests
        self._calm = rests if calm is None else calm

    async def want(self, tx: Transaction, creator: CreatorId, fan: FanId) -> None:
        """Something about this fan changed. One that has not begun will show this, too, and soon."""
        waits, due = await outbox.newest(tx, card_stream(creator, fan)), self._ctx.clock.now() + self._rests
        if waits is None or waits.state is not EffectState.PENDING:
            await self._add(tx, creator, fan, due)
        elif due < waits.not_before:
            await self._ctx.effects.sooner(tx, waits, due)

    async def learned(self, tx: Transaction, creator: CreatorId, fan: FanId) -> None:
        """More is known of this fan, who just wrote or was written to: it shows together with that."""
        if not await outbox.awaited(tx, card_stream(creator, fan)):
            await self._add(tx, creator, fan, self._ctx.clock.now() + self._calm)

    async def talked(self, tx: Transaction, change: ConversationChanged) -> None:
        """A conversation changed. While somebody is at it, or it was just answered, more of it may follow."""
        if change.calm and change.before is not None and _shown(change.before) == _shown(change.after):
            return  # they wrote once more: the card says already since when they wait
        if not change.calm or _brought_back(change):
            await self.want(tx, change.creator, change.fan)
            return
        now, talk, before = self._ctx.clock.now(), change.after, change.before
        held = (talk.claimed_until or 0) if talk.holder(now) is not None else 0
        if talk.waiting_since is not None and not held:
            await self._by(tx, change, now + self._calm, later=False)
            return
        answered = before is None or before.last_out != talk.last_out
        times = _UNSEEN if answered and talk.waiting_since is None and await self._unseen(tx, change) else 1
        # The end of a claim shows, too: the card waits for it, and is shown once.
        due = max(now + self._calm * _ANSWERED * times // 2, held + self._rests)
        await self._by(tx, change, due, later=bool(held) or answered, times=times)

    async def _unseen(self, tx: Transaction, change: ConversationChanged) -> bool:
        """Whether they waited and the card never said so: all that it lacks is when they were answered."""
        if change.before is None or change.before.waiting_since is None:
            return False
        shown = await stream_heads.last_done(tx, card_stream(change.creator, change.fan))
        return shown is not None and shown < change.before.waiting_since

    async def _by(
        self, tx: Transaction, change: ConversationChanged, due: Millis, *, later: bool, times: int = 1
    ) -> None:
        """Have it shown then; `later`: one that waits already may wait longer for this."""
        now, most = self._ctx.clock.now(), _MOST * self._calm * times
        waits = await outbox.newest(tx, card_stream(change.creator, change.fan))
        if waits is None or waits.state is not EffectState.PENDING:
            await self._add(tx, change.creator, change.fan, min(due, now + most))
            return
        due = min(due, waits.created_at + most)
        if due < waits.not_before and (later or change.after.waiting_since is not None):
            await self._ctx.effects.sooner(tx, waits, due)
        elif later and waits.not_before > now + self._rests:
            await outbox.put_off(tx, waits.id, not_before=due)

    async def _add(self, tx: Transaction, creator: CreatorId, fan: FanId, due: Millis) -> None:
        wanted = EffectRequest(
            network="discord",
            kind=KIND,
            stream=card_stream(creator, fan),
            creator=creator,
            fan=fan,
            cause=f"card:{self._ctx.ids.new()}",
            part="show",
            body={},
            not_before=due,
        )
        await self._ctx.effects.add(tx, wanted)

    async def happened(self, tx: Transaction, event: Event) -> None:
        """A fact was decided. Of messages the talk tells, and of what was paid how many were bought."""
        if isinstance(event, Subscribed):
            await self.want(tx, event.creator, event.fan.id)
        if isinstance(event, Paid) and event.message is not None and event.fan is not None:
            thread = await threads.current(tx, event.creator, event.fan.id)
            if thread is not None and thread.state == "open":
                await self.learned(tx, event.creator, event.fan.id)


def _shown(talk: Conversation) -> Conversation:
    """What of it a card shows, and more; not what a fan wrote last, which the lines below it say."""
    return replace(talk, last_in=None, last_in_message=None, version=0)


def _brought_back(change: ConversationChanged) -> bool:
    """Whether a closed or snoozed conversation goes on: a card that says *closed* is wrong, not just late."""
    before, after = change.before, change.after
    return before is not None and ((before.state, before.snoozed_until) != (after.state, after.snoozed_until))
