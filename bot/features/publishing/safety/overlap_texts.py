"""The texts about the same content to others, within a day (pure)."""

from collections.abc import Sequence

from bot.features.publishing.safety.audience_rules import AudienceList, AudienceOverlap
from bot.features.publishing.safety.overlap_search import OverlapMatch
from bot.text.safe_text import one_line, safe
from storage.records import Millis

UNREAD = (
    "We can't read Fanvue's list of mass messages right now, so we don't know whether the same was "
    "sent elsewhere within a day."
)
_SHOWN, _LISTS, _NAME = 3, 4, 30


def warned(found: Sequence[OverlapMatch], now: Millis) -> tuple[str, ...]:
    """A sentence for each, those that surely overlap first."""
    ranked = sorted(found, key=lambda one: one.shared is not AudienceOverlap.SOME)
    told = [f"⚠️ {_sentence(one, now)}" for one in ranked[:_SHOWN]]
    if more := len(ranked) - _SHOWN:
        told += [f"… and {more} more like that within a day."] if more > 0 else []
    return ("\n".join(told),) if told else ()


def _sentence(one: OverlapMatch, now: Millis) -> str:
    when = f"<t:{one.at // 1000}:R>"
    went = f"is planned, {when}" if one.at > now else f"was sent {when}"
    if one.shared is AudienceOverlap.SOME:
        return (
            f"**The same message {went}, also to {_names(one.both)}.** Fans on that list get "
            "it twice: remove the list, or change the message."
        )
    if one.to is not None:
        return (
            f"The same message {went} to {_names(one.to)}. **We don't know whether fans get it "
            "twice:** Fanvue doesn't say who is on both. To be sure, remove that list."
        )
    where = "was made outside the bridge and " if one.elsewhere else ""
    return (
        f"The same message {where}{went}. **We don't know whether fans get it twice:** Fanvue "
        "doesn't say to which lists."
    )


def _names(lists: Sequence[AudienceList]) -> str:
    more = f" and {len(lists) - _LISTS} more" if len(lists) > _LISTS else ""
    return f"{', '.join(safe(one_line(one.name, _NAME)) for one in lists[:_LISTS])}{more}"
