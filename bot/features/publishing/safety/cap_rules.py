"""Reads what was typed for the cap of mass messages and live conversations (pure)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.features.publishing.safety.exclusion_texts import OFF
from storage.publishing.mass_caps import MassCap

_CAP = re.compile(r"([0-9]{1,3}) ?(?:in|per|/) ?([0-9]{1,2}) ?(?:days?|d)?")
_MOST, _DAYS, _HOURS = 100, 30, 72
_WRONG_CAP = (
    f"Write a cap as “2 in 7 days”, with at most {_MOST} in at most {_DAYS} days, or “off”. No changes made."
)
_WRONG_LIVE = f"Write a number of hours up to {_HOURS}, for example 2. No changes made."


def read(typed: Mapping[str, str]) -> Callable[[MassCap], MassCap]:
    """Read the typed change of the cap. Raises ValueError with what to do instead."""
    wanted: dict[str, int | None] = {}
    if "cap" in typed:
        wanted["most"], days = _cap(typed["cap"])
        wanted |= {} if days is None else {"days": days}
    if "live" in typed:
        plain = typed["live"].strip().casefold().removesuffix("hours").removesuffix("h").strip()
        if re.fullmatch(r"[0-9]{1,3}", plain) is None or not 1 <= int(plain) <= _HOURS:
            raise ValueError(_WRONG_LIVE)
        wanted["live_hours"] = int(plain)
    return lambda cap: replace(cap, **wanted)  # type: ignore[arg-type]


def _cap(typed: str) -> tuple[int | None, int | None]:
    plain = " ".join(typed.casefold().split())
    if plain == OFF:
        return None, None
    found = _CAP.fullmatch(plain)
    if found is None or not (1 <= int(found[1]) <= _MOST and 1 <= int(found[2]) <= _DAYS):
        raise ValueError(_WRONG_CAP)
    return int(found[1]), int(found[2])
