"""What the pages of a review are made with, and what one of them is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.model.ports import Post
from storage.records import Cents, CreatorId


class ReviewFigureDisplay(Protocol):
    """How exactly figures are shown."""

    def money(self, cents: Cents, currency: str | None = None) -> str:
        """An amount in words."""


ShownTo = Callable[[MoneyView], ReviewFigureDisplay]


@dataclass(frozen=True)
class ReviewWords:
    """How figures and packs of the guard are told everywhere else, too."""

    shown_to: ShownTo  # never asked about whoever sees no figures
    floor_of: Callable[[Cents], Cents]  # where the range of an amount begins
    packs: Mapping[str, str]


@dataclass(frozen=True)
class ReviewPage:
    """What is shown, and the file that goes with it."""

    post: Post
    file: bytes | None = None


def permitted(permits: Sequence[Permit], creator: CreatorId | None) -> dict[CreatorId, MoneyView]:
    """Whose lists may be shown, and how exactly; `creator`: theirs alone."""
    found = {one.creator: one.money for one in permits if one.creator is not None}
    return {one: found[one] for one in sorted(found) if creator in (None, one)}
