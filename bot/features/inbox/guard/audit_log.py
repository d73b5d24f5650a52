"""Writes down what the guard noticed: who, for whom, which pack; never the text."""

from collections.abc import Iterable

from bot.engine.audit_log import AuditLog
from bot.features.inbox.checks.model import DraftedReply
from bot.features.inbox.guard.packs import GuardLevel
from storage.database import Transaction
from storage.engine import audit_log
from storage.records import CreatorId

OUTCOMES = {GuardLevel.WARN: "warned", GuardLevel.HOLD: "held", GuardLevel.BLOCK: "blocked"}
ANYWAY = "anyway"


class GuardAuditLog:
    """A line for each pack, or for `words`, which a team forbids itself.

    A check is heard at every press, so what stands there already is not repeated.
    """

    def __init__(self, trail: AuditLog) -> None:
        self._trail = trail

    async def reply(self, tx: Transaction, packs: Iterable[str], outcome: str, reply: DraftedReply) -> None:
        """Of a reply to a fan. What a lead is shown of it is no attempt; that they let it go is written."""
        if reply.again or (reply.author is not None and outcome != ANYWAY):
            return
        for pack in packs:
            action = f"guard.{pack}"
            if await audit_log.is_written(tx, reply.command, action, outcome):
                continue
            await self._trail.write(
                tx,
                action,
                outcome,
                actor=reply.actor,
                creator=reply.creator,
                fan=reply.fan,
                cause=reply.command,
            )

    async def for_all(self, tx: Transaction, packs: Iterable[str], outcome: str, creator: CreatorId) -> None:
        """Record packs in the asker's message to many."""
        for pack in packs:
            await self._trail.looked(tx, f"guard.{pack}.all", creator=creator, outcome=outcome)
