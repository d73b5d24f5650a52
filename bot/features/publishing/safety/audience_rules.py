"""Whether two mass messages reach the same fans, as their lists tell (pure)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.features.publishing.mass_messages.audience import SMART

# Of Fanvue's own lists: what is part of what, and what shares nobody. `all` is in no contract, but may come.
_ALL = "all"
_SUBSCRIBERS = "subscribers"
_OF_SUBSCRIBERS = frozenset({"auto_renewing", "non_renewing", "free_trial_subscribers"})
_EXPIRED = "expired_subscribers"
_APART = (frozenset({"auto_renewing", "non_renewing"}), frozenset({_SUBSCRIBERS, _EXPIRED}))


@dataclass(frozen=True)
class AudienceList:
    """A list of fans, in a mass message."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True)
class MassMessageReach:
    """The audience of a mass message."""

    to: tuple[AudienceList, ...]
    without: tuple[AudienceList, ...] = ()


class AudienceOverlap(Enum):
    """The overlap of two audiences."""

    NOBODY = "nobody"
    SOME = "some"  # whoever is on a list of both
    UNKNOWN = "unknown"  # that would take reading every member


def reach_of(content: Mapping[str, Any]) -> MassMessageReach:
    """Of the content of a mass message."""
    return MassMessageReach(_lists(content["to"]), _lists(content["without"]))


def shared(
    one: MassMessageReach, other: MassMessageReach
) -> tuple[AudienceOverlap, tuple[AudienceList, ...]]:
    """The answer, and the lists that both go to."""
    mine, theirs = _left(one.to, other.without), _left(other.to, one.without)
    both = [(b if _holds(a, b) else a) for a in mine for b in theirs if _holds(a, b) or _holds(b, a)]
    if both:
        return AudienceOverlap.SOME, tuple(dict.fromkeys(both))
    if all(_apart(a, b) for a in mine for b in theirs):
        return AudienceOverlap.NOBODY, ()
    return AudienceOverlap.UNKNOWN, ()


def _left(lists: Sequence[AudienceList], without: Collection[AudienceList]) -> list[AudienceList]:
    """Those of which not everybody is left out."""
    return [one for one in lists if not any(_holds(other, one) for other in without)]


def _holds(one: AudienceList, other: AudienceList) -> bool:
    """Whether everybody on `other` is on `one`."""
    if (one.kind, one.id) == (other.kind, other.id):
        return True
    if one.kind != SMART:
        return False
    part = other.kind == SMART and other.id in _OF_SUBSCRIBERS
    return one.id == _ALL or (one.id == _SUBSCRIBERS and part)


def _apart(one: AudienceList, other: AudienceList) -> bool:
    if one.kind != SMART or other.kind != SMART:
        return False
    # Who has expired is no subscriber, of whatever sort.
    sorts = {
        _SUBSCRIBERS if _EXPIRED in {one.id, other.id} and x in _OF_SUBSCRIBERS else x
        for x in (one.id, other.id)
    }
    return frozenset(sorts) in _APART


def _lists(packed: Sequence[Mapping[str, str]]) -> tuple[AudienceList, ...]:
    return tuple(AudienceList(one["kind"], one["id"], one["name"]) for one in packed)
