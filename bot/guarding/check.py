"""Keeps a reply back that reads like what Fanvue closes accounts for."""

from bot.checks.check import Ask, Drafted, Finding, Hold, Pass, Refuse
from bot.checks.leads import is_led
from bot.engine.audit_log import AuditLog
from bot.guarding import wording
from bot.guarding.finding import find
from bot.guarding.noting import ANYWAY, OUTCOMES, Noting
from bot.guarding.packs import Level, acting, levels_of, mark_of, strictest
from storage.database import Transaction
from storage.engine import commands
from storage.inbox import guard_levels


class Guard:
    """Hears what holds for the creator at this moment. Nobody is above it: it is the creator's account."""

    name = "guard"

    def __init__(self, trail: AuditLog) -> None:
        self._noting = Noting(trail)

    async def look(self, tx: Transaction, reply: Drafted) -> Finding:
        """A yes covers these packs at these levels: what became stricter meanwhile is asked about anew."""
        found = find(reply.message.text or "").packs
        if not found:
            return Pass()
        acts = acting(found, levels_of(await guard_levels.of_creator(tx, reply.creator)))
        level, mark = strictest(acts), mark_of(acts)  # nobody is asked about what is blocked
        if level is Level.OFF:
            return Pass()
        agreed = reply.confirmed.get(self.name) == mark
        led = level is Level.HOLD and await self._is_led(tx, reply)
        outcome = ANYWAY if agreed else OUTCOMES[Level.BLOCK if level is Level.HOLD and not led else level]
        await self._noting.reply(tx, acts, outcome, reply)
        if agreed:
            return Pass()
        if level is Level.BLOCK:
            return Refuse(wording.refused(acts))
        if level is Level.HOLD:
            return Hold(wording.held(acts), mark) if led else Refuse(wording.undecided(acts))
        return Ask(wording.asked(acts), wording.ANYWAY, mark)

    async def _is_led(self, tx: Transaction, reply: Drafted) -> bool:
        """Whether somebody but its author decides about it, or does so now."""
        if reply.author is not None:
            return True
        command = await commands.get(tx, reply.command)
        return command is not None and await is_led(tx, reply.creator, command.guild, but=reply.actor)
