"""The texts about the same content to others, within a day (pure)."""

from collections.abc import Sequence

from bot.features.publishing.safety.audience_rules import AudienceList, AudienceOverlap
from bot.features.publishing.safety.overlap_search import OverlapMatch
from bot.model.language import msgid, tr
from bot.text.safe_text import one_line, safe
from storage.records import Millis

UNREAD = msgid(
    "We can't read Fanvue's list of mass messages right now, so we don't know whether "
    "the same was sent elsewhere within a day."
)
_BOTH = msgid(
    "**The same message was sent <t:{at}:R>, also to {names}.** Fans on that list get it twice: "
    "remove the list, or change the message."
)
_BOTH_AHEAD = msgid(
    "**The same message is planned, <t:{at}:R>, also to {names}.** Fans on that list get it twice: "
    "remove the list, or change the message."
)
_PERHAPS = msgid(
    "The same message was sent <t:{at}:R> to {names}. **We don't know whether fans get it twice:** "
    "Fanvue doesn't say who is on both. To be sure, remove that list."
)
_PERHAPS_AHEAD = msgid(
    "The same message is planned, <t:{at}:R> to {names}. **We don't know whether fans get it twice:** "
    "Fanvue doesn't say who is on both. To be sure, remove that list."
)
_ELSEWHERE = msgid(
    "The same message was made outside the bridge and was sent <t:{at}:R>. **We don't know whether "
    "fans get it twice:** Fanvue doesn't say to which lists."
)
_ELSEWHERE_AHEAD = msgid(
    "The same message was made outside the bridge and is planned, <t:{at}:R>. **We don't know whether "
    "fans get it twice:** Fanvue doesn't say to which lists."
)
_ANYWHERE = msgid(
    "The same message was sent <t:{at}:R>. **We don't know whether fans get it twice:** Fanvue "
    "doesn't say to which lists."
)
_ANYWHERE_AHEAD = msgid(
    "The same message is planned, <t:{at}:R>. **We don't know whether fans get it twice:** Fanvue "
    "doesn't say to which lists."
)
_SHOWN, _LISTS, _NAME = 3, 4, 30


def warned(found: Sequence[OverlapMatch], now: Millis) -> tuple[str, ...]:
    """A sentence for each, those that surely overlap first."""
    ranked = sorted(found, key=lambda one: one.shared is not AudienceOverlap.SOME)
    told = [f"⚠️ {_sentence(one, now)}" for one in ranked[:_SHOWN]]
    if more := len(ranked) - _SHOWN:
        told += [tr("… and {more} more like that within a day.", more=more)] if more > 0 else []
    return ("\n".join(told),) if told else ()


def _sentence(one: OverlapMatch, now: Millis) -> str:
    at, ahead = one.at // 1000, one.at > now
    if one.shared is AudienceOverlap.SOME:
        return tr(_BOTH_AHEAD if ahead else _BOTH, at=at, names=_names(one.both))
    if one.to is not None:
        return tr(_PERHAPS_AHEAD if ahead else _PERHAPS, at=at, names=_names(one.to))
    if one.elsewhere:
        return tr(_ELSEWHERE_AHEAD if ahead else _ELSEWHERE, at=at)
    return tr(_ANYWHERE_AHEAD if ahead else _ANYWHERE, at=at)


def _names(lists: Sequence[AudienceList]) -> str:
    more = tr(" and {more} more", more=len(lists) - _LISTS) if len(lists) > _LISTS else ""
    return f"{', '.join(safe(one_line(one.name, _NAME)) for one in lists[:_LISTS])}{more}"
