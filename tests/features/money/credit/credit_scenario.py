"""Ledgers of a few hours with their sends, and the same rules by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from hypothesis import strategies as st

from storage.database import Transaction
from storage.money import credit_copies, credit_moves, credit_sent, earnings
from storage.money.credit_copies import MassMessageCopy
from storage.money.credit_lines import UNANSWERED
from storage.money.credit_moves import SaleReassignment
from storage.money.credit_sent import SentItem
from storage.money.earnings import LedgerRow
from storage.records import CreatorId, DiscordId, Millis, Pseudonym

WINDOW: Millis = 10
END: Millis = 40
_MEMBERS = [DiscordId(1), DiscordId(2), None]
_FANS = [Pseudonym("ada"), Pseudonym("bea"), None]
_ITEMS = ["m1", "m2", "m3", "p1", None]
_COPIES = ["c1", "c2", "c3"]
_KINDS = {"p": "post", "w": "mass"}
_numbers = count(1)

Whose = tuple[DiscordId | None, DiscordId | None]


@dataclass(frozen=True)
class CreditScenario:
    """What was sent, what was sold, and what was given to somebody else, oldest first."""

    sent: Sequence[SentItem]
    lines: Sequence[LedgerRow]
    moves: Sequence[SaleReassignment]
    copies: Sequence[MassMessageCopy] = ()

    async def keep(self, tx: Transaction, creator: CreatorId) -> None:
        """Put all of it into the database."""
        for one in self.sent:
            await credit_sent.add(tx, creator, one)
        await credit_copies.add(tx, creator, self.copies)
        for line in self.lines:
            await earnings.put(tx, creator, line)
        for move in self.moves:
            name = f"{creator}-{move.id}"
            await credit_moves.ask(tx, creator, replace(move, id=name), b"")
            await credit_moves.hold(tx, name, row=None, at=move.at)

    def whose(self, line: LedgerRow) -> Whose:
        """What both rules say, and what was said since."""
        was = self._original(line)
        for key in (line.key, None if was is None else was.key):
            said = [move for move in self.moves if move.row == key]
            if said and not said[-1].back:
                return said[-1].member, said[-1].member
        about = was or line
        item = about.post or about.message
        item = next((one.mass for one in self.copies if one.item == item and one.mass), item)
        sender = next((one.member for one in self.sent if one.item == item), None)
        back = line.gross < 0 or line.reverses is not None
        return sender, None if back and was is None else self._last(about)

    def _last(self, about: LedgerRow) -> DiscordId | None:
        if about.fan is None or about.source in UNANSWERED:
            return None
        said = [one for one in self.sent if one.fan == about.fan and about.at - WINDOW <= one.at < about.at]
        return max(said, key=lambda one: (one.at, one.item)).member if said else None

    def _original(self, line: LedgerRow) -> LedgerRow | None:
        if line.reverses is None:
            return None
        fitting = [
            one
            for one in self.lines
            if one.order == line.reverses and one.gross >= 0 and one.reverses is None
        ]
        return min(fitting, key=lambda one: (one.at, one.key)) if fitting else None


def new_creator() -> CreatorId:
    """One whom no example had before."""
    return CreatorId(f"00000000-0000-4000-8000-{next(_numbers):012d}")


@st.composite
def markets(draw: st.DrawFn) -> CreditScenario:
    """Up to twelve sales, with money that went back, before, after and without the sale it belongs to."""
    times = st.integers(0, END - 1)
    sent = [
        SentItem(item, _KINDS.get(item[0], "reply"), draw(times), draw(fan), draw(st.sampled_from(_MEMBERS)))
        for item, fan in (
            *((name, st.sampled_from(_FANS[:2])) for name in ("m1", "m2", "m3", "x1", "x2", "x3")),
            ("p1", st.none()),
            ("w1", st.none()),
            ("w2", st.none()),
        )
    ]
    lines = []
    for number in range(draw(st.integers(1, 12))):
        back = draw(st.booleans())
        cents = draw(st.integers(0, 5000))
        lines.append(
            LedgerRow(
                key=f"{number:x}",
                at=draw(times),
                source="refund" if back else draw(st.sampled_from(["message", "tip", "post", "renewal"])),
                gross=-cents if back else cents,
                net=draw(st.none() | st.just((-cents if back else cents) * 4 // 5)),
                currency=draw(st.sampled_from(["USD", "EUR", None])),
                order=f"o{number}",
                reverses=f"o{draw(st.integers(0, 13))}" if back and draw(st.booleans()) else None,
                fan=draw(st.sampled_from(_FANS)),
                message=draw(st.sampled_from(_ITEMS[:3] + _ITEMS[4:] + _COPIES)),
                post=draw(st.sampled_from(["p1", None, None])),
            )
        )
    moves = [
        SaleReassignment(
            id=f"move{number}",
            row=draw(st.sampled_from(lines)).key,
            fact=None,
            fan=None,
            member=draw(st.sampled_from(_MEMBERS)),
            back=draw(st.integers(0, 3)) == 0,
            at=100 + number,
            by=DiscordId(9),
            body=None,
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    masses = st.sampled_from(["w1", "w2", "w3", None])
    return CreditScenario(
        sent, lines, moves, [MassMessageCopy(item, draw(times), draw(masses)) for item in _COPIES[:2]]
    )
