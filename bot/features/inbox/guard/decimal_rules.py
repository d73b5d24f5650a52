"""Numbers with a decimal sign, which nobody can call: 3.14159265358979 (pure)."""

from bot.features.inbox.guard.folded_text import FoldedText

_SIGNS = frozenset(".,")
_MONEY = "$€£¥"
_WHOLE = 3  # digits before the sign; what has more is put together otherwise
_TOO_LONG = 12  # digits after it, which no telephone number has behind its first dot
_NATIONAL = range(9, 12)  # digits after it that may be a number without its first ones: 1.4155552671


def decimals(text: FoldedText, *, called: bool) -> frozenset[int]:
    """The pieces that are halves of decimal numbers. `called`: something in the text asks for a call."""
    found: set[int] = set()
    for number in range(1, len(text.pieces)):
        whole, fraction = text.chars(number - 1).strip(_MONEY), text.chars(number).rstrip("%")
        if text.pieces[number].between not in _SIGNS or not (whole.isdigit() and fraction.isdigit()):
            continue
        if _is_decimal(whole, fraction, called=called) and _stands_alone(text, number, len(fraction)):
            found |= {number - 1, number}
    return frozenset(found)


def _is_decimal(whole: str, fraction: str, *, called: bool) -> bool:
    if len(whole) > _WHOLE or (whole[0] == "0" and whole != "0"):
        return False
    if len(fraction) >= _TOO_LONG:
        return True
    if whole == "0" or called:
        return len(fraction) not in _NATIONAL and len(whole) < _WHOLE
    return len(whole) < _WHOLE


def _stands_alone(text: FoldedText, number: int, digits: int) -> bool:
    """Whether no more digits follow or stand before: 1.415.555.2671. A long one may have others around it."""
    before = text.pieces[number - 1].between if number > 1 and _has_digits(text, number - 2) else ", "
    more = number + 1 < len(text.pieces) and _has_digits(text, number + 1)
    after = text.after(number) if more else ", "
    apart = all(one and one.isspace() for one in (before, after) if one != ", ")
    return {before, after} == {", "} or (digits >= _TOO_LONG and apart)


def _has_digits(text: FoldedText, number: int) -> bool:
    return any(one.isdigit() for one in text.chars(number))
