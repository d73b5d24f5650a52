"""Reads times, money and texts out of Fanvue's JSON, never guessing."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.records import Cents, Millis

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LARGEST_AMOUNT = 2**53  # beyond it a JSON number is no longer exact
_CAPITAL = re.compile("(?<=[a-z0-9])(?=[A-Z])")
# A lone half of a surrogate pair cannot be written as UTF-8, and PostgreSQL keeps no NUL in a text.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def millis_of(value: Any) -> Millis | None:
    """Milliseconds of an ISO 8601 time; without a zone it is UTC, as Fanvue documents. None stays None.

    Raises ValueError for anything else.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("not an ISO 8601 time")  # noqa: TRY004 - pydantic expects a ValueError
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // _MILLISECOND


def iso_of(at: Millis) -> str:
    """The ISO 8601 form that Fanvue uses, UTC with milliseconds."""
    moment = _EPOCH + at * _MILLISECOND
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at % 1000:03d}Z"


def cents_of(value: Any) -> Cents | None:
    """Whole cents. None stays None; a fraction raises ValueError: it may be dollars, and nobody guesses."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not an amount")  # noqa: TRY004 - pydantic expects a ValueError
    if not abs(value) <= _LARGEST_AMOUNT or value != value // 1:
        raise ValueError("not whole cents")
    return int(value)


def word_of(name: str) -> str:
    """A word of Fanvue's in one form: events write media_link where lists write mediaLink."""
    return _CAPITAL.sub("_", clean(name)).casefold()


def clean(text: str) -> str:
    """The text with what no database can keep replaced by U+FFFD; everything else stays as it is."""
    return _UNSTORABLE.sub("\ufffd", text)
