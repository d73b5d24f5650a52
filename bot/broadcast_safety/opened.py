"""Builds what stands between a press and a mass message."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.broadcast_safety.asking import Asking
from bot.broadcast_safety.counted import Counted
from bot.broadcast_safety.earlier import Earliers
from bot.broadcast_safety.expiring import Expiring
from bot.broadcast_safety.kinds import CAP, LIMITS
from bot.broadcast_safety.leaving_out import LeavingOut
from bot.broadcast_safety.left_list import BuildingPort, LeftList
from bot.broadcast_safety.one_fan import OneFan
from bot.broadcast_safety.overlap import MassesPort, Overlap
from bot.broadcast_safety.quiet import Quiet
from bot.broadcast_safety.quiet_setting import QuietSetting
from bot.broadcast_safety.same import Sames
from bot.broadcast_safety.seconding import Seconding
from bot.broadcast_safety.setting import Setting
from bot.broadcast_safety.stopping import Stopping
from bot.broadcast_safety.telling import Telling
from bot.broadcast_safety.whole_lists import MembersPort
from bot.broadcast_safety.whom_out import WhomOut
from bot.proposals.features import Feature
from bot.proposals.opened import Proposing
from bot.proposals.telling import Telling as Ends
from bot.relay.context import Context
from storage.publishing.mass_caps import MassCap
from storage.publishing.mass_limits import MassLimits


@dataclass(frozen=True)
class Watched:
    """Which features are mass messages and changes of them, and where those and their lists are read."""

    on: Context
    mass: str
    change: str
    there: MassesPort
    members: MembersPort


@dataclass(frozen=True)
class MassSafety:
    """The parts that the rest of the program speaks to."""

    setting: Setting[MassLimits]
    quiet: QuietSetting
    one_fan: OneFan
    stopping: Stopping
    seconding: Seconding
    expiring: Expiring
    cap: Setting[MassCap]
    left: LeftList


def open_asking(on: Context) -> Asking:
    """What has a second person asked."""
    return Asking(telling=_telling(on), clock=on.clock)


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
            feature = Counted(feature, database=on.database, clock=on.clock)
            feature = LeavingOut(feature, database=on.database, whom=_whom(of), clock=on.clock)
        made.append(feature)
    return made


def open_mass_safety(of: Watched, proposing: Proposing, building: BuildingPort) -> MassSafety:
    """`building`: what makes the lists of whoever is left out."""
    on, mass = of.on, of.mass
    database, clock, record = on.database, on.clock, proposing.record
    return MassSafety(
        setting=Setting(LIMITS, database=database, clock=clock, trail=on.effects.trail),
        quiet=QuietSetting(database=database, clock=clock, trail=on.effects.trail),
        one_fan=OneFan(database=database, clock=clock, ids=on.ids),
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
        cap=Setting(CAP, database=database, clock=clock, trail=on.effects.trail),
        left=LeftList(
            database=database,
            effects=on.effects,
            dispatch=on.dispatch,
            telling=Ends(commands=on.commands, effects=on.effects),
            whom=_whom(of),
            building=building,
            clock=clock,
        ),
    )


def _whom(of: Watched) -> WhomOut:
    on = of.on
    return WhomOut(
        database=on.database,
        earliers=Earliers(on.effects, of.mass),
        there=of.there,
        members=of.members,
        clock=on.clock,
    )


def _telling(on: Context) -> Telling:
    return Telling(commands=on.commands, effects=on.effects)
