"""Forbidden words: what can be one, and which of them a text has (pure)."""

import functools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.features.inbox.guard.folded_text import FoldedText, StepCounter, read
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard.phrases import PhraseElement, Rule, fitting
from bot.features.inbox.guard.vocabulary import Vocabulary
from bot.model.language import tr
from bot.text.safe_text import one_line, plain

MOST: Final = 500  # of a list
LONGEST: Final = 60  # characters of one
LEVELS: Final = (GuardLevel.WARN, GuardLevel.HOLD, GuardLevel.BLOCK)
_JOINED = 36  # letters of what is looked for as one word: the engine follows a word for 40 signs
_EXACT, _NAME, _PARTED = 2, 4, 6  # letters up to which, or from which on, a word is taken so
_SIGNS = 10_000  # of a text that are read: twice what Fanvue takes
# The cost is bounded whatever stands in a list: an everyday text takes some 5 steps a sign, a hostile one 30.
_STEPS, _STEPS_A_SIGN = 20_000, 100
_JAMO = ("\u1100", "\u11ff")
# In these scripts nothing stands between two words, so one is found within others.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


class GuardWordRefused(Exception):
    """Raised for what cannot be forbidden, or not by this person; str() says why and what to do."""


@dataclass(frozen=True)
class GuardWord:
    """A forbidden word or phrase. `key`: as two are compared, in plain letters."""

    phrase: str
    level: GuardLevel
    key: str


@dataclass(frozen=True)
class GuardWordFindings:
    """The keys found. `whole`: nothing was left out because it would have taken too many steps."""

    keys: tuple[str, ...]
    whole: bool
    steps: int


def checked_word(phrase: str, level: GuardLevel) -> GuardWord:
    """A word as it is kept. Raises GuardWordRefused."""
    shown = one_line(phrase[: 10 * LONGEST], 10 * LONGEST)
    if len(shown) > LONGEST:
        # Translators: follows "This" or "Line 5", as the next two do.
        why = tr("has more than {most} characters: shorten it to the words that matter", most=LONGEST)
        raise GuardWordRefused(why)
    key = key_of(shown)
    if not any(char.isalnum() for char in key):
        raise GuardWordRefused(
            tr("has no letter or digit, and an emoji or a sign alone can't be found: add a word")
        )
    if any(len(word) > _JOINED for word in key.split()):
        raise GuardWordRefused(tr("has a word of more than {most} letters: shorten it", most=_JOINED))
    return GuardWord(shown, level, key)


def key_of(phrase: str) -> str:
    """The words of a phrase in plain letters, with one space between."""
    return " ".join(_words(read_text(phrase, StepCounter())))


def read_text(text: str, steps: StepCounter) -> FoldedText:
    """A text as the engine sees it."""
    whole = text[:_SIGNS]
    if any(_JAMO[0] <= char <= _JAMO[1] for char in whole):
        whole = plain(whole)  # Korean that is typed in parts of letters
    return read(whole, steps)


def steps_for(text: str) -> int:
    """The most steps for a text with one list."""
    return _STEPS + _STEPS_A_SIGN * min(len(text), _SIGNS)


class GuardWordMatcher:
    """Looks for the words of one list as the packs look for theirs."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._vocabulary = Vocabulary()
        self._rules: Mapping[str, Sequence[Rule]] = {key: self._ways(key) for key in keys}

    def find(self, seen: FoldedText, most: int) -> GuardWordFindings:
        """Every word of the list that the text has."""
        steps = StepCounter()
        spotted = self._vocabulary.spot(seen, steps, most)
        found = fitting(self._rules, spotted, steps, most)
        return GuardWordFindings(tuple(found), steps.count <= most, steps.count)

    def _ways(self, key: str) -> Sequence[Rule]:
        """As one word, so that dots or single letters hide nothing, and as words one after the other."""
        words = key.split(" ")
        joined = "".join(words)
        ways: list[Rule] = []
        if len(joined) <= _JOINED:
            self._add(joined)
            ways.append((PhraseElement(frozenset({joined})),))
        if len(words) > 1:
            for word in words:
                self._add(word)
            ways.append(tuple(PhraseElement(frozenset({word})) for word in words))
        return ways

    def _add(self, word: str) -> None:
        inside = any(unicodedata.name(char, "").startswith(_UNSPACED) for char in word)
        if len(word) < _NAME and not inside:
            self._vocabulary.add_word(word, exact=len(word) <= _EXACT)
            return
        odd = len(word) >= _PARTED
        self._vocabulary.add_name(word, parted=False, inside=inside, parted_if_odd=odd)


@functools.lru_cache(maxsize=32)
def matcher_of(keys: tuple[str, ...]) -> GuardWordMatcher:
    """Made once for a list as it is: a changed one has other keys."""
    return GuardWordMatcher(keys)


def _words(text: FoldedText) -> list[str]:
    return [text.chars(number) for number in range(len(text.pieces))]
