"""A creator's subscribers one by one, in words and as a file (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.features.money.periods.bands import Show
from bot.features.money.periods.texts import name_of
from bot.model.language import msgid, number_text, tr
from bot.model.ports import Post
from bot.text.moments import date_of
from bot.text.safe_text import one_line
from bot.text.spreadsheet import as_csv, units
from storage.records import Cents, FanId, Link, Millis

PAGE = 20  # people of a page
CUT = msgid("The file ends after {number} people: Fanvue's list is longer.")
NOBODY = msgid("Nobody subscribes right now.")
_NO_PAGE = msgid("That page doesn't exist: {number} subscribe.")
_MISSING = {  # by whether a price is, and a date
    (True, True): msgid("Where price or date is missing, Fanvue did not give it here."),
    (True, False): msgid("Where price is missing, Fanvue did not give it here."),
    (False, True): msgid("Where date is missing, Fanvue did not give it here."),
}
_COLUMNS = ("fan_id", "name", "handle", "subscribed_since", "price", "renews", "renews_or_ends_on")
_NAME = 60


@dataclass(frozen=True)
class SubscriberEntry:
    """One subscriber. None: neither Fanvue nor a live event told."""

    fan: FanId
    handle: str | None
    name: str | None
    since: Millis | None
    price: Cents | None  # what a period costs them: Fanvue names no other tier
    renews: bool | None
    ends: Millis | None  # when it renews, or ends


def page(
    people: Sequence[tuple[str, SubscriberEntry]],
    link: Link,
    show: Show,
    *,
    begin: int,
    of: int,
    whole: bool,
    at: Millis,
) -> Post:
    """Some of them, each with their name. `of`: how many were read; `whole`: whether that is everybody."""
    last = begin + len(people)
    title = tr("Subscribers of {creator}", creator=name_of(link))
    if people:
        span = f"{number_text(begin + 1)}–{number_text(last)}"
        title = (
            tr(
                "Subscribers of {creator}, {span} of {number}",
                creator=name_of(link),
                span=span,
                number=number_text(of),
            )
            if whole
            else tr("Subscribers of {creator}, {span}", creator=name_of(link), span=span)
        )
    lines = [_line(name, one, show) for name, one in people]
    small = [tr("As Fanvue lists them, <t:{at}:f>.", at=at // 1000)]
    if last < of:
        small.append(tr("More: choose the next page, or `as_file:` for everyone."))
    price = any(one.price is None for _, one in people)
    date = any(one.since is None or one.ends is None for _, one in people)
    small += [tr(_MISSING[price, date])] if price or date else []
    if show.note is not None:
        small.append(show.note)
    return Post(
        title=title,
        body=("\n".join(lines) or (tr(_NO_PAGE, number=number_text(of)) if of else tr(NOBODY)),),
        small="\n".join(small),
    )


def file(people: Sequence[SubscriberEntry], show: Show, *, exact: bool) -> bytes:
    """A line for each; prices for readers of exact figures, else ranges."""
    return as_csv(
        _COLUMNS,
        (
            (
                one.fan,
                one_line(one.name or "", _NAME),
                one.handle,
                _day(one.since),
                (None if one.price is None else units(one.price) if exact else show.money(one.price)),
                {True: "yes", False: "no", None: ""}[one.renews],
                _day(one.ends),
            )
            for one in people
        ),
    )


def _line(name: str, one: SubscriberEntry, show: Show) -> str:
    parts = [name]
    parts += [tr("since {since}", since=date_of(one.since))] if one.since is not None else []
    parts += [show.money(one.price)] if one.price is not None else []
    return " · ".join([*parts, _renewal(one)])


def _renewal(one: SubscriberEntry) -> str:
    if one.ends is None:
        return (
            tr("renewal unknown") if one.renews is None else tr("renews") if one.renews else tr("renewal off")
        )
    when = date_of(one.ends)
    if one.renews is None:
        return tr("paid until {when}", when=when)
    return tr("renews {when}", when=when) if one.renews else tr("renewal off, ends {when}", when=when)


def _day(at: Millis | None) -> str | None:
    return None if at is None else f"{datetime.fromtimestamp(at / 1000, tz=UTC):%Y-%m-%d}"
