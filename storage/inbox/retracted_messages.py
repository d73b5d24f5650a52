"""Messages that a fan took back: nobody waits because of them."""

from dataclasses import replace

from storage.database import Transaction
from storage.inbox import conversations, messages
from storage.inbox.conversations import Conversation
from storage.records import CreatorId, FanId, FanvueMessageId, MessagePair, Millis


async def fan_wrote(
    tx: Transaction, creator: CreatorId, fan: FanId, *, message: FanvueMessageId, at: Millis
) -> Conversation:
    """The fan waits for an answer, unless they took the message back before it was told of."""
    if await messages.is_deleted(tx, creator, message):
        return await conversations.known(tx, creator, fan)
    return await conversations.fan_wrote(tx, creator, fan, message=message, at=at)


async def take_back(tx: Transaction, gone: MessagePair, *, at: Millis) -> Conversation:
    """The fan waits since the oldest of their other unanswered messages, or no longer."""
    await messages.deleted(tx, gone.creator, gone.message, at)
    talk = await conversations.known(tx, gone.creator, gone.fan)
    if talk.waiting_since != gone.sent_at:
        return talk
    waiting = await conversations.oldest(tx, talk, after=gone.sent_at - 1)
    snoozed = talk.snoozed_until if waiting is not None else None  # nothing left to put off
    return await conversations.changed(tx, talk, replace(talk, waiting_since=waiting, snoozed_until=snoozed))
