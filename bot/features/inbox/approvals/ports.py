"""What a decision about a held reply needs of others."""

from typing import Protocol

from bot.relay.reply_gate import EditedReply, LeadApproval
from storage.database import Transaction
from storage.records import Command


class ApprovedReplyPort(Protocol):
    """Lets a reply go out, however long ago it was taken."""

    async def approved(
        self,
        tx: Transaction,
        command: Command,
        edited: EditedReply | None,
        approval: LeadApproval | None = None,
    ) -> str:
        """Queue what this command brought, or what stands in its place; at its time by this `approval`.

        Raises ReplyRefused.
        """
