"""Pairs live events with rows of Fanvue's list as one payment (pure).

1. Equal ids are one payment.
2. Else an event and a row are one when fan, source and gross are equal, message and post do not differ,
   their times are at most ten minutes apart, and neither has another one that fits as well.

Everything else is left for a person. Those that fit several are `alike`: never merged, and never counted
beside a row that may be the same payment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from storage.money.earning_events import EarningEvent
from storage.money.earnings import LedgerRow
from storage.records import FactId, Millis

APART: Millis = 600_000


@dataclass(frozen=True)
class PaymentPairing:
    """The pairs, and of the other events those that fit rows, but not one alone."""

    pairs: tuple[tuple[FactId, str], ...]
    alike: tuple[EarningEvent, ...]  # have rows that fit, more than one or together with other events
    alone: tuple[EarningEvent, ...]  # have none
    rows: tuple[LedgerRow, ...]  # for which there is no event, those that are alike among them
    alike_rows: frozenset[str]


def paired(told: Sequence[EarningEvent], rows: Sequence[LedgerRow]) -> PaymentPairing:
    """Pair what has no other half yet, as long as a pair leaves another one as the only one."""
    pairs: list[tuple[FactId, str]] = []
    left, left_rows = list(told), list(rows)
    while found := _unique(left, left_rows, _same_id) or _unique(left, left_rows, _close):
        pairs += found
        facts, keys = {fact for fact, _ in found}, {key for _, key in found}
        left = [one for one in left if one.fact not in facts]
        left_rows = [row for row in left_rows if row.key not in keys]
    fitting = _fitting(left, left_rows, lambda one, row: _same_id(one, row) or _close(one, row))
    alike = {fact for fact, _ in fitting}
    return PaymentPairing(
        pairs=tuple(pairs),
        alike=tuple(one for one in left if one.fact in alike),
        alone=tuple(one for one in left if one.fact not in alike),
        rows=tuple(left_rows),
        alike_rows=frozenset(key for _, key in fitting),
    )


Fits = Callable[[EarningEvent, LedgerRow], bool]


def _unique(
    told: Iterable[EarningEvent], rows: Sequence[LedgerRow], fits: Fits
) -> tuple[tuple[FactId, str], ...]:
    """Those that fit each other and nothing else."""
    fitting = _fitting(told, rows, fits)
    of_fact: dict[FactId, int] = defaultdict(int)
    of_row: dict[str, int] = defaultdict(int)
    for fact, key in fitting:
        of_fact[fact] += 1
        of_row[key] += 1
    return tuple((fact, key) for fact, key in fitting if of_fact[fact] == of_row[key] == 1)


def _fitting(told: Iterable[EarningEvent], rows: Sequence[LedgerRow], fits: Fits) -> list[tuple[FactId, str]]:
    by_source: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    return [(one.fact, row.key) for one in told for row in by_source[one.source] if fits(one, row)]


def _same_id(one: EarningEvent, row: LedgerRow) -> bool:
    """Of money that went back an event names the payment, and so does a row."""
    named = row.reverses if row.gross < 0 else row.order
    return one.payment is not None and one.payment == named and one.gross in (None, row.gross)


def _close(one: EarningEvent, row: LedgerRow) -> bool:
    return (
        one.fan is not None
        and one.fan == row.fan
        and one.gross == row.gross
        and abs(one.at - row.at) <= APART
        and _agree(one.message, row.message)
        and _agree(one.post, row.post)
    )


def _agree(one: str | None, other: str | None) -> bool:
    """Whether they agree; None contradicts nothing."""
    return one is None or other is None or one == other
