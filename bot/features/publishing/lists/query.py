"""A query for the fans of a list to be built (pure)."""

from dataclasses import dataclass

from storage.records import Cents, MediaId


@dataclass(frozen=True)
class ListQuery:
    """Everything that is not None must hold."""

    spent: Cents | None = None  # at least so much
    days: int | None = None  # within so many days
    bought: MediaId | None = None
    expired: int | None = None  # within so many days; 0: at any time
