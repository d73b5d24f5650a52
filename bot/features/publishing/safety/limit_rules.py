"""Reads what was typed for the limits of mass messages (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.model.language import msgid, tr
from bot.text.typed_words import TypedWord, says
from storage.publishing.mass_limits import MassLimits

LONGEST = 900  # seconds: as long as Discord lets the answer that tells the end be changed
_MOST = 100_000_000
_NUMBER = msgid("Write a number of recipients, for example 500, or “off”. No changes made.")
_ABOVE = msgid("Write a number of recipients, for example 500; `hold:off` turns it off. No changes made.")
_SECONDS = msgid("Write a number of seconds up to {most}, for example 60, or “off”. No changes made.")


def read(typed: Mapping[str, str]) -> Callable[[MassLimits], MassLimits]:
    """Read the typed change of the limits. Raises ValueError with what to do instead."""
    wanted: dict[str, int | None] = {}
    for name in ("typed_above", "second_above"):
        if name in typed:
            wanted[name] = _number(typed[name], _MOST, tr(_NUMBER))
    if "hold" in typed:
        wanted["hold_seconds"] = _number(typed["hold"], LONGEST, tr(_SECONDS, most=LONGEST)) or 0
    if "hold_above" in typed:
        wanted["hold_above"] = _number(typed["hold_above"], _MOST, tr(_ABOVE))
        if wanted["hold_above"] is None:
            raise ValueError(tr(_ABOVE))
    return lambda limits: replace(limits, **wanted)  # type: ignore[arg-type]


def _number(words: str, most: int, instead: str) -> int | None:
    """None: off."""
    plain = words.strip().casefold()
    if says(plain, TypedWord.OFF):
        return None
    digits = plain.replace(",", "").replace(" ", "").lstrip("0") or "0"
    fits = digits.isascii() and digits.isdigit() and len(digits) <= len(str(most)) and plain
    if not fits or int(digits) > most:
        raise ValueError(instead)
    return int(digits)
