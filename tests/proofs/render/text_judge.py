"""Judges what a person sees of one text, by Discord and Unicode alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from bot.discord.controls import MessageTooBig
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.reading.message import MessageReading
from bot.sandbox.discord.reading.pieces import HEADING, LINKS, PLAIN, SMALL, TIME, Look, ShownTextPiece
from tests.proofs.render.surfaces import RenderedText
from tests.relay.reader_view import visible

_ORDERLY = regex.compile(r"[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+")  # one line, in the direction it has
_LETTER = regex.compile(r"\X")
_LONGEST_LETTER = 32  # code points; what is longer is made to hurt and may be cut
_LONGEST_NAME = 100  # of a thread
_OURS = (frozenset({HEADING}), frozenset({SMALL}))
_BUTTONS = {"Reply", "More", "Templates", "Unsend", "Open the chat"}
COUNTS = (
    "pings", "mentions", "masked_links", "links", "unfolded",
    "lost", "forged", "refused", "cut_letters", "names",
)  # fmt: skip


@dataclass
class RenderScore:
    """How often each thing happened that never may, with examples."""

    texts: int = 0
    messages: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing of it happened."""
        return not self.counts.total()

    def add(self, what: str, text: str) -> None:
        """It happened."""
        self.counts[what] += 1
        if len(self.examples) < 20:
            self.examples.append((what, text[:300]))

    def join(self, other: "RenderScore") -> None:
        """Take over what another one counted."""
        self.texts += other.texts
        self.messages += other.messages
        self.counts += other.counts
        self.examples += other.examples

    @property
    def figures(self) -> dict[str, int]:
        """Everything that is counted."""
        return {"texts": self.texts, "messages": self.messages} | {name: self.counts[name] for name in COUNTS}


Post = Callable[[dict[str, object]], MessageReading]


def judge(text: str, shown: RenderedText, harmless: RenderedText, post: Post, score: RenderScore) -> None:
    """Post what was made of a text, and count what is wrong with what is to be seen.

    `harmless`: the same with a name that can do no harm.
    """
    score.texts += 1
    try:
        readings = [post(body) for body in shown.bodies]
    except (DiscordApiError, MessageTooBig, UnicodeEncodeError):
        score.add("refused", text)
        return
    score.messages += len(readings)
    for what in _live(readings):
        score.add(what, text)
    if shown.theirs:
        for what in _words(text, readings):
            score.add(what, text)
    elif _shape(readings) != _shape([post(body) for body in harmless.bodies]):
        score.add("forged", text)
    if not all(0 < len(name) <= _LONGEST_NAME and _ORDERLY.fullmatch(name) for name in shown.names):
        score.add("names", text)


def _live(readings: Sequence[MessageReading]) -> Iterator[str]:
    """What does something. The times are the bridge's own: they stand in its small print and titles."""
    for reading in readings:
        if reading.pinged:
            yield "pings"
        if reading.mentions:
            yield "mentions"
        if reading.masked:
            yield "masked_links"
        if any(piece.does in LINKS for piece in reading.pieces):
            yield "links"
        if reading.unfolds:
            yield "unfolded"
        if not set(reading.labels) <= _BUTTONS:
            yield "forged"


def _words(text: str, readings: Sequence[MessageReading]) -> Iterator[str]:
    """Plain parts are the stranger's words, all of them; what looks otherwise is the bridge's."""
    theirs = []
    for reading in readings:
        plain = [piece for piece in reading.pieces if piece.look == PLAIN]
        other = [piece for piece in reading.pieces if piece.look != PLAIN]
        if any(piece.does for piece in plain) or not all(_is_ours(piece) for piece in other):
            yield "forged"
        theirs.append("".join(piece.text for piece in plain))
    whole = "".join(theirs)
    if visible(whole) != visible(text):
        yield "lost"
    if _cuts(theirs):
        yield "cut_letters"


def _is_ours(piece: ShownTextPiece) -> bool:
    return piece.look in _OURS and piece.does in {"", TIME}


def _cuts(parts: Sequence[str]) -> bool:
    """Whether a letter was cut that a person would take for one. The parts' own ends count, too."""
    if len(parts) < 2:
        return False
    ends, at = set(), 0
    for part in parts[:-1]:
        at += len(part)
        ends.add(at)
    letters = _LETTER.finditer("".join(parts))
    inside = (
        range(one.start() + 1, one.end()) for one in letters if one.end() - one.start() <= _LONGEST_LETTER
    )
    return any(place in ends for span in inside for place in span)


def _shape(readings: Sequence[MessageReading]) -> list[list[tuple[Look, str, int]]]:
    """How the lines of messages look, whatever words they have: a name must not change it."""
    return [
        [(piece.look, piece.does, piece.text.count("\n")) for piece in pieces]
        for reading in readings
        for pieces in reading.texts
    ]
