"""Builds what stands between a press and a mass message to very many fans."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.broadcast_safety.asking import Asking
from bot.broadcast_safety.expiring import Expiring
from bot.broadcast_safety.seconding import Seconding
from bot.broadcast_safety.counted import Counted
from bot.broadcast_safety.overlap import MassesPort, Overlap
from bot.broadcast_safety.quiet import Quiet
from bot.broadcast_safety.quiet_setting import QuietSetting
from bot.broadcast_safety.same import Sames
from bot.broadcast_safety.setting import Setting
from bot.broadcast_safety.stopping import Stopping
from bot.broadcast_safety.telling import Telling
from bot.proposals.opened import Proposing
from bot.proposals.telling import Telling as Ends
from bot.proposals.features import Feature
from bot.relay.ground import Ground


@dataclass(frozen=True)
class MassSafety:
class Watched:
    """Which features are mass messages and changes of them, and where those on Fanvue are read."""

    on: Ground
    mass: str
    change: str
    there: MassesPort


@dataclass(frozen=True)
    """The parts that the rest of the program speaks to."""

    setting: Setting
    stopping: Stopping
    seconding: Seconding
    expiring: Expiring


def open_asking(on: Ground) -> Asking:
    """What has a second person asked."""
    return Asking(telling=_telling(on), clock=on.clock)


def open_mass_safety(on: Ground, proposing: Proposing, mass: str) -> MassSafety:
    """`mass`: the name of the feature whose limits are looked up around it."""
    database, clock, record = on.database, on.clock, proposing.record
    return MassSafety(
        setting=Setting(database=database, clock=clock, trail=on.effects.trail),
        stopping=Stopping(
            database=database,
            effects=on.effects,
            telling=Ends(commands=on.commands, effects=on.effects),
            dispatch=on.dispatch,
            clock=clock,
        ),
        seconding=Seconding(
            database=database,
            commands=on.commands,
            record=record,
            leaving=proposing.leaving,
            telling=_telling(on),
            feature=proposing.features[mass],
            clock=clock,
        ),
        expiring=Expiring(database=database, record=record, telling=_telling(on), clock=clock),
    )


def _telling(on: Ground) -> Telling:
    return Telling(commands=on.commands, effects=on.effects)
"""Builds what stands between a press and a mass message."""
from bot.broadcast_safety.one_fan import OneFan
class BroadcastSafety:
    limits: Setting
    one_fan: OneFan
    quiet: QuietSetting
def watched(features: Sequence[Feature], of: Watched) -> list[Feature]:
    """These, with what stands between their previews and a press; others are as they were."""
    on = of.on
    sames = Sames(on.effects, of.mass)
    made: list[Feature] = []
    for one in features:
        feature = one
        if one.name == of.mass:
            feature = Overlap(feature, database=on.database, sames=sames, there=of.there, clock=on.clock)
        if one.name in {of.mass, of.change}:
            feature = Quiet(feature, database=on.database, clock=on.clock)
        if one.name == of.mass:
            feature = Counted(feature, database=on.database)
        made.append(feature)
    return made
def open_broadcast_safety(on: Ground) -> BroadcastSafety:
    """For every creator."""
    return BroadcastSafety(
        limits=Setting(database=on.database, clock=on.clock, trail=on.effects.trail),
        one_fan=OneFan(database=on.database, clock=on.clock, ids=on.ids),
        quiet=QuietSetting(database=on.database, clock=on.clock, trail=on.effects.trail),
