"""A creator's figures in words: exact, of which days, how fresh (pure)."""

from collections.abc import Sequence
from datetime import date

from bot.fanvue.figures import TopSpender
from bot.figures.bands import EXACT, Show
from bot.figures.days import Days, day_of, written
from bot.figures.ledger import Ledgered
from bot.figures.reading import Audience, Trend
from bot.figures.sums import Sum
from bot.relay.ports import Button, Post
from bot.relay.render import person_label
from bot.relay.safe_text import one_line, safe
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
    "Fanvue names several currencies. They are not added up; by its documents every amount is in US cents."
)
TOP = 10


def earnings(
    told: Ledgered,
    days: Days,
    *,
    heading: str,
    link: Link,
    buttons: tuple[Button, ...] = (),
    show: Show = EXACT,
) -> Post:
    """What came in: a block for each currency, then what the figures are of and what they lack."""
    return Post(
        title=f"Earnings of {name_of(link)}, {heading}",
        body=tuple(block(one, show) for one in told.sums) or (nothing(show),),
        small="\n".join(notes(told, days, show)),
        buttons=buttons,
    )


def notes(told: Ledgered, days: Days, show: Show) -> list[str]:
    """Of which days figures are, how fresh, what they lack, and whether they agree."""
    found = told.sums
    said = [f"{_range(days)} {_as_of(told.as_of, days)}"]
    if found:
        said.append("Gross before and net after Fanvue's fee; what went back is taken off.")
    if told.unreadable:
        said.append(f"Not in these figures: {_count(told.unreadable, 'transaction')} that could not be read.")
    if without_net := sum(one.without_net for one in found) - told.pending:
        lacking = show.many(without_net, "transaction")
        said.append(f"For {lacking} Fanvue told no net; the net is without them.")
    if told.pending:
        waiting = show.many(told.pending, "payment")
        said.append(f"Net pending: {waiting} told live that Fanvue does not list yet; the net is without.")
    if told.alike:
        said.append(
            f"Not counted: {show.many(told.alike, 'payment')} told live that may be counted already. "
            "/ledger check lists them."
        )
    if len(found) > 1:
        said.append(_SEVERAL)
    if told.checked is not None:
        said.append(told.checked)
    if show.note is not None:
        said.append(show.note)
    return said


def top(
    spenders: Sequence[TopSpender],
    days: Days,
    *,
    heading: str,
    link: Link,
    as_of: Millis,
    show: Show = EXACT,
) -> Post:
    """Who spent most, as Fanvue sums it."""
    lines = [
        f"{number}. {_who(one)}: {_spent(one, show)}" for number, one in enumerate(spenders[:TOP], start=1)
    ]
    return Post(
        title=f"Top fans of {name_of(link)}, {heading}",
        body=("\n".join(lines) or "Nobody spent anything in this time.",),
        small=f"{_range(days)} {_as_of(as_of, days)}\nThe sums are Fanvue's own.{_note(show)}",
    )


def subscribers(
    audience: Audience, spans: Sequence[Days], *, link: Link, as_of: Millis, show: Show = EXACT
) -> Post:
    """How many subscribe now, and what began and was cancelled in each of these spans of UTC days."""
    told = None if audience.now is None else show.number(audience.now)
    now = "Fanvue does not tell the number" if told is None else f"**{told}** subscribers"
    lines = [f"{now} now.", *(_change(audience.trend, span, show) for span in spans)]
    return Post(
        title=f"Subscribers of {name_of(link)}",
        body=("\n".join(lines),),
        small=(
            "New and cancelled as Fanvue counts them, in UTC days. One who cancels may stay to the end of "
            f"the paid time. {_as_of(as_of, spans[0])}{_note(show)}"
        ),
    )


def source_of(name: str) -> str:
    """The words for a source; Fanvue may have new ones."""
    return _SOURCES.get(name) or safe(one_line(name, _SOURCE))


def block(one: Sum, show: Show) -> str:
    """What came in under one currency, and by which ways."""
    head = (
        f"Gross **{show.money(one.gross, one.currency)}**, net **{show.money(one.net, one.currency)}**, "
        f"{show.many(one.count, 'transaction')}"
    )
    parts = [
        f"{source_of(source)}: {show.money(part.gross, one.currency)} ({show.number(part.count)})"
        for source, part in show.parts(one.by_source)
    ]
    return "\n".join((head, *parts))


def nothing(show: Show) -> str:
    """That nothing came in."""
    return f"Nothing came in: gross **{show.money(0)}**, net **{show.money(0)}**."


def _note(show: Show) -> str:
    return "" if show.note is None else f"\n{show.note}"


def _who(one: TopSpender) -> str:
    return person_label(one.user.uuid, one.user.display_name, one.user.handle)


def _spent(one: TopSpender, show: Show) -> str:
    gross = "amount not told" if one.gross is None else f"**{show.money(one.gross)}**"
    more = [] if one.net is None else [f"net {show.money(one.net)}"]
    more += [] if one.messages is None else [show.many(one.messages, "message")]
    return f"{gross} ({', '.join(more)})" if more else gross


def _change(trend: Sequence[Trend], span: Days, show: Show) -> str:
    inside = [point for point in trend if span.first <= day_of(point.at, span.zone) <= span.last]
    began, cancelled = (
        _total([point.began for point in inside], show),
        _total([point.cancelled for point in inside], show),
    )
    return f"Last {len(span.each())} days: {began} new, {cancelled} cancelled."


def _total(numbers: Sequence[int | None], show: Show) -> str:
    told = [number for number in numbers if number is not None]
    total = show.number(sum(told))
    return total if len(told) == len(numbers) else f"at least {total}"


def name_of(link: Link) -> str:
    """Whose figures they are."""
    return f"@{safe(one_line(link.handle, _SOURCE))}"


def _range(days: Days) -> str:
    since, until = written(days.since, days.zone), written(days.until, days.zone)
    return f"{days.zone.key} time: from {since}, to just before {until}."


def _as_of(at: Millis, days: Days) -> str:
    return f"Data as of {written(at, days.zone)}, {days.zone.key}."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def shown_day(day: date) -> str:
    """A day in words: 24 Nov 2026."""
    return f"{day.day} {day:%b %Y}"
