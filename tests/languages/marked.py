"""English with invisible marks shows what no catalogue was asked about.

The marks go through the bridge to Discord's stand-in, which takes them out again: people and tests read
plain English, and `UnsaidWords` keeps what stood between no marks.
"""

import re
from collections.abc import Iterator
from gettext import NullTranslations
from typing import Any, Final

from bot.model import catalogues
from bot.sandbox.discord.routing import RestCall
from tests.languages.extraction import templates

BEGIN, END = "\N{INVISIBLE SEPARATOR}", "\N{INVISIBLE PLUS}"
_MONEY: Final = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+)(,\d\d)?[ \u00a0](?:US)?\$")
_READ: Final = frozenset(
    {"content", "title", "description", "label", "placeholder", "text", "name", "topic", "value"}
)


class MarkedTranslations(NullTranslations):
    """Says each message as it is, between marks; what no catalogue has stays bare."""

    def __init__(self) -> None:
        super().__init__()
        ids = [one.id for template in templates().values() for one in template if one.id]
        self._catalog = dict.fromkeys((one for one in ids if isinstance(one, str)), "")
        self._known = {one for message in ids for one in ([message] if isinstance(message, str) else message)}

    def gettext(self, message: str) -> str:
        return f"{BEGIN}{message}{END}" if message in self._known else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class UnsaidWords:
    """Takes the marks out of all that the bot says, and keeps what had none."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}  # bare words, and one text that they were in
        self.in_channels: dict[str, str] = {}  # what was said in a channel in the language, by where

    def speak(self, language: str) -> None:
        """Have this language said with marks from here on, in this process and those forked from it."""
        catalogues.try_on(language, MarkedTranslations())

    def plain(self, text: str) -> str:
        """What people and tests read of it."""
        return in_dollars(text.replace(BEGIN, "").replace(END, ""))

    def shown_as(self, text: str) -> str:
        """How it is shown where a view is looked at."""
        return self.plain(text)

    def heard(self, _key: str, text: str) -> str:
        """What the stand-in gets of it."""
        return self.plain(text)

    def __call__(self, call: RestCall) -> None:
        """A listener of the stand-in's."""
        if call.path.startswith("/channels/") and (told := said_in(call.body)):
            self.in_channels.setdefault(told, f"{call.method} {call.path}")
        self._plain(call.body)

    def _plain(self, inside: Any) -> None:
        pairs: Iterator[tuple[Any, Any]] = iter(())
        if isinstance(inside, dict):
            pairs = iter(list(inside.items()))
        elif isinstance(inside, list):
            pairs = iter(enumerate(inside))
        for key, value in pairs:
            if isinstance(value, str):
                if key in _READ:
                    self._keep(value)
                inside[key] = self.heard(str(key), value)
            else:
                self._plain(value)

    def _keep(self, text: str) -> None:
        for bare in bare_parts(text):
            if any(letter.isalpha() for letter in bare):
                self.found.setdefault(bare.strip(), text.replace(BEGIN, "⟦").replace(END, "⟧"))


def in_dollars(text: str) -> str:
    """The text with its money as English writes it: 1.234,50 $ is $1,234.50."""
    return _MONEY.sub(lambda one: f"${one[1].replace('.', ',')}{(one[2] or '').replace(',', '.')}", text)


def said_in(inside: Any) -> str | None:
    """The first text with marks somewhere in this; None: there is none."""
    if isinstance(inside, str):
        return inside.replace(BEGIN, "⟦").replace(END, "⟧") if BEGIN in inside else None
    parts = inside.values() if isinstance(inside, dict) else inside if isinstance(inside, list) else ()
    return next((told for part in parts if (told := said_in(part))), None)


def bare_parts(text: str) -> list[str]:
    """The parts of a text between no marks."""
    parts: list[str] = []
    depth, now = 0, ""
    for letter in text:
        if letter == BEGIN:
            depth, parts, now = depth + 1, [*parts, now], ""
        elif letter == END:
            depth = max(depth - 1, 0)
        elif not depth:
            now += letter
    return [part for part in (*parts, now) if part]
