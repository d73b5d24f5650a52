"""The context of a feature: database, keys, effects, commands, time and ids."""

from dataclasses import dataclass

from bot.engine.audit_log import AuditLog
from bot.engine.commands import Commands
from bot.engine.conversation_port import UNHEARD, ConversationPort
from bot.engine.dispatch import Dispatch
from bot.engine.guild_routing import GuildRouting
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.model.ports import Clock, Ids, Sealer
from bot.relay.late_edits import LateEdits
from storage.database import Database


@dataclass(frozen=True, kw_only=True)
class Context:
    """Built once; the services of every feature take it. `divisor` shortens pauses."""

    database: Database
    sealer: Sealer
    effects: Effects
    commands: Commands
    dispatch: Dispatch
    clock: Clock
    ids: Ids
    waits: RetryWaits
    serving: GuildRouting
    talks: ConversationPort = UNHEARD
    divisor: float = 1.0

    @property
    def trail(self) -> AuditLog:
        """What was done, by whom."""
        return self.effects.trail

    @property
    def late(self) -> LateEdits:
        """The service for every edit of a message."""
        return LateEdits(database=self.database, effects=self.effects, clock=self.clock, waits=self.waits)
