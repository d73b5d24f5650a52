"""What is said of days that somebody typed: their number, or why not (pure)."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from bot.features.money.periods.date_words import span_words
from bot.features.money.periods.days import Days
from bot.model.language import msgid, msgid_many, tr, tr_many
from bot.text.moments import day_and_month

EXAMPLES = msgid("“today”, “last week”, “3 Nov”, “1–15 Nov”, “October”, “2025”, “2025-11-01..2025-11-15”")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/\d{2,4})?")
_NO_MONTH = re.compile(r"\d{1,2} ?- ?\d{1,2}")
_COUNTED = {
    "day": msgid_many("the last day", "the last {n} days"),
    "week": msgid_many("the last week", "the last {n} weeks"),
    "month": msgid_many("the last month", "the last {n} months"),
    "year": msgid_many("the last year", "the last {n} years"),
}


def counted(found: re.Match[str]) -> str:
    """The name of the last days, weeks, months or years."""
    number, unit = int(found[1] or found[3]), (found[2] or "day").rstrip("s")
    return tr_many(*_COUNTED[unit], number, n=number)


def meaning(days: Days) -> str:
    """The days that were understood, and how many they are."""
    number = tr_many("{n} day", "{n} days", len(days.each()))
    return f"{span_words(days.first, days.last)} · {number}"


def unreadable(text: str, zone: ZoneInfo) -> str:
    """Why these small letters mean no days."""
    if found := _SLASHED.search(text):
        ways = dict.fromkeys(
            day_and_month(date(2024, month, day))  # a leap year has every day
            for day, month in ((int(found[1]), int(found[2])), (int(found[2]), int(found[1])))
            if 1 <= month <= 12 and 1 <= day <= 29  # noqa: PLR2004 - months, and days that all of them have
        )
        told = tr(" or ").join(tr("“{text}”", text=way) for way in ways) or tr("“3 Nov”")
        return tr("“{typed}” has two meanings. Write {ways}.", typed=found[0], ways=told)
    if _NO_MONTH.fullmatch(text):
        days = text.replace(" ", "").replace("-", "–")
        return tr("Which month? Write for example “{days} Nov”.", days=days)
    return tr(
        "We can't read those days. Write for example {examples}. Days are in {zone} time.",
        examples=tr(EXAMPLES),
        zone=zone.key,
    )
