"""English that is longer by two fifths, as a translation may be, to be looked at.

The bridge speaks the language with marks (`marked`), and people and tests read plain English. What stood
between marks is kept longer, and put in place of the plain text where a view is measured.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import cycle
from typing import Any, Final

from tests.languages.marked import BEGIN, END, UnsaidWords

MORE: Final = 0.4  # of its letters: German needs a third more where sentences are short
_NO_WORDS: Final = re.compile(
    r"<[^>]*>|`[^`]*`|\w+://\S+|[^\W\d_]*[\d_]+\w*"
)  # mentions, code, addresses, figures
_WORD: Final = re.compile(r"[^\W\d_]+")


class StretchedWords(UnsaidWords):
    """Keeps the longer form of everything that the bot says."""

    def __init__(self) -> None:
        super().__init__()
        self.longer: dict[str, str] = {}  # by the plain text
        self._back: dict[str, str] = {}  # what is shown now → the plain text
        self._showing = False

    def _keep(self, text: str) -> None:
        super()._keep(text)
        if BEGIN in text or self.plain(text) != text:
            self.longer[self.plain(text)] = self.shown_as(text)

    def shown_as(self, text: str) -> str:
        """How a text with marks is shown where a view is looked at."""
        return stretched(text)

    def of(self, inside: Any) -> Any:
        """The same with all its texts longer."""
        return _each(inside, self.longer)

    def heard(self, key: str, text: str) -> str:
        """While something is shown, what is said meanwhile is shown too; the names of things stay."""
        if not self._showing or key == "name":
            return self.plain(text)
        shown = self.shown_as(text)
        self._back[shown] = self.plain(text)
        return shown

    @contextmanager
    def shown(self, here: list[Any], everywhere: Callable[[], Iterable[Any]]) -> Iterator[int]:
        """Have these messages of the stand-in show it meanwhile; how many of them changed.

        `everywhere`: all messages, of which some may be new or changed at the end.
        """
        before = [(one.content, one.components) for one in here]
        self._back = {}
        for one in here:
            one.content, one.components = self._remembered(one.content), self._remembered(one.components)
        self._showing = True
        try:
            yield sum((one.content, one.components) != old for one, old in zip(here, before, strict=True))
        finally:
            self._showing = False
            for one in everywhere() if self._back else ():
                one.content, one.components = (
                    _each(one.content, self._back),
                    _each(one.components, self._back),
                )

    def _remembered(self, inside: Any) -> Any:
        """The same with all its texts longer, so that they can be taken back."""
        if isinstance(inside, str):
            if (longer := self.longer.get(inside, inside)) != inside:
                self._back[longer] = inside
            return longer
        if isinstance(inside, dict):
            return {key: self._remembered(value) for key, value in inside.items()}
        return [self._remembered(one) for one in inside] if isinstance(inside, list) else inside


def _each(inside: Any, others: Mapping[str, str]) -> Any:
    """The same with others in place of its texts."""
    if isinstance(inside, str):
        return others.get(inside, inside)
    if isinstance(inside, dict):
        return {key: _each(value, others) for key, value in inside.items()}
    return [_each(one, others) for one in inside] if isinstance(inside, list) else inside


def stretched(marked: str) -> str:
    """A text with marks, without them, and with each message between them longer."""
    said, own = [""], [""]
    for letter in marked:
        if letter == BEGIN:
            said.append("")
            own.append("")
        elif letter == END and len(said) > 1:
            inner = _longer(said.pop(), own.pop())
            said[-1] += inner
        elif letter != END:
            said[-1] += letter
            own[-1] += letter
    return "".join(said)  # what was begun and cut off is there as it was said


def _longer(said: str, own: str) -> str:
    """`own`: the letters of the message itself, without the messages that are filled in."""
    words = _WORD.findall(_NO_WORDS.sub(" ", own))
    wanted = math.ceil(MORE * sum(map(len, words)))
    if not wanted:
        return said
    head = said.rstrip()
    if len(words) == 1:  # a longer word, as German has them
        more = (words[0].lower() * 2)[:wanted]
    else:
        more = ""
        for word in cycle(words):
            if len(more) >= wanted:
                break
            more += f" {word.lower()}"
    return f"{head}{more}{said[len(head) :]}"
