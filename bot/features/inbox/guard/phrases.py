"""Rules: words in an order, few others between them; their excuses (pure)."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.features.inbox.guard.folded_text import StepCounter
from bot.features.inbox.guard.vocabulary import SpottedWord

_MACRO = re.compile(r"<([a-z_]+)>")
END = "END"  # a part of a sentence ends here


@dataclass(frozen=True)
class PhraseElement:
    """One of these words, at most so far behind the one before."""

    words: frozenset[str]
    within: int = 0


Rule = tuple[PhraseElement, ...]


@dataclass(frozen=True)
class PhraseRules:
    """A pack's rules, and the phrases in which its words are innocent."""

    finds: tuple[Rule, ...]
    excuses: tuple[Rule, ...] = ()
    surely: tuple[Rule, ...] = ()  # what no excuse covers

    def words(self) -> set[str]:
        """Every word that is looked for."""
        return {word for rule in self._all() for element in rule for word in element.words}

    def apply(self, spotted: Sequence[SpottedWord], steps: StepCounter) -> bool:
        """Whether any rule fits what an excuse does not cover. What is disguised is never excused."""
        whole = _Index(spotted)
        if any(whole.spans(rule, steps) for rule in self.surely):
            return True
        plain = _Index(one for one in spotted if not one.disguised)
        excused = [span for rule in self.excuses for span in plain.spans(rule, steps)]
        left = _Index(_without(spotted, excused, steps)) if excused else whole
        return any(left.spans(rule, steps) for rule in self.finds)

    def _all(self) -> tuple[Rule, ...]:
        return (*self.finds, *self.excuses, *self.surely)


def fitting(
    named: Mapping[str, Sequence[Rule]], spotted: Sequence[SpottedWord], steps: StepCounter, most: float
) -> list[str]:
    """The names whose rules fit. Beyond `most` steps no further one is tried."""
    index = _Index(spotted)
    found = []
    for name, ways in named.items():
        if steps.count > most:
            break
        if any(index.spans(rule, steps) for rule in ways):
            found.append(name)
    return found


def rules(lines: str, excuses: str = "", surely: str = "", **macros: str) -> PhraseRules:
    """Rules from text, one a line: `pay|send me ~2 by|via paypal`; ~2: up to two words between.

    `<name>` stands for the words of a macro.
    """
    return PhraseRules(_rules(lines, macros), _rules(excuses, macros), _rules(surely, macros))


def _rules(lines: str, macros: Mapping[str, str]) -> tuple[Rule, ...]:
    made = []
    for line in filter(None, (line.strip() for line in lines.splitlines())):
        elements, within = [], 0
        for word in _MACRO.sub(lambda found: "|".join(macros[found[1]].split()), line).split():
            if word.startswith("~"):
                within = int(word[1:])
                continue
            elements.append(PhraseElement(frozenset(word.split("|")), within))
            within = 0
        made.append(tuple(elements))
    return tuple(made)


class _Index:
    def __init__(self, spotted: Iterable[SpottedWord]) -> None:
        self._at: dict[str, list[SpottedWord]] = {}
        for one in spotted:
            self._at.setdefault(one.word, []).append(one)

    def spans(self, rule: Rule, steps: StepCounter) -> Sequence[tuple[int, int]]:
        """From where to where this rule fits: for each end, the latest beginning."""
        ends: dict[int, int] = {}
        for number, element in enumerate(rule):
            found: dict[int, int] = {}
            for word in element.words & self._at.keys():
                for one in self._at[word]:
                    steps.count += 1 + element.within
                    begin = one.start if number == 0 else _before(ends, one.start, element.within)
                    if begin is not None and begin >= found.get(one.end, -1):
                        found[one.end] = begin
            ends = found
            if not ends:
                return ()
        return [(begin, end) for end, begin in ends.items()]


def _before(ends: Mapping[int, int], start: int, within: int) -> int | None:
    known = [ends[end] for end in range(start - within, start + 1) if end in ends]
    return max(known) if known else None


def _without(
    spotted: Sequence[SpottedWord], spans: Sequence[tuple[int, int]], steps: StepCounter
) -> list[SpottedWord]:
    """The words that no span covers. Spans are made disjoint first, so that each is looked up once."""
    merged: list[list[int]] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    begins = [begin for begin, _ in merged]
    left = []
    for one in spotted:
        steps.count += 1
        at = bisect_left(begins, one.start + 1) - 1
        covered = at >= 0 and one.start < merged[at][1] and one.word != END
        if not covered or one.disguised:
            left.append(one)
    return left
