"""Remembers who answered a fan, in the commit that knows of it."""

from bot.engine.pseudonyms import Pseudonyms
from bot.features.inbox.conversations.answers import FanAnswer
from storage.database import Transaction
from storage.money import credit_sent
from storage.money.credit_sent import ELSEWHERE, REPLY, SentItem


class ReplyCreditRecorder:
    """Keeps fans under pseudonyms, as in the ledger: records outlive them and name nobody."""

    def __init__(self, names: Pseudonyms) -> None:
        self._names = names

    async def heard(self, tx: Transaction, answer: FanAnswer) -> None:
        """Part of the caller's transaction. What a reply sent and Fanvue has not named yet is found later."""
        item = await credit_sent.item_of(tx, answer.reply) if answer.reply is not None else answer.message
        if item is None:
            return
        fan = await self._names.of(tx, answer.creator, answer.fan)
        kind = ELSEWHERE if answer.reply is None else REPLY
        await credit_sent.add(tx, answer.creator, SentItem(item, kind, answer.at, fan, answer.member))
