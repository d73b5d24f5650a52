"""What a feature stands on: database, keys, effects, commands, time and ids."""

from dataclasses import dataclass

from bot.relay.commands import Commands
from bot.relay.dispatch import Dispatch
from bot.relay.effects import Effects
from bot.relay.ports import Clock, Ids, Sealer
from bot.relay.retry import Waits
from bot.relay.serving import ALONE, Serving
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
    talks: Talking = UNHEARD
    serving: Serving = ALONE
    divisor: float = 1.0
