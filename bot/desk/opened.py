"""Builds the desk, and says what of it runs in the background."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.desk.boards import KIND, BoardPort, Boards, ShowBoard
from bot.desk.noticing import Noticing
from bot.desk.problems import Problems
from bot.desk.strangers import Strangers
from bot.relay.deeds import Deed
from bot.relay.derived import DerivedIds
from bot.relay.dispatch import Dispatch
from bot.relay.effects import Effects
from bot.relay.ports import Clock, Ids
from bot.relay.retry import Waits
from bot.supervision import Duty
from storage.database import Database

_LIMIT = 25.0


@dataclass(frozen=True)
class Desk:
    """The parts that the rest of the program speaks to."""

    problems: Problems
    boards: Boards
    noticing: Noticing
    strangers: Strangers
    database: Database
    ids: DerivedIds
    clock: Clock
    waits: Waits

    def deeds(self, discord: BoardPort) -> Mapping[str, Deed]:
        """The kind of effect that is the desk's own."""
        show = ShowBoard(
            database=self.database,
            discord=discord,
            problems=self.problems,
            ids=self.ids,
            clock=self.clock,
            waits=self.waits,
        )
        return {KIND: show}

    def duties(self, *, divisor: float) -> list[Duty]:
        """What must run for the boards to be true; `divisor` shortens the pauses."""
        return [
            Duty("boards", partial(self.boards.run, pause=1.0 / divisor), _LIMIT),
            Duty("noticing", partial(self.noticing.run, pause=5.0 / divisor), _LIMIT),
        ]


def open_desk(
    *, database: Database, effects: Effects, dispatch: Dispatch, clock: Clock, ids: Ids, waits: Waits
) -> Desk:
    """A desk on this database."""
    problems = Problems(database=database, effects=effects, dispatch=dispatch, clock=clock, ids=ids)
    boards = Boards(database=database, effects=effects, problems=problems, clock=clock, ids=ids)
    strangers = Strangers(database=database, clock=clock, waits=waits)
    noticing = Noticing(problems=problems, boards=boards, strangers=strangers)
    return Desk(problems, boards, noticing, strangers, database, effects.ids, clock, waits)
