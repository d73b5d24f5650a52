"""English that is longer by two fifths, as a translation may be, to be looked at.

The bridge speaks the language with marks (`marked`), and people and tests read plain English. What stood
between marks is kept longer, and put in place of the plain text where a view is measured.
"""

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any, Final

from bot.model.language import speaking, tr_stored
from tests.languages.marked import BEGIN, END, UnsaidWords

MORE: Final = 0.4  # of its letters: German needs a third more where sentences are short
_NO_WORDS: Final = re.compile(
    r"<[^>]*>|`[^`]*`|\w+://\S+|[^\W\d_]*[\d_]+\w*"
)  # mentions, code, addresses, figures
_WORD: Final = re.compile(r"[^\W\d_]+")


Otherwise = Callable[[str, str], str]  # a message as it was said, and its own letters → another form


class StretchedWords(UnsaidWords):
    """Keeps the longer form of everything that the bot says."""

    def __init__(self, otherwise: Otherwise | None = None) -> None:
        """`otherwise`: another form than the longer one, such as `translated`."""
        super().__init__()
        self._otherwise = otherwise or _longer
        self.longer: dict[str, str] = {}  # by the plain text

    def _keep(self, text: str) -> None:
        super()._keep(text)
        if BEGIN in text:
            self.longer[text.replace(BEGIN, "").replace(END, "")] = stretched(text, self._otherwise)

    def of(self, inside: Any) -> Any:
        """The same with all its texts longer."""
        if isinstance(inside, str):
            return self.longer.get(inside, inside)
        if isinstance(inside, dict):
            return {key: self.of(value) for key, value in inside.items()}
        return [self.of(one) for one in inside] if isinstance(inside, list) else inside

    @contextmanager
    def shown(self, messages: list[Any]) -> Iterator[int]:
        """Have these messages of the stand-in show it meanwhile; how many of them changed."""
        before = [(one, one.content, one.components) for one in messages]
        for one, content, components in before:
            one.content, one.components = self.of(content), self.of(components)
        shown = [(one, one.content, one.components) for one in messages]
        changed = sum(old[1:] != new[1:] for old, new in zip(before, shown, strict=True))
        try:
            yield changed
        finally:
            for (one, content, components), (_, longer, more) in zip(before, shown, strict=True):
                if one.content is longer:  # else the bot has changed it meanwhile
                    one.content = content
                if one.components is more:
                    one.components = components


def stretched(marked: str, otherwise: Otherwise | None = None) -> str:
    """A text with marks, without them, and with each message between them longer."""
    said, own = [""], [""]
    for letter in marked:
        if letter == BEGIN:
            said.append("")
            own.append("")
        elif letter == END and len(said) > 1:
            inner = (otherwise or _longer)(said.pop(), own.pop())
            said[-1] += inner
        elif letter != END:
            said[-1] += letter
            own[-1] += letter
    return "".join(said)


def translated(language: str) -> Otherwise:
    """Says each message in a language that is not the one with marks."""

    def into(said: str, _own: str) -> str:
        with speaking(language):
            return tr_stored(said)

    return into


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
