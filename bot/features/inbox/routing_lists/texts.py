"""Texts about the Fanvue lists of routing rules (pure)."""

from bot.features.inbox.routing_lists.model import MOST, RoutingListState
from storage.inbox.routing_lists import RoutingListProblem

NO_LIST = "Fanvue has no list “{}”. Choose one from the suggestions."
SEVERAL = "Several lists are called “{}”. Choose one from the suggestions."
UNREADABLE = "unreadable"
_NEXT = "so the next rule counts"
_NEVER = f"not read yet, {_NEXT}"
_GONE = f"⚠️ this list is gone from Fanvue, {_NEXT}: remove this rule"
_WHY = {
    RoutingListProblem.LATER: "Fanvue does not answer",
    RoutingListProblem.REFUSED: "Fanvue does not let us read it",
}


def state_of(known: RoutingListState | None) -> str:
    """As of when a list is known, and what follows where it is not."""
    if known is None:
        return _NEVER
    if known.problem is RoutingListProblem.GONE:
        return _GONE
    why = f": {_WHY[known.problem]}" if known.problem is not None else ""
    if known.read is None:
        return f"⚠️ not read yet, {_NEXT}{why}" if why else _NEVER
    at = f"<t:{known.read // 1000}:R>"
    if not known.counts:
        return f"⚠️ last read {at}, {_NEXT}{why}"
    part = "" if known.is_whole else f", its first {MOST:,} fans"
    return f"⚠️ read {at}{part}, not since{why}" if why else f"read {at}{part}"
