"""Asks before something is offered for money that the fan had before."""

from bot.engine.derived_ids import DerivedIds
from bot.features.inbox.checks.model import CheckPass, CheckQuestion, DraftedReply, Finding
from bot.features.inbox.purchases import texts
from bot.features.inbox.purchases.memory import PurchaseMemory
from bot.features.inbox.purchases.rules import gist
from bot.model.language import tr
from storage.database import Transaction
from storage.inbox import offers

_SEND = "send"  # the part of a command that is its send


class PurchaseCheck:
    """Keeps what each reply would carry, too: if its send comes about, it is known what was in it."""

    name = "sold"

    def __init__(self, recall: PurchaseMemory, ids: DerivedIds) -> None:
        self._recall = recall
        self._ids = ids

    async def look(self, tx: Transaction, reply: DraftedReply) -> Finding:
        """A yes covers what was known then: items bought since are asked about again."""
        message = reply.message
        send = self._ids.effect(reply.command, _SEND)
        if not reply.again:  # also where a lead took the items out of it
            await offers.about_to_leave(
                tx, send, reply.creator, reply.fan, message.media, message.price, at=reply.written_at
            )
        if not message.media or message.price is None:
            return CheckPass()
        known = await self._recall.of_fan(tx, reply.creator, reply.fan, but=send)
        before = {item: known[item] for item in message.media if item in known}
        mark = self._ids.hashed(gist(before))
        if not before or reply.confirmed.get(self.name) == mark:
            return CheckPass()
        return CheckQuestion(texts.asked(message.media, before), tr(texts.ANYWAY), mark)
