"""What a program asks for: sections, forms of media, days (pure).

ContextNotUnderstood    something typed is not one of the choices; str() says which there are
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from bot.access.policy import POLICY, Action
from bot.access.roles import MoneyView, Permission, TeamStanding

E = TypeVar("E", bound=StrEnum)

MOST: Final = 200  # items or people of a section
USUAL: Final = 50
USUAL_PERIOD: Final = "30"  # days, as /money earnings understands them
_OPTIONS: Final = frozenset({"fields", "variants", "period", "limit", "search"})
_LONGEST: Final = 60  # letters of a period, or of a search


class ContextNotUnderstood(Exception):
    """Raised with a sentence for whoever typed it."""


class ContextSection(StrEnum):
    """The parts of a context, in their order."""

    MEDIA = "media"
    SUBSCRIBERS = "subscribers"
    TOP_SPENDERS = "top_spenders"
    EARNINGS = "earnings"
    WAITING = "waiting"
    CAMPAIGNS = "campaigns"
    CALENDAR = "calendar"


class MediaForm(StrEnum):
    """The forms of a media item, as Fanvue names them."""

    MAIN = "main"
    THUMBNAIL = "thumbnail"
    BLURRED = "blurred"


NEEDS: Final[Mapping[ContextSection, Action]] = {
    ContextSection.MEDIA: Action.MEDIA,
    ContextSection.SUBSCRIBERS: Action.SUBSCRIBERS,
    ContextSection.TOP_SPENDERS: Action.TOP_FANS,
    ContextSection.EARNINGS: Action.EARNINGS,
    ContextSection.WAITING: Action.INBOX,
    ContextSection.CAMPAIGNS: Action.CAMPAIGNS,
    ContextSection.CALENDAR: Action.POST_LIST,
}


@dataclass(frozen=True)
class ContextRequest:
    """What of a creator is wanted. `most`: items or people of each section.

    `search`: words in small letters, all of which an item of the vault has in its name or caption.
    """

    sections: Sequence[ContextSection] = tuple(ContextSection)
    forms: Sequence[MediaForm] = ()
    period: str = USUAL_PERIOD
    most: int = USUAL
    search: tuple[str, ...] = ()


def understood(asked: Mapping[str, str]) -> ContextRequest:
    """The request of these words; commas between several. Raises ContextNotUnderstood."""
    only_options(asked, _OPTIONS)
    period = asked.get("period", "").strip() or USUAL_PERIOD
    if len(period) > _LONGEST:
        raise ContextNotUnderstood(f"A period has at most {_LONGEST} letters, for example: last week.")
    return ContextRequest(
        chosen("section", ContextSection, asked.get("fields")) or tuple(ContextSection),
        chosen("form of media", MediaForm, asked.get("variants")),
        period,
        number(asked.get("limit"), usual=USUAL, most=MOST),
        _words(asked.get("search", "")),
    )


def may_see(standing: TeamStanding, section: ContextSection) -> bool:
    """Whether the one policy table lets somebody with this role do what shows the same to people."""
    return may_do(standing, NEEDS[section])


def may_do(standing: TeamStanding, action: Action) -> bool:
    """Whether the table lets somebody with this role do that."""
    needs = POLICY[action].needs
    allowed = isinstance(needs, Permission) and needs in standing.permissions
    return allowed and (needs is not Permission.MONEY or standing.money is not MoneyView.HIDDEN)


def _words(typed: str) -> tuple[str, ...]:
    if len(typed) > _LONGEST:
        raise ContextNotUnderstood(f"A search has at most {_LONGEST} letters, for example: beach red.")
    return tuple(typed.casefold().split())


def only_options(asked: Mapping[str, str], known: Collection[str]) -> None:
    """Raises ContextNotUnderstood where another one is asked for."""
    for unknown in sorted(set(asked) - set(known)):
        raise ContextNotUnderstood(f"{unknown[:_LONGEST]!r} is no option. Use: {', '.join(sorted(known))}.")


def chosen(what: str, choices: type[E], typed: str | None) -> tuple[E, ...]:
    """Those of the choices that are typed, in their order. Raises ContextNotUnderstood."""
    words = [word.strip() for word in (typed or "").split(",") if word.strip()]
    unknown = [word for word in words if word not in set(choices)]
    if unknown:
        raise ContextNotUnderstood(f"{unknown[0][:_LONGEST]!r} is no {what}. Choose: {', '.join(choices)}.")
    return tuple(one for one in choices if one in words)


def number(typed: str | None, *, usual: int, most: int) -> int:
    """The limit that is typed. Raises ContextNotUnderstood."""
    digits = (typed or "").strip()
    if not digits:
        return usual
    fits = digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))  # int() refuses thousands
    if not (fits and 1 <= int(digits) <= most):
        raise ContextNotUnderstood(f"The limit is a number from 1 to {most}.")
    return int(digits)
