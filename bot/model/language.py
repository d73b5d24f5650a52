"""Messages are marked here, and said in the reader's language.

A message is its English sentence, as in GNU gettext. Who acts for somebody sets the language around it
(`speaking`); where nobody did, it is English. Names, fan texts and whatever else is not ours are parts of
a message and never looked up.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from gettext import NullTranslations
from typing import Final

from bot.model.catalogues import catalogue, message_of
from bot.model.command_names import as_shown

ENGLISH: Final = "en"
LANGUAGES: Final = {ENGLISH: "English", "de": "Deutsch", "es": "Español"}  # each by its own name

_COMMAND: Final = "command"  # the one part that is ours: a command, which is named as its reader sees it

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)
# In which language somebody's Discord shows the names of commands; None: in the one that is spoken.
_commands: ContextVar[str | None] = ContextVar("commands", default=None)


def msgid(message: str, /) -> str:
    """Mark a message for the catalogues where it is written; it is said with `tr` where it is read."""
    return message


def english(message: str, /, **parts: object) -> str:
    """A sentence that is stored, and said in its reader's language with `tr_stored` once it is shown."""
    return message.format(**parts)


def msgid_many(one: str, many: str, /) -> tuple[str, str]:
    """Mark a counted message likewise; it is said with `tr_many(*pair, count)`."""
    return one, many


def tr(message: str, /, **parts: object) -> str:
    """Say a message in the reader's language, with its `{parts}` filled in."""
    said = message if (book := _book()) is None else _found(book, message)
    return _filled(_named(said), message, parts)


def tr_many(one: str, many: str, count: int, /, **parts: object) -> str:
    """The same for a counted thing, in the language's plural form; `{n}` is the count, or a part."""
    english = one if count == 1 else many
    book = _book()
    said = english if book is None else book.ngettext(one, many, count)
    return _filled(_named(said), english, {"n": number_text(count), **parts})


def tr_stored(sentence: str, /) -> str:
    """Say a sentence that was made with `english`, or that has come through where it may have been stored."""
    book = _book()
    if book is None or not sentence:
        return sentence
    if (said := _found(book, sentence)) != sentence:
        return _named(said)
    if (found := message_of(_language.get(), sentence)) is None:
        return sentence
    message, words = found
    parts: dict[str, object] = {name: _found(book, part) for name, part in words.items()}
    return _filled(_named(_found(book, message)), message, parts)


def number_text(count: float, /) -> str:
    """A number with its thousands grouped as the reader's language groups them."""
    if (spoken := _language.get()) == ENGLISH:
        return f"{count:,}"
    from babel.numbers import format_decimal  # noqa: PLC0415 - only where another language is spoken

    return format_decimal(count, locale=spoken)


def decimal_text(number: float, digits: int, /) -> str:
    """A number with so many digits after its comma or point."""
    if (spoken := _language.get()) == ENGLISH:
        return f"{number:,.{digits}f}"
    from babel.numbers import format_decimal  # noqa: PLC0415 - likewise

    return format_decimal(Decimal(f"{number:.{digits}f}"), format=f"#,##0.{'0' * digits}", locale=spoken)


def money_text(cents: int, code: str, digits: int = 2) -> str:
    """Whole cents as the reader's language writes them, with so many digits; not for English."""
    from babel.core import Locale  # noqa: PLC0415 - likewise
    from babel.numbers import format_currency  # noqa: PLC0415 - likewise

    pattern = Locale.parse(_language.get()).currency_formats["standard"].pattern
    return format_currency(
        Decimal(cents) / 100,
        code,
        format=pattern.replace("0.00", "0" if digits == 0 else "0.00"),
        locale=_language.get(),
        currency_digits=False,
    ).replace("\N{NO-BREAK SPACE}", " ")


def language() -> str:
    """The language that is spoken here: a key of `LANGUAGES`."""
    return _language.get()


def commands_shown_in() -> str:
    """In which language whoever reads this is shown the names of commands."""
    return _commands.get() or _language.get()


def speak(spoken: str, *, commands: str | None = None) -> None:
    """Say everything from here on in this task in that language.

    `commands`: in which one their Discord shows commands, whatever language they chose to be answered in.
    """
    _language.set(spoken)
    if commands is not None:
        _commands.set(commands)


@contextmanager
def speaking(spoken: str) -> Iterator[None]:
    """Say everything inside in that language."""
    token, other = _language.set(spoken), _commands.set(None)
    try:
        yield
    finally:
        _language.reset(token)
        _commands.reset(other)


def closest(locale: str) -> str:
    """The language of ours for Discord's or a browser's first locale: `es-419` is Spanish, `fr` English."""
    tongue = re.split(r"[-_,;]", locale.strip())[0].casefold()
    return tongue if tongue in LANGUAGES else ENGLISH


def _book() -> NullTranslations | None:
    spoken = _language.get()
    return None if spoken == ENGLISH else catalogue(spoken)


def _found(book: NullTranslations, message: str) -> str:
    return book.gettext(message) if message else ""  # the empty message is a catalogue's own header


def _named(said: str) -> str:
    shown = commands_shown_in()
    return said if shown == ENGLISH else as_shown(said, shown)


def _filled(said: str, english: str, parts: dict[str, object]) -> str:
    if not parts:
        return said
    if isinstance(command := parts.get(_COMMAND), str):
        parts = {**parts, _COMMAND: _named(command)}
    try:
        return said.format(**parts)
    except (KeyError, IndexError, ValueError):  # a wrong translation never costs the sentence
        return english.format(**parts)
