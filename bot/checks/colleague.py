"""Asks when somebody else is answering the fan who waits."""

from bot.checks.check import Ask, Drafted, Finding, Pass
from bot.text.moments import answering_since
from storage.database import Transaction
from storage.inbox import conversations, fan_claims

_ANYWAY = "your reply goes out as well, so the fan may hear from two of you"


class Colleague:
    """A claim forbids nothing, and once the fan is answered there is nothing to ask."""

    name = "colleague"

    async def look(self, tx: Transaction, reply: Drafted) -> Finding:
        """A yes covers this one claim: whoever takes the fan over after it is asked about anew."""
        talk = await conversations.get(tx, reply.creator, reply.fan)
        if talk is None or talk.waiting_since is None:
            return Pass()
        held = fan_claims.held_beside(talk, reply.actor, reply.written_at)
        if held is None or held[0] == reply.author:
            return Pass()
        holder, since = held
        mark = f"{holder}:{since}"
        if reply.confirmed.get(self.name) == mark:
            return Pass()
        return Ask((f"**{answering_since(holder, since, reply.written_at)}**",), _ANYWAY, mark)
