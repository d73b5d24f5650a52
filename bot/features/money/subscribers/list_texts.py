"""A creator's subscribers one by one, in words and as a file (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.features.money.periods.bands import Show
from bot.features.money.periods.texts import name_of
from bot.model.ports import Post
from bot.text.moments import date_of
from bot.text.safe_text import one_line
from bot.text.spreadsheet import Cell, as_csv, units
from storage.records import Cents, FanId, Link, Millis

PAGE = 20  # people of a page
CUT = "The file ends after {:,} people: Fanvue's list is longer."
NOBODY = "Nobody subscribes right now."
_NO_PAGE = "That page doesn't exist: {:,} subscribe."
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
    number = f" of {of:,}" if whole else ""
    span = f", {begin + 1:,}–{last:,}{number}" if people else ""
    lines = [_line(name, one, show) for name, one in people]
    small = [f"As Fanvue lists them, <t:{at // 1000}:f>."]
    if last < of:
        small.append("More: choose the next page, or as_file for everyone.")
    missing = ["price"] if any(one.price is None for _, one in people) else []
    missing += ["date"] if any(one.since is None or one.ends is None for _, one in people) else []
    if missing:
        small.append(f"Where {' or '.join(missing)} is missing, Fanvue did not give it here.")
    if show.note is not None:
        small.append(show.note)
    return Post(
        title=f"Subscribers of {name_of(link)}{span}",
        body=("\n".join(lines) or (_NO_PAGE.format(of) if of else NOBODY),),
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
                _price(one.price, show, exact=exact),
                {True: "yes", False: "no", None: ""}[one.renews],
                _day(one.ends),
            )
            for one in people
        ),
    )


def _line(name: str, one: SubscriberEntry, show: Show) -> str:
    parts = [name]
    parts += [f"since {date_of(one.since)}"] if one.since is not None else []
    parts += [show.money(one.price)] if one.price is not None else []
    return " · ".join([*parts, _renewal(one)])


def _renewal(one: SubscriberEntry) -> str:
    when = "" if one.ends is None else f" {date_of(one.ends)}"
    if one.renews is None:
        return f"paid until{when}" if when else "renewal unknown"
    return f"renews{when}" if one.renews else f"renewal off, ends{when}" if when else "renewal off"


def _price(cents: Cents | None, show: Show, *, exact: bool) -> Cell:
    return None if cents is None else units(cents) if exact else show.money(cents)


def _day(at: Millis | None) -> str | None:
    return None if at is None else f"{datetime.fromtimestamp(at / 1000, tz=UTC):%Y-%m-%d}"
