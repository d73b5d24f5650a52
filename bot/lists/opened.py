"""Builds what keeps lists of fans, and what other features put fans on lists with."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.lists.building import Building
from bot.lists.change import CHANGE, ChangeList
from bot.lists.changing import Changing
from bot.lists.deeds import AddToList, MakeList, Parts, ReadList
from bot.lists.going import ADD, MAKE, READ, Going
from bot.lists.jobs import Jobs
from bot.lists.looking import Looking
from bot.lists.there import ListsOnFanvue
from bot.lists.whom import Whom
from bot.relay.context import Context


@dataclass(frozen=True)
class Lists:
    """The parts that the rest of the program speaks to. `building` is the port of other features."""

    looking: Looking
    changing: Changing
    building: Building
    made: Mapping[str, EffectHandler]

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of lists."""
        return self.made


def open_lists(on: Context, there: ListsOnFanvue, size: int) -> Lists:
    """`size`: how many fans go into one call at first."""
    jobs = Jobs(sealer=on.sealer, clock=on.clock, ids=on.ids, size=size)
    going = Going(
        jobs=jobs,
        effects=on.effects,
        commands=on.commands,
        dispatch=on.dispatch,
        clock=on.clock,
        ids=on.ids,
    )
    looking = Looking(database=on.database, there=there, jobs=jobs)
    whom = Whom(database=on.database, there=there, pseudonyms=on.effects.trail.pseudonyms, clock=on.clock)
    building = Building(
        database=on.database,
        effects=on.effects,
        jobs=jobs,
        going=going,
        looking=looking,
        whom=whom,
        clock=on.clock,
    )
    changing = Changing(
        database=on.database,
        effects=on.effects,
        building=building,
        looking=looking,
        clock=on.clock,
        ids=on.ids,
    )
    parts = Parts(on.database, there, jobs, going)
    made: dict[str, EffectHandler] = {
        MAKE: MakeList(parts),
        READ: ReadList(parts),
        ADD: AddToList(parts),
        CHANGE: ChangeList(there, on.effects, on.commands, on.clock),
    }
    return Lists(looking, changing, building, made)
