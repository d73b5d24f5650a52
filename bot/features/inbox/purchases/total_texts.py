"""An item of the vault over all fans, in a few words (pure)."""

from collections.abc import Iterator

from bot.access.roles import MoneyView
from bot.features.inbox.purchases.rules import ItemTotals
from bot.text.percentages import in_tens
from storage.inbox.offers import OfferTotals

NOTE = "Sent and bought: as far as we know. Fanvue doesn't report who received a mass message."
_NEVER = "not sent yet"


def over_all(one: ItemTotals, level: MoneyView) -> str:
    """“sent to 5 fans, 2 bought · in 1 mass message”. `level`: how exactly its reader sees figures."""
    return " · ".join(_parts(one, level)) or _NEVER


def _parts(one: ItemTotals, level: MoneyView) -> Iterator[str]:
    chats = one.chats
    if chats.fans:
        sent = f"sent to {chats.fans:,} fan{'' if chats.fans == 1 else 's'}"
        yield ", ".join(filter(None, (sent, _bought(chats, level))))
    if chats.unsettled:
        yield f"{chats.unsettled:,} not certain"
    if one.masses:
        yield f"in {_messages(one.masses, 'mass message')}"
    if one.planned:
        yield f"in {_messages(one.planned, 'planned mass message')}"


def _messages(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _bought(chats: OfferTotals, level: MoneyView) -> str:
    if not chats.offered or level is MoneyView.HIDDEN:
        return ""
    if level is not MoneyView.BANDED:
        return f"{chats.buyers:,} bought"
    share = in_tens(chats.buyers, chats.offered)
    return "" if share is None else f"{share} bought"
