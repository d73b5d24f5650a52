"""Keeps what a fan is called now, as whatever happened names them."""

from bot.model.events import Person
from storage.database import Transaction
from storage.inbox import fans
from storage.records import CreatorId, Fan, Millis


async def learn(tx: Transaction, creator: CreatorId, person: Person, *, now: Millis) -> Fan:
    """The fan as they are known from now on; what an event does not tell erases nothing."""
    return await fans.learn(
        tx,
        Fan(
            creator=creator,
            id=person.id,
            handle=person.handle,
            display_name=person.display_name,
            status=None,
            first_seen=now,
        ),
    )
