"""Packs of the guard and their levels, chosen or as the program has them (pure)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class GuardPack(StrEnum):
    """A subject that a text may touch."""

    PAYMENT = "payment"  # money outside Fanvue
    CONTACTS = "contacts"  # ways to reach each other outside Fanvue
    MEETING = "meeting"  # seeing each other in person
    AGE = "age"  # minors, also in play
    PRESENCE = "presence"  # who is writing, or that the creator is there now


class GuardLevel(StrEnum):
    """The response, from least to most."""

    OFF = "off"
    WARN = "warn"  # the author is asked
    HOLD = "hold"  # a lead decides
    BLOCK = "block"  # it does not leave as it is


Levels = Mapping[GuardPack, GuardLevel]

DEFAULTS: Levels = {
    GuardPack.PAYMENT: GuardLevel.HOLD,
    GuardPack.CONTACTS: GuardLevel.HOLD,
    GuardPack.MEETING: GuardLevel.WARN,
    GuardPack.AGE: GuardLevel.BLOCK,
    GuardPack.PRESENCE: GuardLevel.WARN,
}
# Nobody lets a minor pass with a press of their own.
_ALLOWED: Mapping[GuardPack, tuple[GuardLevel, ...]] = {GuardPack.AGE: (GuardLevel.HOLD, GuardLevel.BLOCK)}


def allowed(pack: GuardPack) -> tuple[GuardLevel, ...]:
    """The levels a pack may have."""
    return _ALLOWED.get(pack, tuple(GuardLevel))


def levels_of(kept: Mapping[str, str]) -> Levels:
    """The levels in force, given those chosen: a choice unknown to this version counts for nothing."""
    held = dict(DEFAULTS)
    for pack in GuardPack:
        chosen = kept.get(pack)
        if chosen in allowed(pack):
            held[pack] = GuardLevel(chosen)
    return held


def acting(found: Iterable[GuardPack], levels: Levels) -> dict[GuardPack, GuardLevel]:
    """The packs found that do something, in the order of the packs."""
    seen = set(found)
    return {pack: levels[pack] for pack in GuardPack if pack in seen and levels[pack] is not GuardLevel.OFF}


def strictest(acts: Mapping[GuardPack, GuardLevel] | Mapping[str, GuardLevel]) -> GuardLevel:
    order = list(GuardLevel)
    return max(acts.values(), key=order.index, default=GuardLevel.OFF)


def mark_of(acts: Mapping[GuardPack, GuardLevel]) -> str:
    """Packs and levels in one line, for marks and for the audit: no text, no trigger."""
    return " ".join(f"{pack}:{level}" for pack, level in acts.items())
