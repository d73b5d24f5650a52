"""Days and months by their names in the reader's language (pure)."""

from datetime import date

from bot.model.language import ENGLISH, language, tr
from bot.text.moments import day_and_month


def day_words(day: date) -> str:
    """A day in words: 24 Nov 2026."""
    return f"{day_and_month(day)} {day.year}"


def span_words(first: date, last: date) -> str:
    """Days as they are shown and can be typed: 1–15 Nov 2026, 28 Oct – 3 Nov 2026."""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        # Translators: days of one month, such as 1–15 Nov 2026; {first} is the number of a day.
        return tr("{first}–{last}", first=first.day, last=day_words(last))
    begin = day_and_month(first) if first.year == last.year else day_words(first)
    return f"{begin} – {day_words(last)}"


def days_between(first: date, last: date) -> str:
    """The same where nobody types it: 28 Oct 2026 to 3 Nov 2026."""
    begin = day_words(first)
    # Translators: from one day to another, both included.
    return begin if first == last else tr("{first} to {last}", first=begin, last=day_words(last))


def weekday(day: date) -> str:
    """Friday."""
    return f"{day:%A}" if language() == ENGLISH else _said(day, "EEEE")


def short_weekday(day: date) -> str:
    """Fri."""
    return f"{day:%a}" if language() == ENGLISH else _said(day, "EEE").rstrip(".")


def short_month(day: date) -> str:
    """Nov."""
    return f"{day:%b}" if language() == ENGLISH else _said(day, "LLL")


def short_month_and_year(day: date) -> str:
    """Nov 2026."""
    return f"{day:%b %Y}" if language() == ENGLISH else f"{_said(day, 'LLL')} {day.year}"


def month_and_year(day: date) -> str:
    """November 2026."""
    if language() == ENGLISH:
        return f"{day:%B %Y}"
    from babel.dates import format_skeleton  # noqa: PLC0415 - only where another language is spoken

    return str(format_skeleton("yMMMM", day, locale=language()))


def _said(day: date, pattern: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - likewise

    return str(format_date(day, pattern, locale=language()))
