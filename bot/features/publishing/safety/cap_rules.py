"""Reads what was typed for the cap of mass messages and live conversations (pure)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.model.language import msgid, tr
from bot.text.calendar_names import folded
from bot.text.typed_words import TypedWord, says
from storage.publishing.mass_caps import MassCap

# In English, German and Spanish, whatever is spoken.
_CAP = re.compile(r"([0-9]{1,3}) ?(?:in|per|pro|en|cada|por|/) ?([0-9]{1,2}) ?(?:days?|d|tage?n?|dias?)?")
_LIVE = re.compile(r"([0-9]{1,3}) ?(?:hours?|h|stunden?|std|horas?)?")
_MOST, _DAYS, _HOURS = 100, 30, 72
_WRONG_CAP = msgid(
    "Write a cap as “2 in 7 days”, with at most {most} in at most {days} days, or “off”. No changes made."
)
_WRONG_LIVE = msgid("Write a number of hours up to {most}, for example 2. No changes made.")


def read(typed: Mapping[str, str]) -> Callable[[MassCap], MassCap]:
    """Read the typed change of the cap. Raises ValueError with what to do instead."""
    wanted: dict[str, int | None] = {}
    if "cap" in typed:
        wanted["most"], days = _cap(typed["cap"])
        wanted |= {} if days is None else {"days": days}
    if "live" in typed:
        found = _LIVE.fullmatch(_plain(typed["live"]))
        if found is None or not 1 <= int(found[1]) <= _HOURS:
            raise ValueError(tr(_WRONG_LIVE, most=_HOURS))
        wanted["live_hours"] = int(found[1])
    return lambda cap: replace(cap, **wanted)  # type: ignore[arg-type]


def _cap(typed: str) -> tuple[int | None, int | None]:
    plain = _plain(typed)
    if says(plain, TypedWord.OFF):
        return None, None
    found = _CAP.fullmatch(plain)
    if found is None or not (1 <= int(found[1]) <= _MOST and 1 <= int(found[2]) <= _DAYS):
        raise ValueError(tr(_WRONG_CAP, most=_MOST, days=_DAYS))
    return int(found[1]), int(found[2])


def _plain(typed: str) -> str:
    return " ".join(folded(typed).split())
