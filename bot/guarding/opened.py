"""Builds the guard of what leaves."""

from dataclasses import dataclass

from bot.guarding.check import Guard
from bot.guarding.setting import Setting
from bot.relay.context import Context


@dataclass(frozen=True)
class Guarding:
    """The parts that the rest of the program speaks to."""

    check: Guard  # before a reply leaves
    setting: Setting


def open_guarding(on: Context) -> Guarding:
    """All of it, on the one ground."""
    trail = on.effects.trail
    return Guarding(Guard(trail), Setting(database=on.database, clock=on.clock, trail=trail))
