"""Keeps a fan's present names, as events name them."""

from bot.model.events import Person
from storage.database import Transaction
from storage.inbox import fans
from storage.records import CreatorId, Fan, Millis


async def learn(tx: Transaction, creator: CreatorId, person: Person, *, now: Millis) -> Fan:
    """Learn a fan's names and return the fan; a field that the event lacks erases nothing."""
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


def is_renamed(known: Fan, person: Person) -> bool:
    """Whether an event tells another name of a fan; a field that it lacks tells nothing."""
    return person.handle not in (None, known.handle) or person.display_name not in (None, known.display_name)
