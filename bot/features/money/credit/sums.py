"""Sales by whose they are → each member's sums by both rules, to the cent (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.features.money.periods.currency_sums import code_of
from storage.money.credited_sales import SaleGroup
from storage.records import Cents, DiscordId


@dataclass(frozen=True)
class CreditTotals:
    """Somebody's totals by one rule, less what went back."""

    gross: Cents = 0
    net: Cents = 0
    sales: int = 0
    without_net: int = 0  # lines for which no net was told: they are not in `net`
    back: Cents = 0  # negative, and in `gross`
    backs: int = 0  # lines of money that went back; they are no sales
    moved: int = 0  # lines that were reassigned

    def plus(self, group: SaleGroup) -> "CreditTotals":
        return replace(
            self,
            gross=self.gross + group.gross,
            net=self.net + group.net,
            sales=self.sales + (0 if group.back else group.number),
            without_net=self.without_net + group.without_net,
            back=self.back + (group.gross if group.back else 0),
            backs=self.backs + (group.number if group.back else 0),
            moved=self.moved + (group.number if group.moved else 0),
        )


NOTHING = CreditTotals()


@dataclass(frozen=True)
class MemberCredit:
    """Somebody's sums by both rules."""

    sent: CreditTotals = NOTHING  # they sent what was bought
    last: CreditTotals = NOTHING  # they answered last


# Of each currency, the one with most lines first: of each member, and of nobody.
Sums = Mapping[str, Mapping[DiscordId | None, MemberCredit]]


def by_member(groups: Iterable[SaleGroup]) -> Sums:
    """Sum up by member: most first, nobody last."""
    found: dict[str, dict[DiscordId | None, MemberCredit]] = defaultdict(dict)
    lines: dict[str, int] = defaultdict(int)
    for group in groups:
        code = code_of(group.currency)
        lines[code] += group.number
        mine = found[code]
        both = mine.get(group.sender, MemberCredit())
        mine[group.sender] = replace(both, sent=both.sent.plus(group))
        both = mine.get(group.last, MemberCredit())
        mine[group.last] = replace(both, last=both.last.plus(group))
    order = sorted(found, key=lambda code: (-lines[code], code))
    return {code: dict(sorted(found[code].items(), key=_place)) for code in order}


def total(members: Iterable[MemberCredit]) -> MemberCredit:
    all_of = list(members)
    return MemberCredit(_added(one.sent for one in all_of), _added(one.last for one in all_of))


def _added(parts: Iterable[CreditTotals]) -> CreditTotals:
    found = NOTHING
    for one in parts:
        found = CreditTotals(
            found.gross + one.gross,
            found.net + one.net,
            found.sales + one.sales,
            found.without_net + one.without_net,
            found.back + one.back,
            found.backs + one.backs,
            found.moved + one.moved,
        )
    return found


def _place(item: tuple[DiscordId | None, MemberCredit]) -> tuple[bool, Cents, int]:
    member, both = item
    return member is None, -max(both.sent.gross, both.last.gross), member or 0
