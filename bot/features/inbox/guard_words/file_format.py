"""A list as a text file: one word or phrase a line, with its level (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard_words.rules import LEVELS, MOST, GuardWord, GuardWordRefused, checked_word
from bot.model.language import msgid, number_text, tr
from bot.text.safe_text import one_line, safe

# Translators: each line begins with "# ", and the levels "warn:", "hold:" and "block:" stay as they are.
_HEAD = msgid(
    "# Forbidden words: one word or phrase a line, with its level before it.\n# warn: the "
    "author is asked. hold: another lead decides. block: it is not sent.\n# A line that "
    "begins with # is not read. At most {most} words of up to 60 characters.\n"
)
_LINES = 5_000  # that are looked at
# Translators: "warn:", "hold:" and "block:" stay as they are.
_CURE = msgid("write “warn: …”, “hold: …” or “block: …”")


@dataclass(frozen=True)
class GuardWordFault:
    """A line that cannot be used: its number, why, and what to do."""

    number: int
    why: str


def as_text(words: Iterable[GuardWord]) -> bytes:
    """The file, in the order of the words."""
    return (tr(_HEAD, most=MOST) + "".join(f"{one.level}: {one.phrase}\n" for one in words)).encode()


def read_words(content: bytes) -> tuple[list[GuardWord], list[GuardWordFault]]:
    """Its words, and every line that cannot be used. Raises GuardWordRefused for what is no text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GuardWordRefused(
            tr("This file is not in UTF-8. Save it as UTF-8 text and import it again.")
        ) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > _LINES:
        raise GuardWordRefused(
            tr(
                "This file has more than {lines} lines, and {most} words fit. Shorten it.",
                lines=number_text(_LINES),
                most=MOST,
            )
        )
    words: dict[str, GuardWord] = {}
    places: dict[str, int] = {}
    bad = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            word = _word_of(line)
        except GuardWordRefused as refused:
            bad.append(GuardWordFault(number, str(refused)))
            continue
        if word.key in words:
            # Translators: follows "Line 5".
            why = tr("is the same as line {other}: delete one of them", other=places[word.key])
            bad.append(GuardWordFault(number, why))
            continue
        words[word.key], places[word.key] = word, number
        if len(words) == MOST + 1:
            # Translators: follows "Line 501".
            why = tr("is word {number}, and {most} fit: shorten the file", number=MOST + 1, most=MOST)
            bad.append(GuardWordFault(number, why))
    return list(words.values()), bad


def _word_of(line: str) -> GuardWord:
    named, colon, phrase = line.partition(":")
    level = named.strip().casefold()
    if not colon:
        # Translators: follows "Line 5"; {cure} is "write “warn: …”, “hold: …” or “block: …”".
        raise GuardWordRefused(tr("has no level: {cure}", cure=tr(_CURE)))
    if level not in LEVELS:
        # Translators: follows "Line 5": what stands there is no level.
        why = tr("has no level “{level}”: {cure}", level=safe(one_line(level[:40], 20)), cure=tr(_CURE))
        raise GuardWordRefused(why)
    if not phrase.strip():
        # Translators: follows "Line 5".
        raise GuardWordRefused(tr("has a level and no word: write a word behind it, or delete the line"))
    return checked_word(phrase, GuardLevel(level))
