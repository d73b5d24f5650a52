"""Builds the guard of what leaves."""

from dataclasses import dataclass

from bot.features.inbox.guard.check import GuardCheck
from bot.features.inbox.guard.setting import GuardSetting
from bot.relay.context import Context


@dataclass(frozen=True)
class GuardFeature:
    """The parts that the rest of the program speaks to."""

    check: GuardCheck  # before a reply leaves
    setting: GuardSetting


def open_guarding(on: Context) -> GuardFeature:
    """All of it, on the one ground."""
    trail = on.effects.trail
    return GuardFeature(GuardCheck(trail), GuardSetting(database=on.database, clock=on.clock, trail=trail))
