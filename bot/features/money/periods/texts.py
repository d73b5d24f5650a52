"""A creator's figures in words: exact, of which days, how fresh (pure)."""

from bot.features.money.periods.bands import EXACT, Show
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.date_words import span_words
from bot.features.money.periods.days import Days, written
from bot.features.money.periods.net_rules import net_of, net_words
from bot.features.money.periods.ports import LedgerSums
from bot.model.language import msgid, msgid_many, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.records import Link, Millis

_SOURCES = {
    "tip": msgid("Tips"),
    "message": msgid("Paid messages"),
    "post": msgid("Paid posts"),
    "subscription": msgid("New subscriptions"),
    "renewal": msgid("Renewals"),
    "media_link": msgid("Media links"),
    "checkout_link": msgid("Checkout links"),
    "fan_experience": msgid("Fan experiences"),
    "app_store": msgid("Apps"),
    "affiliate": msgid("Affiliates"),
    "referral": msgid("Referrals"),
    "giveaway": msgid("Giveaways"),
    "refund": msgid("Refunds"),
    "chargeback": msgid("Chargebacks"),
}
_SOURCE = 40  # characters of a source's name that are shown
_SEVERAL = msgid(
    "Fanvue uses several currencies here. They are not added up; its documents say that "
    "every amount is in US cents."
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
        title=tr("Earnings of {creator}, {period}", creator=name_of(link), period=heading),
        body=tuple(block(one, show) for one in told.sums) or (nothing(show),),
        small="\n".join(notes(told, days, show)),
        buttons=buttons,
    )


def notes(told: LedgerSums, days: Days, show: Show) -> list[str]:
    """Notes on figures: their days, how fresh, what they lack, whether they agree."""
    found = told.sums
    said = [f"{range_words(days)} {as_of_words(told.as_of, days)}"]
    if found:
        said.append(tr("Gross = before Fanvue's fee, net = after. Refunds deducted."))
    if told.unreadable:
        said.append(
            tr_many(
                "Not in these figures: {n} transaction that we couldn't read.",
                "Not in these figures: {n} transactions that we couldn't read.",
                told.unreadable,
            )
        )
    if without_net := sum(one.without_net for one in found) - told.pending:
        lacking = show.many(without_net, msgid_many("{n} transaction", "{n} transactions"))
        said.append(tr("For {number} Fanvue gave no net; the net is without them.", number=lacking))
    if told.pending:
        waiting = show.many(told.pending, msgid_many("{n} payment", "{n} payments"))
        said.append(
            tr(
                "Not in net yet: {number} reported live that Fanvue's list doesn't have so far.",
                number=waiting,
            )
        )
    if told.alike:
        said.append(
            tr(
                "Not counted: {number} reported live that may already be counted.",
                number=show.many(told.alike, msgid_many("{n} payment", "{n} payments")),
            )
        )
    if len(found) > 1:
        said.append(tr(_SEVERAL))
    if told.checked is not None:
        said.append(told.checked)
    if show.note is not None:
        said.append(show.note)
    return said


def source_of(name: str) -> str:
    """The words for a source; Fanvue may have new ones."""
    return tr(_SOURCES.get(name, "")) or safe(one_line(name, _SOURCE))


def block(one: CurrencySum, show: Show) -> str:
    """The income under one currency, and by source."""
    head = tr(
        "Gross **{gross}**, {net}, {number}",
        gross=show.money(one.gross, one.currency),
        net=net_words(net_of([one]), one.currency, show),
        number=show.many(one.count, msgid_many("{n} transaction", "{n} transactions")),
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
        return [tr("Fanvue's fee: {fee} so far", fee=fee)]
    return [tr("Fanvue's fee: {fee}", fee=fee)]


def nothing(show: Show) -> str:
    return tr("No earnings: gross **{zero}**, net **{zero}**.", zero=show.money(0))


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
    return tr("Data as of {moment}, {zone}.", moment=written(at, days.zone), zone=days.zone.key)
