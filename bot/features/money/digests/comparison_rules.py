"""Changes against an earlier time, as exactly as readers see them (pure)."""

from bot.access.roles import MoneyView
from bot.features.money.digests.model import DigestContent
from bot.features.money.periods.bands import EXACT, Show, shown_to
from bot.features.money.periods.change_texts import change
from bot.features.money.periods.currency_sums import DOLLARS
from bot.features.money.periods.ports import LedgerSums
from bot.features.money.periods.subscription_moves import SubscriptionMoves
from bot.model.language import tr
from storage.records import Cents

_CURRENCIES = 2  # that are held against each other, those of most transactions


def changes(content: DigestContent, level: MoneyView) -> list[str]:
    """A line for each time that it is held against, and one for new subscribers; `level` is not HIDDEN."""
    show = shown_to(level)
    lines = [
        tr("Against {period}: {changes}", period=words, changes=_grosses(content.told, then, show))
        for words, then in content.before.items()
        if content.told.sums or then.sums  # that nothing came in is said already
    ]
    return [*lines, *_began(content.moves, content.moves_before, show)]


def _began(now: SubscriptionMoves, then: SubscriptionMoves, show: Show) -> list[str]:
    """Of days that were not wholly kept nobody knows how many began: they are compared with nothing."""
    ours, theirs = show.number(now.numbers.began), show.number(then.numbers.began)
    if ours == theirs or not (now.whole and then.whole):
        return []
    return [tr("New subscribers: {ours} instead of {theirs}", ours=ours, theirs=theirs)]


def _grosses(now: LedgerSums, then: LedgerSums, show: Show) -> str:
    mine = {one.currency: one.gross for one in now.sums}
    theirs = {one.currency: one.gross for one in then.sums}
    codes = list(dict.fromkeys([*mine, *theirs]))[:_CURRENCIES] or [DOLLARS]
    return "; ".join(_change(mine.get(code, 0), theirs.get(code, 0), code, show) for code in codes)


def _change(now: Cents, then: Cents, currency: str, show: Show) -> str:
    past = show.money(then, currency)
    if show.drawn(now) == show.drawn(then):
        return tr("the same, {now}", now=show.money(now, currency))
    if show is not EXACT:  # how far apart two ranges are would say more than the ranges do
        return (
            tr("**more**, it was {then}", then=past)
            if now > then
            else tr("**less**, it was {then}", then=past)
        )
    sign = "+" if now > then else ""
    told = change(now, then) if then else None
    share = f" ({told})" if told else ""
    apart = f"**{sign}{show.money(now - then, currency)}**{share}"
    return tr("{difference}, it was {then}", difference=apart, then=past)
