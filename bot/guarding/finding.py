"""Which packs a text reads like; its cost grows with its length alone (pure)."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from bot.guarding import names
from bot.guarding.addresses import accounts, addresses, handles
from bot.guarding.numbers import CALLS, DIGITS, TIMES, numbers
from bot.guarding.packs import Pack
from bot.guarding.phrases import END, Rules
from bot.guarding.pieces import Steps, Text, read
from bot.guarding.rules_age import AGE
from bot.guarding.rules_contacts import CONTACTS
from bot.guarding.rules_meeting import MEETING
from bot.guarding.rules_money import PAYMENT
from bot.guarding.rules_presence import PRESENCE
from bot.guarding.spotting import Spotted, Vocabulary

_PACKS: Mapping[Pack, Rules] = {
    Pack.PAYMENT: PAYMENT,
    Pack.CONTACTS: CONTACTS,
    Pack.MEETING: MEETING,
    Pack.AGE: AGE,
    Pack.PRESENCE: PRESENCE,
}
_MOST = 10_000  # signs that are read: twice what Fanvue takes
_IF_DISGUISED = "instagram insta snap tiktok twitter facebook discord messenger"
_DISGUISED = frozenset(_IF_DISGUISED.split())
_TEENS, _MINORS = range(11, 18), range(1, 18)
_AGED = ("yo", "yr", "yrs", "y")


@dataclass(frozen=True)
class Found:
    """What was found, and after how many steps."""

    packs: frozenset[Pack]
    steps: int


def find(text: str) -> Found:
    """Which packs a text reads like."""
    steps = Steps()
    whole = text[:_MOST]
    seen = read(whole, steps)
    spotted = _vocabulary().spot(seen, steps)
    marks = [*spotted, *_marks(seen, spotted)]
    named = (*addresses(whole, steps), *accounts(seen, steps), *numbers(seen, spotted, steps))
    marks.extend(Spotted(mark, 0, 0) for mark in named)
    packs = frozenset(pack for pack, rules in _PACKS.items() if rules.apply(marks, steps))
    return Found(packs, steps.count)


def _marks(text: Text, spotted: list[Spotted]) -> list[Spotted]:
    marks = [Spotted(mark, place, place + (mark not in {"#colon", "#at"})) for mark, place in handles(text)]
    for number, piece in enumerate(text.pieces):
        if text.ends_after(number):
            marks.append(Spotted(END, piece.place + 1, piece.place + 1))
        marks += [Spotted(mark, piece.place, piece.place + 1) for mark in _ages(text.chars(number))]
    marks += [
        Spotted("HIDDEN", one.start, one.end, disguised=True)
        for one in spotted
        if one.disguised and one.word in _DISGUISED
    ]
    return marks


def _ages(chars: str) -> list[str]:
    if chars[:1] in {"l", "i"} and chars[1:].isdigit():
        chars = f"1{chars[1:]}"  # l5
    digits = chars.rstrip("abcdefghijklmnopqrstuvwxyz!")
    if not digits.isdigit() or len(digits) > 2:  # noqa: PLR2004 - nobody is older
        return []
    age, rest = int(digits), chars[len(digits) :].rstrip("!")
    if rest and rest not in _AGED:
        return []
    marks = ["#teen"] if age in _TEENS else []
    marks += ["#minor"] if age in _MINORS else []
    return [*marks, "#teenyo"] if rest and age in _TEENS else marks


@functools.cache
def _vocabulary() -> Vocabulary:
    """Made at the first text, for all others."""
    made = Vocabulary()
    kinds = (
        (names.PARTED_INSIDE, True, True),
        (names.PARTED, True, False),
        (names.INSIDE, False, True),
        (names.WHOLE, False, False),
    )
    for words, parted, inside in kinds:
        for word in words.split():
            made.add_name(word, parted=parted, inside=inside)
    for word in names.PARTED_IF_ODD.split():
        made.add_name(word, parted=False, inside=True, parted_if_odd=True)
    short = names.SHORT.split()
    known = {word for rules in _PACKS.values() for word in rules.words()} | CALLS | set(DIGITS) | set(TIMES)
    for word in known:
        if not word.startswith("#") and word not in {END, "HIDDEN"}:
            made.add_word(word, exact=word in short)
    return made
