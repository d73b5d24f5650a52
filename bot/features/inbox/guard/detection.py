"""Finds the packs a text reads like; cost grows with its length alone (pure)."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from bot.features.inbox.guard import service_names
from bot.features.inbox.guard.address_rules import accounts, addresses, handles
from bot.features.inbox.guard.age_rules import AGE
from bot.features.inbox.guard.contact_rules import CONTACTS
from bot.features.inbox.guard.folded_text import FoldedText, StepCounter, read
from bot.features.inbox.guard.meeting_rules import MEETING
from bot.features.inbox.guard.money_rules import PAYMENT
from bot.features.inbox.guard.number_rules import CALLS, DIGITS, TIMES, numbers
from bot.features.inbox.guard.packs import GuardPack
from bot.features.inbox.guard.phrases import END, PhraseRules
from bot.features.inbox.guard.presence_rules import PRESENCE
from bot.features.inbox.guard.vocabulary import SpottedWord, Vocabulary

_PACKS: Mapping[GuardPack, PhraseRules] = {
    GuardPack.PAYMENT: PAYMENT,
    GuardPack.CONTACTS: CONTACTS,
    GuardPack.MEETING: MEETING,
    GuardPack.AGE: AGE,
    GuardPack.PRESENCE: PRESENCE,
}
_MOST = 10_000  # signs that are read: twice what Fanvue takes
_IF_DISGUISED = "instagram insta snap tiktok twitter facebook discord messenger"
_DISGUISED = frozenset(_IF_DISGUISED.split())
_TEENS, _MINORS = range(11, 18), range(1, 18)
_AGED = ("yo", "yr", "yrs", "y")


@dataclass(frozen=True)
class GuardFindings:
    """The packs found, and the number of steps."""

    packs: frozenset[GuardPack]
    steps: int


def find(text: str) -> GuardFindings:
    """Find the packs a text reads like."""
    steps = StepCounter()
    whole = text[:_MOST]
    seen = read(whole, steps)
    spotted = _vocabulary().spot(seen, steps)
    marks = [*spotted, *_marks(seen, spotted)]
    named = (*addresses(whole, steps), *accounts(seen, steps), *numbers(seen, spotted, steps))
    marks.extend(SpottedWord(mark, 0, 0) for mark in named)
    packs = frozenset(pack for pack, rules in _PACKS.items() if rules.apply(marks, steps))
    return GuardFindings(packs, steps.count)


def _marks(text: FoldedText, spotted: list[SpottedWord]) -> list[SpottedWord]:
    marks = [
        SpottedWord(mark, place, place + (mark not in {"#colon", "#at"})) for mark, place in handles(text)
    ]
    for number, piece in enumerate(text.pieces):
        if text.ends_after(number):
            marks.append(SpottedWord(END, piece.place + 1, piece.place + 1))
        marks += [SpottedWord(mark, piece.place, piece.place + 1) for mark in _ages(text.chars(number))]
    marks += [
        SpottedWord("HIDDEN", one.start, one.end, disguised=True)
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
        (service_names.PARTED_INSIDE, True, True),
        (service_names.PARTED, True, False),
        (service_names.INSIDE, False, True),
        (service_names.WHOLE, False, False),
    )
    for words, parted, inside in kinds:
        for word in words.split():
            made.add_name(word, parted=parted, inside=inside)
    for word in service_names.PARTED_IF_ODD.split():
        made.add_name(word, parted=False, inside=True, parted_if_odd=True)
    short = service_names.SHORT.split()
    known = {word for rules in _PACKS.values() for word in rules.words()} | CALLS | set(DIGITS) | set(TIMES)
    for word in known:
        if not word.startswith("#") and word not in {END, "HIDDEN"}:
            made.add_word(word, exact=word in short)
    return made
