"""Builds what stands between a press and a mass message to very many fans."""

from dataclasses import dataclass

from bot.broadcast_safety.setting import Setting
from bot.broadcast_safety.stopping import Stopping
from bot.proposals.telling import Telling
from bot.relay.ground import Ground


@dataclass(frozen=True)
class MassSafety:
    """The parts that the rest of the program speaks to."""

    setting: Setting
    stopping: Stopping


def open_mass_safety(on: Ground) -> MassSafety:
    """The limits, and Cancel. What looks them up is around the feature of mass messages."""
    telling = Telling(commands=on.commands, effects=on.effects)
    stopping = Stopping(
        database=on.database, effects=on.effects, telling=telling, dispatch=on.dispatch, clock=on.clock
    )
    setting = Setting(database=on.database, clock=on.clock, trail=on.effects.trail)
    return MassSafety(setting, stopping)
