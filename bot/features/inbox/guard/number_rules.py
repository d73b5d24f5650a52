"""Telephone numbers, cards and accounts, however their digits are written (pure)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from bot.features.inbox.guard.decimal_rules import decimals
from bot.features.inbox.guard.folded_text import FoldedText, StepCounter
from bot.features.inbox.guard.vocabulary import SpottedWord

DIGITS: Mapping[str, str] = {
    "zero": "0",
    "oh": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
TIMES: Mapping[str, int] = {"double": 2, "triple": 3}
# What makes a number of seven digits one to call.
_CALLING = (
    "call text ring sms phone cell number digits whatsapp telegram mobile tel telefono telefon handynummer "
    "nummer numero whats reach phonesign"
)
CALLS = frozenset(_CALLING.split())
_MEASURES = (
    "cm kg lbs lb ft min mins minutes hours hour days weeks months years km miles dollars bucks euro euros "
    "usd pics videos photos times percent inches mb gb k g ml"
)
_UNITS = frozenset(_MEASURES.split())
_SHORT, _PLAIN, _CARD = 7, 10, range(13, 20)
_LONGEST = 24  # digits without anything between that are read: no number has more
_JOINS = frozenset(" .-()/\n·_~–—")
_STRIPPED = "!(|+*"
_YEARS = range(1900, 2100)


@dataclass(frozen=True)
class _Item:
    digits: str
    place: int
    end: int
    international: bool = False
    between: str = ""  # what stands before it


def numbers(text: FoldedText, spotted: Sequence[SpottedWord], steps: StepCounter) -> Iterator[str]:
    """`#phone` and `#card`, for each that is there."""
    called = any(one.word in CALLS for one in spotted)
    for group in _groups(text, spotted, decimals(text, called=called), steps):
        joined = "".join(item.digits for item in group)
        steps.count += len(joined)
        if len(joined) in _CARD and _is_card(joined):
            yield "#card"
        elif len(joined) >= _SHORT and _is_phone(group, called=called):
            yield "#phone"


def _groups(
    text: FoldedText, spotted: Sequence[SpottedWord], left_out: AbstractSet[int], steps: StepCounter
) -> Iterator[list[_Item]]:
    items = sorted(_items(text, spotted, left_out), key=lambda item: item.place)
    places = {piece.place: number for number, piece in enumerate(text.pieces)}
    group: list[_Item] = []
    for item in items:
        steps.count += 1
        if group and not _goes_on(text, group[-1], item, places):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _items(text: FoldedText, spotted: Sequence[SpottedWord], left_out: AbstractSet[int]) -> Iterator[_Item]:
    words = {one.start: one for one in spotted if one.word in DIGITS or one.word in TIMES}
    times, skipped = 1, -1
    for number, piece in enumerate(text.pieces):
        word = words.get(piece.place)
        if piece.place < skipped or number in left_out:
            continue
        if word is not None and word.word in TIMES:
            times, skipped = TIMES[word.word], word.end
            continue
        chars = text.chars(number)
        bare = chars.strip(_STRIPPED)
        if len(bare) > _LONGEST:
            continue
        if word is not None:
            yield _Item(DIGITS[word.word] * times, piece.place - (times > 1), word.end)
            skipped = word.end
        elif bare.isdigit() and not _measures(text, number):
            yield _Item(
                bare * times, piece.place - (times > 1), piece.place + 1, chars.startswith("+"), piece.between
            )
        elif len(bare) >= _PLAIN and sum(one.isdigit() for one in bare) >= _SHORT and _has_only_digits(bare):
            yield _Item(bare.translate(_LOOKS), piece.place, piece.place + 1)
        times = 1


def _measures(text: FoldedText, number: int) -> bool:
    """Whether a unit follows, or it is a part of a time: 170 cm, 18:30."""
    last = number + 1 == len(text.pieces)
    return ":" in {text.pieces[number].between, text.after(number)} or (
        not last and text.chars(number + 1) in _UNITS
    )


_LOOKS = str.maketrans("oli", "011")


def _has_only_digits(bare: str) -> bool:
    return bare.translate(_LOOKS).isdigit()


def _goes_on(text: FoldedText, last: _Item, item: _Item, places: Mapping[int, int]) -> bool:
    number = places.get(item.place)
    if number is None or item.place - last.end > 1:
        return False
    between = text.pieces[number].between
    if item.international:
        return False
    if all(one in _JOINS for one in between):
        return item.place == last.end or between.strip(" ") in {".", "-", "\n"}
    single = len(last.digits) == len(item.digits) == 1 and item.place == last.end + 1
    return single and "," in between


def _is_phone(group: Sequence[_Item], *, called: bool) -> bool:
    parts = _without_dates(group)
    joined = "".join(parts)
    if len(joined) < _SHORT:
        return False
    if len(set(joined)) <= 2 or _counts(parts) or _counts(list(joined)):  # noqa: PLR2004 - 1000000, 696969
        return False
    if all(part.isdigit() and int(part) in _YEARS for part in parts):
        return False
    if group[0].international or joined.startswith("0"):
        return len(joined) > _SHORT
    if not called and _are_few(parts):
        return False
    if called or len(joined) >= _PLAIN:
        return not (len(joined) < _PLAIN and _is_day(joined))
    return _looks_dialled(parts, joined)


def _are_few(parts: Sequence[str]) -> bool:
    """Whether these are numbers of one or two digits as they come: 4 8 15 16 23 42."""
    return {len(part) for part in parts} == {1, 2}


def _looks_dialled(parts: Sequence[str], joined: str) -> bool:
    if len(parts) == 1:
        return len(joined) > _SHORT and not _is_day(joined)
    lengths = [len(part) for part in parts]
    return lengths in ([3, 4], [3, 3, 3], [3, 2, 2], [3, 3, 2]) or all(length == 1 for length in lengths)


def _counts(parts: Sequence[str]) -> bool:
    """Whether these are numbers in even steps: somebody counts."""
    values = [int(part) for part in parts]
    around = 10 if len(max(parts, key=len)) == 1 else 1000  # 7 8 9 0
    steps = {(later - one) % around for one, later in pairwise(values)}
    return len(values) > 2 and len(steps) == 1 and len(max(parts, key=len)) <= 3  # noqa: PLR2004 - three make a row


def _without_dates(group: Sequence[_Item]) -> list[str]:
    left: list[str] = []
    for at, item in enumerate(group):
        left.append(item.digits)
        if len(left) >= 3 and _is_date(group[at - 2 : at + 1], alone=len(group) in {3, 6}):  # noqa: PLR2004
            del left[-3:]
    return left


def _is_date(group: Sequence[_Item], *, alone: bool) -> bool:
    """Three numbers with the same sign between; years of two digits only where nothing else stands there."""
    if group[1].between != group[2].between or group[1].between not in {".", "/", "-"}:
        return False
    parts = [item.digits for item in group]
    day, month, year = parts[::-1] if len(parts[0]) == 4 else parts  # noqa: PLR2004 - a year
    short = len(day) <= 2 and len(month) <= 2 and (len(year) == 4 or (alone and len(year) == 2))  # noqa: PLR2004
    return short and min(int(day), int(month)) <= 12 and max(int(day), int(month)) <= 31  # noqa: PLR2004


def _is_day(joined: str) -> bool:
    return len(joined) == 8 and (int(joined[:4]) in _YEARS or int(joined[4:]) in _YEARS)  # noqa: PLR2004 - 20241124


def _is_card(joined: str) -> bool:
    """Luhn's sum, by which cards are told from other numbers."""
    if joined[0] not in "23456" or len(set(joined)) == 1:
        return False
    total = 0
    for place, char in enumerate(reversed(joined)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of its digits
    return total % 10 == 0


def is_iban(joined: str) -> bool:
    """Whether these small letters and digits are an account's number, by its checksum."""
    if not re.fullmatch(r"[a-z]{2}[0-9]{2}[a-z0-9]{11,30}", joined):
        return False
    return int("".join(str(int(one, 36)) for one in joined[4:] + joined[:4])) % 97 == 1
