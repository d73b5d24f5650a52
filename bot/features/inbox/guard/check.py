"""Keeps a reply back that reads like what Fanvue closes accounts for."""

from bot.engine.audit_log import AuditLog
from bot.features.inbox.checks.leads import is_led
from bot.features.inbox.checks.model import (
    CheckHold,
    CheckPass,
    CheckQuestion,
    CheckRefusal,
    DraftedReply,
    Finding,
)
from bot.features.inbox.guard import texts
from bot.features.inbox.guard.audit_log import ANYWAY, OUTCOMES, GuardAuditLog
from bot.features.inbox.guard.detection import find
from bot.features.inbox.guard.packs import GuardLevel, acting, levels_of, mark_of, strictest
from storage.database import Transaction
from storage.engine import commands
from storage.inbox import guard_levels


class GuardCheck:
    """Hears what holds for the creator at this moment. Nobody is above it: it is the creator's account."""

    name = "guard"

    def __init__(self, trail: AuditLog) -> None:
        self._noting = GuardAuditLog(trail)

    async def look(self, tx: Transaction, reply: DraftedReply) -> Finding:
        """A yes covers these packs at these levels: any that became stricter is asked about again."""
        found = find(reply.message.text or "").packs
        if not found:
            return CheckPass()
        acts = acting(found, levels_of(await guard_levels.of_creator(tx, reply.creator)))
        level, mark = strictest(acts), mark_of(acts)  # nobody is asked about what is blocked
        if level is GuardLevel.OFF:
            return CheckPass()
        agreed = reply.confirmed.get(self.name) == mark
        led = level is GuardLevel.HOLD and await self._is_led(tx, reply)
        outcome = (
            ANYWAY
            if agreed
            else OUTCOMES[GuardLevel.BLOCK if level is GuardLevel.HOLD and not led else level]
        )
        await self._noting.reply(tx, acts, outcome, reply)
        if agreed:
            return CheckPass()
        if level is GuardLevel.BLOCK:
            return CheckRefusal(texts.refused(acts))
        if level is GuardLevel.HOLD:
            return CheckHold(texts.held(acts), mark) if led else CheckRefusal(texts.undecided(acts))
        return CheckQuestion(texts.asked(acts), texts.ANYWAY, mark)

    async def _is_led(self, tx: Transaction, reply: DraftedReply) -> bool:
        """Whether somebody but its author decides about it, or does so now."""
        if reply.author is not None:
            return True
        command = await commands.get(tx, reply.command)
        return command is not None and await is_led(tx, reply.creator, command.guild, but=reply.actor)
