"""What a feature stands on: database, keys, effects, commands, time and ids."""

from dataclasses import dataclass

from bot.relay.commands import Commands
from bot.relay.dispatch import Dispatch
from bot.relay.effects import Effects
from bot.relay.late_edits import LateEdits
from bot.relay.ports import Clock, Ids, Sealer
from bot.relay.retry import Waits
from bot.relay.serving import Serving
from bot.relay.talking import UNHEARD, Talking
from storage.database import Database


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Built once; every feature's `opened.py` takes what its parts need. `divisor` shortens pauses."""

    database: Database
    sealer: Sealer
    effects: Effects
    commands: Commands
    dispatch: Dispatch
    clock: Clock
    ids: Ids
    waits: Waits
    serving: Serving
    talks: Talking = UNHEARD
    divisor: float = 1.0

    @property
    def late(self) -> LateEdits:
        """What every edit of a message goes through."""
        return LateEdits(database=self.database, effects=self.effects, clock=self.clock, waits=self.waits)
