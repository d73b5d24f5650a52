"""Asks when somebody else is answering the fan who waits."""

from bot.features.inbox.checks.model import CheckPass, CheckQuestion, DraftedReply, Finding
from bot.model.language import msgid, tr
from bot.text.moments import answering_since
from storage.database import Transaction
from storage.inbox import conversations, fan_claims

_ANYWAY = msgid("your reply is sent as well, so the fan may hear from two of you")


class ColleagueCheck:
    """A claim forbids nothing, and once the fan is answered there is nothing to ask."""

    name = "colleague"

    async def look(self, tx: Transaction, reply: DraftedReply) -> Finding:
        """A yes covers this one claim: a later takeover by another is asked about again."""
        talk = await conversations.get(tx, reply.creator, reply.fan)
        if talk is None or talk.waiting_since is None:
            return CheckPass()
        held = fan_claims.held_beside(talk, reply.actor, reply.written_at)
        if held is None or held[0] == reply.author:
            return CheckPass()
        holder, since = held
        mark = f"{holder}:{since}"
        if reply.confirmed.get(self.name) == mark:
            return CheckPass()
        return CheckQuestion((f"**{answering_since(holder, since, reply.written_at)}**",), tr(_ANYWAY), mark)
