"""Keys that identify rows of earnings: all that Fanvue tells of them (pure).

Nobody promises that the id of an order is there, or that one order has one row. So the key is made of
everything that does not change; a net may come later, and who it is from is asked elsewhere. Of rows with
the id of an order equal ones are the same row, met on two pages. Without one they are several: a fan may
tip the same twice in a second, and each has its number. Who paid is no part of a key: it outlives the fan,
and anybody who tried all of Fanvue's ids would find them again.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping

from bot.features.money.ledger.fanvue import LedgerSourceRow

_LENGTH = 32  # hexadecimal digits: 128 bits


def keyed(rows: Iterable[LedgerSourceRow]) -> Mapping[str, LedgerSourceRow]:
    """Every row of a whole listing once, under its key. The order of the listing does not matter."""
    found: dict[str, LedgerSourceRow] = {}
    met: Counter[str] = Counter()
    for row in rows:
        if row.order is not None:
            found[_key(row, 0)] = row
            continue
        met[_key(row, 0)] += 1
        found[_key(row, met[_key(row, 0)])] = row
    return found


def _key(row: LedgerSourceRow, number: int) -> str:
    fixed = (
        row.order,
        row.reverses,
        row.source,
        row.at,
        row.gross,
        row.currency,
        row.message,
        row.post,
        number,
    )
    return hashlib.sha256(json.dumps(fixed, separators=(",", ":")).encode()).hexdigest()[:_LENGTH]
