"""The tags of a fan's thread: at most five, in one order (pure)."""

from collections.abc import Mapping, Sequence

from bot.features.inbox.fan_card.loader import FanCardFacts
from bot.features.inbox.notes.tag_service import VIP
from storage.records import Millis

MOST = 5
ATTENTION = "attention"
DAY: Millis = 86_400_000
NEW: Millis = 7 * DAY  # how long somebody is new


def tags_of(known: FanCardFacts) -> tuple[str, ...]:
    """Return the names, the most urgent first: attention, waiting, the answerer, the fan."""
    talk, names = known.talk, []
    if known.trouble:
        names.append(ATTENTION)
    if talk.waiting_since is not None:
        names.append("waiting")
    elif talk.last_out is not None:
        names.append("answered")
    if talk.holder(known.now) is not None:
        names.append("claimed")
    if VIP in known.marks:
        names.append(VIP)
    names.extend(_standing(known))
    return tuple(names[:MOST])


def ids_of(names: Sequence[str], known: Mapping[str, int]) -> tuple[int, ...]:
    """Return their ids in one forum; missing ones are left out, which /setup mends."""
    return tuple(known[name] for name in names if name in known)


def _standing(known: FanCardFacts) -> Sequence[str]:
    if known.subscriber is None:
        return ()  # nobody has told, so nothing is said
    if not known.subscriber.active:
        return ("expired",)
    return ("new",) if known.now - known.fan.first_seen < NEW else ("subscriber",)
