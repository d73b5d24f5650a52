"""A creator's figures in words: exact, of which days, how fresh (pure)."""

from bot.features.money.periods.bands import EXACT, Show
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days, written
from bot.features.money.periods.net_rules import net_of, net_words
from bot.features.money.periods.ports import LedgerSums
from bot.features.money.periods.range_ends import span_words
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.records import Link, Millis

_SOURCES = {
    "tip": "Tips",
    "message": "Paid messages",
    "post": "Paid posts",
    "subscription": "New subscriptions",
    "renewal": "Renewals",
    "media_link": "Media links",
    "checkout_link": "Checkout links",
    "fan_experience": "Fan experiences",
    "app_store": "Apps",
    "affiliate": "Affiliates",
    "referral": "Referrals",
    "giveaway": "Giveaways",
    "refund": "Refunds",
    "chargeback": "Chargebacks",
}
_SOURCE = 40  # characters of a source's name that are shown
_SEVERAL = (
    "Fanvue uses several currencies here. They are not added up; its documents say that every "
    "amount is in US cents."
)


def earnings(
    told: LedgerSums,
    days: Days,
    *,
    heading: str,
    link: Link,
    buttons: tuple[Button, ...] = (),
    show: Show = EXACT,
) -> Post:
    """The income: a block for each currency, then notes on the figures and what they lack."""
    return Post(
        title=f"Earnings of {name_of(link)}, {heading}",
        body=tuple(block(one, show) for one in told.sums) or (nothing(show),),
        small="\n".join(notes(told, days, show)),
        buttons=buttons,
    )


def notes(told: LedgerSums, days: Days, show: Show) -> list[str]:
    """Notes on figures: their days, how fresh, what they lack, whether they agree."""
    found = told.sums
    said = [f"{range_words(days)} {as_of_words(told.as_of, days)}"]
    if found:
        said.append("Gross = before Fanvue's fee, net = after. Refunds deducted.")
    if told.unreadable:
        said.append(f"Not in these figures: {_count(told.unreadable, 'transaction')} that we couldn't read.")
    if without_net := sum(one.without_net for one in found) - told.pending:
        lacking = show.many(without_net, "transaction")
        said.append(f"For {lacking} Fanvue gave no net; the net is without them.")
    if told.pending:
        waiting = show.many(told.pending, "payment")
        said.append(f"Not in net yet: {waiting} reported live that Fanvue's list doesn't have so far.")
    if told.alike:
        said.append(
            f"Not counted: {show.many(told.alike, 'payment')} reported live that may already be counted."
        )
    if len(found) > 1:
        said.append(_SEVERAL)
    if told.checked is not None:
        said.append(told.checked)
    if show.note is not None:
        said.append(show.note)
    return said


def source_of(name: str) -> str:
    """The words for a source; Fanvue may have new ones."""
    return _SOURCES.get(name) or safe(one_line(name, _SOURCE))


def block(one: CurrencySum, show: Show) -> str:
    """The income under one currency, and by source."""
    head = (
        f"Gross **{show.money(one.gross, one.currency)}**, {net_words(net_of([one]), one.currency, show)}, "
        f"{show.many(one.count, 'transaction')}"
    )
    parts = [
        f"{source_of(source)}: {show.money(part.gross, one.currency)} ({show.number(part.count)})"
        for source, part in show.parts(one.by_source)
    ]
    return "\n".join((head, *_fee(one, show), *parts))


def _fee(one: CurrencySum, show: Show) -> list[str]:
    """The fee between gross and net; in ranges it would narrow both."""
    if show.note is not None or net_of([one]).is_pending:
        return []
    fee = show.money(one.fee, one.currency)
    if one.without_net:
        return [f"Fanvue's fee: {fee} so far"]
    return [f"Fanvue's fee: {fee} (gross less fee is net)"]


def nothing(show: Show) -> str:
    return f"No earnings: gross **{show.money(0)}**, net **{show.money(0)}**."


def _note(show: Show) -> str:
    return "" if show.note is None else f"\n{show.note}"


def name_of(link: Link) -> str:
    """A creator as they are named in a heading: @luna."""
    return f"@{safe(one_line(link.handle, _SOURCE))}"


def range_words(days: Days) -> str:
    """Which days of the zone's calendar, both ends included."""
    return f"{span_words(days.first, days.last)} ({days.zone.key})."


def as_of_words(at: Millis, days: Days) -> str:
    """The time of reading."""
    return f"Data as of {written(at, days.zone)}, {days.zone.key}."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
