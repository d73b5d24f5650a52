"""Finds the words of the rules in a text, however they are written (pure)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.features.inbox.guard.folded_text import FoldedText, GlyphGap, StepCounter, TextPiece
from bot.features.inbox.guard.glyphs import ANY

# How a word was written, from harmless to doubtful; the sum of what was needed.
_SPELLED = 1  # s p e l l e d
_LEET = 2  # another sign for a letter
_JOINTED = 4  # per.son
_DRAWN = 8  # mmmeet
_DOUBLED = 16  # paypall
_PARTED = 32  # pay pal
_HIDDEN = 64  # p*ypal
_NEVER = 128
_PARTED_IF_ODD = 256  # parted, and something else besides
_WORDS = _SPELLED | _LEET | _DRAWN
_NAMES = _WORDS | _JOINTED | _DOUBLED | _HIDDEN
_DISGUISE = _SPELLED | _LEET | _JOINTED | _PARTED | _HIDDEN
_JOINTED_FROM, _DRAWN_FROM = 4, 3  # letters of a word that may have joints, and of a letter that is drawn out
_REACH = 40  # signs from the beginning of a word to its end: what bounds the cost of each beginning
_PARTS = "*|"  # p*a*y*p*a*l
_TWO = {("r", "n"): "m", ("v", "v"): "w", ("c", "l"): "d"}


@dataclass(frozen=True)
class SpottedWord:
    """A word of the rules, and where it stands."""

    word: str
    start: int  # places as in `TextPiece.place`
    end: int
    disguised: bool = False


@dataclass(slots=True)
class _Node:
    letter: str = ""
    next: dict[str, "_Node"] = field(default_factory=dict)
    word: str = ""
    takes: int = 0  # how the word may be written
    inside: bool = False  # also as a part of a longer word


class Vocabulary:
    """Words and names, by their letters. Names are looked for in more disguises: they mean one thing."""

    def __init__(self) -> None:
        self._root, self._inner = _Node(), _Node()  # words, and those that are found within longer ones

    def add_word(self, word: str, *, exact: bool = False) -> None:
        """A word of everyday language. `exact`: a digit stands for no letter of it."""
        takes = _WORDS | (_JOINTED if len(word) >= _JOINTED_FROM else 0)
        self._add(word, takes & ~_LEET if exact else takes, inside=False)

    def add_name(self, word: str, *, parted: bool, inside: bool, parted_if_odd: bool = False) -> None:
        """A name. `parted`: also as two words; `inside`: also within a longer one."""
        takes = _NAMES | (_PARTED if parted or parted_if_odd else 0)
        self._add(word, takes | (_PARTED_IF_ODD if parted_if_odd else 0), inside=inside)

    def spot(self, text: FoldedText, steps: StepCounter, most: float = math.inf) -> list[SpottedWord]:
        """Every word that is there, by where it begins. Beyond `most` steps no further one is looked for."""
        walk = _VocabularyWalk(text, (self._root, self._inner), steps)
        found: list[SpottedWord] = []
        for at in range(len(text.glyphs)):
            if steps.count > most:
                break
            found += walk.begin(at)
        return found

    def _add(self, word: str, takes: int, *, inside: bool) -> None:
        for root in (self._root, self._inner) if inside else (self._root,):
            node = root
            for letter in word:
                node = node.next.setdefault(letter, _Node(letter))
            node.word, node.takes, node.inside = word, node.takes | takes, node.inside or inside


class _VocabularyWalk:
    def __init__(self, text: FoldedText, roots: tuple[_Node, _Node], steps: StepCounter) -> None:
        """`roots`: of the words that begin where a word may begin, and of those that begin anywhere."""
        self._text, self._roots, self._steps = text, roots, steps
        self._crossing = [self._cross(at) for at in range(len(text.glyphs))]
        self._repeats = _repeats(text)
        self._odd = [0]  # signs so far that nobody writes, and letters so far
        self._letters = [0]
        for glyph in text.glyphs:
            self._odd.append(self._odd[-1] + (not glyph.plain))
            self._letters.append(self._letters[-1] + glyph.char.isalpha())

    def begin(self, first: int) -> Iterator[SpottedWord]:
        """All words that begin at this sign."""
        glyphs = self._text.glyphs
        whole = self._is_edge(first)
        root = self._roots[0] if whole else self._roots[1]
        states, later = {id(root): (root, 0)}, list[tuple[_Node, int]]()
        at = first
        while (states or later) and at < min(len(glyphs), first + _REACH):
            coming, skipping = dict[int, tuple[_Node, int]](), later
            later = []
            crossing = self._crossing[at] if at > first else 0
            for node, cost in states.values():
                for child, own in self._steps_from(node, at, first, cost):
                    _keep(coming, child, cost | crossing | own)
                two = self._as_one(node, at)
                if two is not None:
                    later.append((two, cost | crossing | _LEET))
            for node, cost in skipping:
                _keep(coming, node, cost)
            at += 1
            states = {key: one for key, one in coming.items() if one[1] < _NEVER}
            yield from self._words(states, first, at, whole=whole)

    def _steps_from(self, node: _Node, at: int, first: int, cost: int) -> Iterator[tuple[_Node, int]]:
        glyph = self._text.glyphs[at]
        self._steps.count += 1 + len(glyph.reads)
        child = node.next.get(glyph.char)
        if child is not None:
            yield child, 0
        for letter in glyph.reads:
            child = node.next.get(letter)
            if child is not None:
                yield child, _LEET
        if at > first and self._repeats[at] and node.letter:
            yield node, (_DRAWN if self._repeats[at] >= _DRAWN_FROM else _DOUBLED)
        if glyph.char in _PARTS and at > first:
            yield node, _JOINTED
        if glyph.char == ANY and not cost & _HIDDEN and at > first:
            self._steps.count += len(node.next)
            for child in node.next.values():
                yield child, _HIDDEN

    def _as_one(self, node: _Node, at: int) -> _Node | None:
        glyphs = self._text.glyphs
        if at + 1 >= len(glyphs) or self._crossing[at + 1]:
            return None
        letter = _TWO.get((glyphs[at].char, glyphs[at + 1].char))
        return node.next.get(letter) if letter is not None else None

    def _words(
        self, states: dict[int, tuple[_Node, int]], first: int, end: int, *, whole: bool
    ) -> Iterator[SpottedWord]:
        for node, cost in states.values():
            if not node.word or cost & ~node.takes:
                continue
            if not ((whole and self._is_edge(end)) or node.inside):
                continue
            letters = self._letters[end] - self._letters[first]
            if cost & _LEET and letters * 2 < len(node.word):
                continue  # numbers are no words
            odd = self._odd[end] > self._odd[first]
            if node.takes & _PARTED_IF_ODD and cost & _PARTED and not (odd or cost & ~_PARTED):
                continue
            places = self._place(first).place, self._place(end - 1).place + 1
            yield SpottedWord(node.word, *places, disguised=odd or bool(cost & _DISGUISE))

    def _place(self, at: int) -> TextPiece:
        return self._text.pieces[self._text.of[at]]

    def _is_edge(self, at: int) -> bool:
        """Whether a word may begin at this sign, or end before it."""
        text = self._text
        if at in {0, len(text.glyphs)} or text.of[at] != text.of[at - 1]:
            return True
        return not (text.glyphs[at].char.isalnum() and text.glyphs[at - 1].char.isalnum())

    def _cross(self, at: int) -> int:
        """The cost of reading on into this sign."""
        text = self._text
        if at == 0 or text.of[at] == text.of[at - 1]:
            return 0
        here, before = text.pieces[text.of[at]], text.pieces[text.of[at] - 1]
        if here.end - here.first == 1 and before.end - before.first == 1:
            return _SPELLED
        if here.gap is GlyphGap.JOINT:
            return _JOINTED
        return _PARTED if here.gap is GlyphGap.SPACE else _NEVER


def _keep(states: dict[int, tuple[_Node, int]], node: _Node, cost: int) -> None:
    known = states.get(id(node))
    if known is None or cost < known[1]:
        states[id(node)] = (node, cost)


def _repeats(text: FoldedText) -> list[int]:
    """For each sign that repeats the one before it within a word: how often it stands there in all."""
    chars, of = [glyph.char for glyph in text.glyphs], text.of
    repeats = [0] * len(chars)
    first = 0
    for at in range(1, len(chars) + 1):
        if at < len(chars) and chars[at] == chars[first] and of[at] == of[first]:
            continue
        if at - first <= _DRAWN_FROM:
            repeats[first + 1 : at] = [at - first] * (at - first - 1)
        first = at
    return repeats
