"""Packs of the guard and their levels, chosen or as the program has them (pure)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Pack(StrEnum):
    """What a text may read like."""

    PAYMENT = "payment"  # money outside Fanvue
    CONTACTS = "contacts"  # ways to reach each other outside Fanvue
    MEETING = "meeting"  # seeing each other in person
    AGE = "age"  # minors, also in play
    PRESENCE = "presence"  # who is writing, or that the creator is there now


class Level(StrEnum):
    """What follows, from least to most."""

    OFF = "off"
    WARN = "warn"  # the author is asked
    HOLD = "hold"  # a lead decides
    BLOCK = "block"  # it does not leave as it is


Levels = Mapping[Pack, Level]

DEFAULTS: Levels = {
    Pack.PAYMENT: Level.HOLD,
    Pack.CONTACTS: Level.HOLD,
    Pack.MEETING: Level.WARN,
    Pack.AGE: Level.BLOCK,
    Pack.PRESENCE: Level.WARN,
}
# Nobody lets a minor pass with a press of their own.
_ALLOWED: Mapping[Pack, tuple[Level, ...]] = {Pack.AGE: (Level.HOLD, Level.BLOCK)}


def allowed(pack: Pack) -> tuple[Level, ...]:
    """Which levels a pack may have."""
    return _ALLOWED.get(pack, tuple(Level))


def levels_of(kept: Mapping[str, str]) -> Levels:
    """What holds, from what was chosen: a choice that this version does not know counts for nothing."""
    held = dict(DEFAULTS)
    for pack in Pack:
        chosen = kept.get(pack)
        if chosen in allowed(pack):
            held[pack] = Level(chosen)
    return held


def acting(found: Iterable[Pack], levels: Levels) -> dict[Pack, Level]:
    """Which of the packs that were found do something, in the order of the packs."""
    seen = set(found)
    return {pack: levels[pack] for pack in Pack if pack in seen and levels[pack] is not Level.OFF}


def strictest(acts: Mapping[Pack, Level]) -> Level:
    """What follows from several."""
    order = list(Level)
    return max(acts.values(), key=order.index, default=Level.OFF)


def mark_of(acts: Mapping[Pack, Level]) -> str:
    """Packs and levels in one line, for marks and for the audit: no text, no trigger."""
    return " ".join(f"{pack}:{level}" for pack, level in acts.items())
