"""A fact's body: its meaning, its owner, the place it is sealed for (pure)."""

from collections.abc import Callable

from bot.model.events import NotUnderstood, Understood
from storage.records import CreatorId, FactId, Millis

Meaning = Understood | NotUnderstood
Read = Callable[[bytes], Meaning]


def whose(meaning: Meaning) -> tuple[CreatorId, Millis | None]:
    """The creator it is about, and when it happened."""
    if isinstance(meaning, NotUnderstood):
        return meaning.creator, meaning.at
    return meaning.event.creator, meaning.event.at


def body_place(fact: FactId, creator: CreatorId) -> str:
    """The place the body of a fact is sealed for."""
    return f"inbox|body|{fact}|{creator}"
