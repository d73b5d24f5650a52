"""An item of the vault over all fans, in a few words (pure)."""

from collections.abc import Iterator

from bot.access.roles import MoneyView
from bot.features.inbox.purchases.rules import ItemTotals
from bot.model.language import msgid, number_text, tr, tr_many
from bot.text.percentages import in_tens
from storage.inbox.received import OfferTotals

NOTE = msgid("Sent and bought: as far as we know. Fanvue doesn't report who received a mass message.")


def over_all(one: ItemTotals, level: MoneyView) -> str:
    """“sent to 5 fans, 2 bought · in 1 mass message”. `level`: how exactly its reader sees figures."""
    return " · ".join(_parts(one, level)) or tr("not sent yet")


def _parts(one: ItemTotals, level: MoneyView) -> Iterator[str]:
    chats = one.chats
    if chats.fans:
        sent = tr_many("sent to {n} fan", "sent to {n} fans", chats.fans)
        yield ", ".join(filter(None, (sent, _bought(chats, level))))
    if chats.unsettled:
        yield tr("{unsettled} not certain", unsettled=number_text(chats.unsettled))
    if one.masses:
        yield tr_many("in {n} mass message", "in {n} mass messages", one.masses)
    if one.planned:
        yield tr_many("in {n} planned mass message", "in {n} planned mass messages", one.planned)


def _bought(chats: OfferTotals, level: MoneyView) -> str:
    if not chats.offered or level is MoneyView.HIDDEN:
        return ""
    if level is not MoneyView.BANDED:
        return tr("{buyers} bought", buyers=number_text(chats.buyers))
    share = in_tens(chats.buyers, chats.offered)
    return "" if share is None else tr("{share} bought", share=share)
