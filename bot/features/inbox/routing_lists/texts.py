"""Texts about the Fanvue lists of routing rules (pure)."""

from bot.features.inbox.routing_lists.model import MOST, RoutingListState
from bot.model.language import msgid, number_text, tr
from storage.inbox.routing_lists import RoutingListProblem

NO_LIST = msgid("Fanvue has no list “{name}”. Choose one from the suggestions.")
SEVERAL = msgid("Several lists are called “{name}”. Choose one from the suggestions.")
_NEVER = msgid("not read yet, so the next rule counts")
_WHY = {
    RoutingListProblem.LATER: msgid("Fanvue does not answer"),
    RoutingListProblem.REFUSED: msgid("Fanvue does not let us read it"),
}


def state_of(known: RoutingListState | None) -> str:
    """As of when a list is known, and what follows where it is not."""
    if known is None:
        return tr(_NEVER)
    if known.problem is RoutingListProblem.GONE:
        return tr("⚠️ this list is gone from Fanvue, so the next rule counts: remove this rule")
    why = f": {tr(_WHY[known.problem])}" if known.problem is not None else ""
    if known.read is None:
        # Translators: {why} is “: Fanvue does not answer”
        return tr("⚠️ not read yet, so the next rule counts{why}", why=why) if why else tr(_NEVER)
    at = f"<t:{known.read // 1000}:R>"
    if not known.counts:
        # Translators: {why} is “: Fanvue does not answer”, or empty
        return tr("⚠️ last read {when}, so the next rule counts{why}", when=at, why=why)
    part = "" if known.is_whole else tr(", its first {most} fans", most=number_text(MOST))
    return (
        tr("⚠️ read {when}{part}, not since{why}", when=at, part=part, why=why)
        if why
        else tr("read {when}{part}", when=at, part=part)
    )
