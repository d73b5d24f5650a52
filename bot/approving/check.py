"""Holds a reply whose author may not send without a lead."""

from bot.approving import wording
from bot.checks.check import Drafted, Finding, Hold, Pass, Refuse
from bot.checks.leads import is_led
from storage.database import Transaction
from storage.engine import commands


class NeedsLead:
    """Whoever may write drafts alone: a trainee, or a member who was given just that."""

    name = "trainee"

    async def look(self, tx: Transaction, reply: Drafted) -> Finding:
        """What a lead looks at has what it needs."""
        if reply.alone or reply.author is not None:
            return Pass()
        command = await commands.get(tx, reply.command)
        if command is None or not await is_led(tx, reply.creator, command.guild, but=reply.actor):
            return Refuse(wording.NO_LEAD)
        return Hold(wording.NEEDS_LEAD, self.name)
