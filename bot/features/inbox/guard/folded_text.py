"""A folded text as words: signs that belong together, and their gaps (pure)."""

from dataclasses import dataclass
from enum import IntEnum

from bot.features.inbox.guard.glyphs import Glyph, fold

_KEEPS = "@$€£¥%"  # signs that end a word, too: ca$, 15%
_ENDS = ".,;!?:…·\n"
_DRAWN = 3  # times that a letter is read in a row
_SHOWN = 8  # signs of a gap that are kept


class GlyphGap(IntEnum):
    """The gap before a sign."""

    NONE = 0
    JOINT = 1  # something, but no space: what-s-app
    SPACE = 2
    BREAK = 3  # a comma, or the end of a sentence


@dataclass(slots=True)
class StepCounter:
    """Counts steps: the cost is bounded by a count, not by time."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Signs without anything between them."""

    first: int  # of its glyphs
    end: int
    gap: GlyphGap
    between: str  # the beginning of what stands before it
    place: int  # in the order of pieces, one more for each break: how far apart two are


@dataclass(frozen=True, slots=True)
class FoldedText:
    glyphs: tuple[Glyph, ...]  # those in words
    of: tuple[int, ...]  # the piece of each
    pieces: tuple[TextPiece, ...]
    tail: str  # what stands after the last

    def chars(self, number: int) -> str:
        """A piece as it would be written plainly."""
        piece = self.pieces[number]
        return "".join(glyph.char for glyph in self.glyphs[piece.first : piece.end])

    def after(self, number: int) -> str:
        """The beginning of what stands after a piece."""
        return self.pieces[number + 1].between if number + 1 < len(self.pieces) else self.tail

    def ends_after(self, number: int) -> bool:
        """Whether a part of a sentence may end there."""
        if number + 1 == len(self.pieces):
            return True
        after = self.after(number)
        return any(one in _ENDS for one in after) and not (
            len(after) == 1 and after != "\n" and self.chars(number + 1)[0].isdigit()
        )


def read(text: str, steps: StepCounter) -> FoldedText:
    """Put the signs of a text together."""
    folded = fold(text)
    steps.count += len(folded)
    solid = [_is_solid(folded, at) for at in range(len(folded))]
    glyphs: list[Glyph] = []
    of: list[int] = []
    pieces: list[TextPiece] = []
    between, place, at = "", 0, 0
    while at < len(folded):
        if not solid[at]:
            between = (between + folded[at].char)[:_SHOWN]
            at += 1
            continue
        first, gap = len(glyphs), _gap(between, first=not pieces)
        while at < len(folded) and solid[at]:
            if not _is_drawn(glyphs, first, folded[at]):
                glyphs.append(folded[at])
                of.append(len(pieces))
            at += 1
        place += gap is GlyphGap.BREAK
        pieces.append(TextPiece(first, len(glyphs), gap, between, place))
        between, place = "", place + 1
    return FoldedText(tuple(glyphs), tuple(of), tuple(pieces), between)


def _is_drawn(glyphs: list[Glyph], first: int, glyph: Glyph) -> bool:
    """Whether a letter stands there so often already that one more says nothing: paaaaaaypal."""
    last = glyphs[max(first, len(glyphs) - _DRAWN) :]
    return len(last) == _DRAWN and not glyph.char.isdigit() and all(one.char == glyph.char for one in last)


def _is_solid(folded: list[Glyph], at: int) -> bool:
    glyph = folded[at]
    if not glyph.is_solid or glyph.char.isalnum():
        return glyph.is_solid
    before = folded[at - 1].char if at else " "
    after = folded[at + 1].char if at + 1 < len(folded) else " "
    if glyph.char == "*":
        return before.isalnum() and after.isalnum()
    return after.isalnum() or after in _KEEPS or (glyph.char in _KEEPS and before.isalnum())


def _gap(between: str, *, first: bool) -> GlyphGap:
    if first:
        return GlyphGap.BREAK
    if not between:
        return GlyphGap.NONE
    if not any(one.isspace() for one in between):
        return GlyphGap.BREAK if "," in between or ";" in between else GlyphGap.JOINT
    return GlyphGap.BREAK if any(one in ".,;!?…" for one in between) else GlyphGap.SPACE
