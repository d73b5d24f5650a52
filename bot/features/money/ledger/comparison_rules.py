"""Compares rows with Fanvue's sums and with live events, to the cent (pure)."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.features.money.ledger.fanvue import LedgerSourceTotals
from bot.features.money.ledger.pairing_rules import PaymentPairing
from storage.money.earnings import LedgerRow
from storage.records import Cents, Millis

# Fanvue's sums have other names than its list; everything else is "other".
GROUPS = {
    "subscription": "subs",
    "message": "messages",
    "post": "posts",
    "tip": "tips",
    "referral": "referrals",
    "renewal": "renewals",
}
OTHER = "other"
_TOLD_LIVE = {"tip", "message", "post", "subscription", "renewal", "refund", "chargeback"}

SUM = "sum"  # Fanvue's sum of a group of sources is another than that of its rows
NO_ROW = "no row"  # a live event told of it, Fanvue does not list it
NO_EVENT = "no event"  # Fanvue lists it, no live event told of it
UNCLEAR = "unclear"  # events and rows that look alike, and not as many of the one as of the other
UNEQUAL = "unequal"  # what went back is another sum than what was paid: Fanvue takes back whole payments
GONE = "gone"  # Fanvue listed it once, and does not any more


@dataclass(frozen=True)
class LedgerDifference:
    """One thing that does not agree. `ours` is what the ledger counts, `theirs` what stands against it."""

    kind: str
    source: str  # of a sum: the group's name
    ours: Cents
    theirs: Cents
    at: Millis | None = None
    net: bool = False  # of a sum: it is the net that differs


@dataclass(frozen=True)
class LedgerReport:
    """A comparison, and all differences. `since` is inside, `until` outside."""

    since: Millis
    until: Millis
    rows: int
    back: Cents  # what went back in this time: Fanvue's sums leave it out
    differences: tuple[LedgerDifference, ...] = ()
    alike: int = 0  # payments told live of which nobody can say which row they are; the sums agree
    unreadable: int = 0
    events_since: Millis | None = None  # since when live events were compared; None: not at all
    without_net: int = 0  # rows for which Fanvue told no net: their groups' nets were not compared

    @property
    def agrees(self) -> bool:
        """Whether all agree to the cent: nothing differs, and nothing was left out."""
        return not self.differences and not self.unreadable and not self.without_net

    def packed(self) -> str:
        """As text, to be kept."""
        return json.dumps(asdict(self), separators=(",", ":"))


def unpacked(text: str) -> LedgerReport:
    """Undo `packed`."""
    told = json.loads(text)
    return LedgerReport(
        **{**told, "differences": tuple(LedgerDifference(**one) for one in told["differences"])}
    )


def summed(rows: Iterable[LedgerRow], theirs: Mapping[str, LedgerSourceTotals]) -> list[LedgerDifference]:
    """Compare Fanvue's sums of its groups with its rows' sums; both leave out what went back."""
    gross: dict[str, Cents] = defaultdict(int)
    net: dict[str, Cents] = defaultdict(int)
    untold: set[str] = set()
    for row in rows:
        if row.gross < 0 or row.reverses is not None:
            continue
        group = GROUPS.get(row.source, OTHER)
        gross[group] += row.gross
        net[group] += row.net or 0
        if row.net is None:
            untold.add(group)
    found = []
    for group in sorted({*gross, *theirs}):
        told = theirs.get(group, LedgerSourceTotals(0, 0))
        if told.gross != gross[group]:
            found.append(LedgerDifference(SUM, group, gross[group], told.gross))
        if told.net is not None and group not in untold and told.net != net[group]:
            found.append(LedgerDifference(SUM, group, net[group], told.net, net=True))
    return found


def met(left: PaymentPairing, *, rows_since: Millis, until: Millis) -> tuple[list[LedgerDifference], int]:
    """Differences of live events and rows, and the number of events that look like rows that agree.

    Of rows only those from `rows_since` on had events that could have been told.
    """
    found = [
        LedgerDifference(NO_ROW, one.source, 0, one.gross or 0, one.at)
        for one in left.alone
        if one.at < until
    ]
    found += [
        LedgerDifference(NO_EVENT, row.source, row.gross, 0, row.at)
        for row in left.rows
        if row.key not in left.alike_rows
        and row.source in _TOLD_LIVE
        and row.gross != 0
        and rows_since <= row.at < until
    ]
    unclear = _unclear(left)
    return found + unclear, 0 if unclear else len(left.alike)


def gone(rows: Sequence[LedgerRow]) -> list[LedgerDifference]:
    """Rows Fanvue listed once and lists no more."""
    return [LedgerDifference(GONE, row.source, 0, row.gross, row.at) for row in rows]


def unequal(pairs: Iterable[tuple[LedgerRow, Cents]]) -> list[LedgerDifference]:
    """Refunds that are not what was paid; `pairs`: each with the gross of the payment that it takes back."""
    return [LedgerDifference(UNEQUAL, row.source, row.gross, -paid, row.at) for row, paid in pairs]


def _unclear(left: PaymentPairing) -> list[LedgerDifference]:
    """Groups of equal payments with more of the one than of the other."""
    ours: dict[tuple[str, Cents], list[Millis]] = defaultdict(list)
    theirs: dict[tuple[str, Cents], list[Millis]] = defaultdict(list)
    for row in left.rows:
        if row.key in left.alike_rows:
            ours[row.source, row.gross].append(row.at)
    for one in left.alike:
        theirs[one.source, one.gross or 0].append(one.at)
    return [
        LedgerDifference(
            UNCLEAR,
            source,
            gross * len(ours[source, gross]),
            gross * len(theirs[source, gross]),
            min(ours[source, gross] + theirs[source, gross]),
        )
        for source, gross in sorted({*ours, *theirs})
        if len(ours[source, gross]) != len(theirs[source, gross])
    ]
