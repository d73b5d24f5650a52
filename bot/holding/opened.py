"""Builds what has replies wait, and what cancels them."""

from dataclasses import dataclass

from bot.checks.kept import KeptReplies
from bot.holding.cancelling import Cancelling
from bot.holding.setting import Setting
from bot.relay.context import Context


@dataclass(frozen=True)
class Holding:
    """The parts that the rest of the program speaks to. That they wait is the relay's to keep."""

    setting: Setting
    cancelling: Cancelling


def open_holding(on: Context, kept: KeptReplies) -> Holding:
    """`kept`: where what is cancelled stays."""
    cancelling = Cancelling(
        database=on.database, commands=on.commands, effects=on.effects, kept=kept, clock=on.clock
    )
    return Holding(Setting(database=on.database, clock=on.clock, trail=on.effects.trail), cancelling)
