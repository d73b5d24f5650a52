"""By what people name a sale, and which one is meant."""

import hashlib

from storage.database import Transaction
from storage.money import credit_refs
from storage.money.credit_refs import SaleReference
from storage.money.credited_sales import Sale
from storage.records import CreatorId, Millis

_SHOWN = 10  # characters
_LEAST = 6
_LIVE = "t"  # no hexadecimal digit: of what has no row yet
_LATELY: Millis = 7 * 86_400_000  # for so long a sale is still found by its name from before it had a row


def ref_of(sale: Sale) -> str:
    """A sale's reference, to be typed again."""
    return _live(sale.key) if sale.told else sale.key[:_SHOWN]


async def meant(tx: Transaction, creator: CreatorId, typed: str, *, now: Millis) -> SaleReference | None:
    """The only sale of that name; None: there is none, or several begin so."""
    name = typed.strip().strip("`#").lower()
    if len(name) < _LEAST or not name.isalnum() or not name.isascii():
        return None
    if not name.startswith(_LIVE):
        found = await credit_refs.of_rows(tx, creator, name)
    else:
        lately = await credit_refs.told_since(tx, creator, since=now - _LATELY)
        found = [one for one in lately if one.fact is not None and _live(one.fact) == name]
    return found[0] if len(found) == 1 else None


def _live(fact: str) -> str:
    return _LIVE + hashlib.sha256(fact.encode()).hexdigest()[: _SHOWN - 1]
