"""Holds a reply whose author may not send without a lead."""

from bot.features.inbox.approvals import texts
from bot.features.inbox.checks.leads import is_led
from bot.features.inbox.checks.model import CheckHold, CheckPass, CheckRefusal, DraftedReply, Finding
from bot.model.language import tr
from storage.database import Transaction
from storage.engine import commands


class LeadApprovalCheck:
    """Holds replies of people who may only draft: trainees, and others given just that."""

    name = "trainee"

    async def look(self, tx: Transaction, reply: DraftedReply) -> Finding:
        """Pass those that a lead looks at."""
        if reply.alone or reply.author is not None:
            return CheckPass()
        command = await commands.get(tx, reply.command)
        if command is None or not await is_led(tx, reply.creator, command.guild, but=reply.actor):
            return CheckRefusal(tr(texts.NO_LEAD))
        return CheckHold(tr(texts.NEEDS_LEAD), self.name)
