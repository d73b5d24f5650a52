"""A page of a review, and the parts that it is made with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.model.ports import Post
from storage.records import Cents, CreatorId


class ReviewFigureDisplay(Protocol):
    """The exactness of figures."""

    def money(self, cents: Cents, currency: str | None = None) -> str:
        """An amount in words."""


ShownTo = Callable[[MoneyView], ReviewFigureDisplay]


@dataclass(frozen=True)
class ReviewWords:
    """The words for figures and packs of the guard, as everywhere else."""

    shown_to: ShownTo  # never asked about whoever sees no figures
    floor_of: Callable[[Cents], Cents]  # where the range of an amount begins
    packs: Mapping[str, str]


@dataclass(frozen=True)
class ReviewPage:
    """A page, and the file that goes with it."""

    post: Post
    file: bytes | None = None


def permitted(permits: Sequence[Permit], creator: CreatorId | None) -> dict[CreatorId, MoneyView]:
    """The creators to show, and how exactly; `creator`: theirs alone."""
    found = {one.creator: one.money for one in permits if one.creator is not None}
    return {one: found[one] for one in sorted(found) if creator in (None, one)}
