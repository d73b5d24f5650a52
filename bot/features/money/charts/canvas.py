"""A sheet to draw on: bars, lines and words in one dark look, sharp at any size.

Everything is drawn larger and then made smaller, which smooths the edges. The sheet has a ground of its
own, so that it looks the same in a light and in a dark client.
"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.text.typeface import drawable, typeface

_SCALE = 2
_CARD = "#1F2430"
LIGHT, QUIET, GRID = "#F4F5F7", "#B8BFCC", "#3A4252"
# Two colours of Okabe and Ito that people with any colour vision tell apart; a minus sign says it too.
IN, BACK = "#56B4E9", "#E69F00"

Point = tuple[float, float]


class Canvas:
    """A sheet of so many pixels; coordinates are pixels from the upper left corner."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE), _CARD)
        self._draw = ImageDraw.Draw(self._image)
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}

    def bar(self, corner: Point, opposite: Point, colour: str) -> None:
        """A filled bar between two corners, in any order."""
        (x0, x1), (y0, y1) = sorted((corner[0], opposite[0])), sorted((corner[1], opposite[1]))
        radius = min(6, (x1 - x0) / 2, (y1 - y0) / 2) * _SCALE
        self._draw.rounded_rectangle(
            (x0 * _SCALE, y0 * _SCALE, x1 * _SCALE, y1 * _SCALE), radius=radius, fill=colour
        )

    def line(self, begin: Point, end: Point, colour: str, width: int = 2) -> None:
        self._draw.line(
            (begin[0] * _SCALE, begin[1] * _SCALE, end[0] * _SCALE, end[1] * _SCALE),
            fill=colour,
            width=width * _SCALE,
        )

    def words(self, at: Point, text: str, *, size: int, colour: str = LIGHT, anchor: str = "ls") -> None:
        """One line of text; `anchor` as Pillow names it: l, m or r, then a, m or s (on the line).

        No line of the sheet goes through it.
        """
        text = drawable(text)
        place, font = (at[0] * _SCALE, at[1] * _SCALE), self._font(size)
        left, top, right, bottom = self._draw.textbbox(place, text, font=font, anchor=anchor)
        gap = 4 * _SCALE
        self._draw.rectangle((left - gap, top - gap, right + gap, bottom + gap), fill=_CARD)
        self._draw.text(place, text, fill=colour, font=font, anchor=anchor)

    def width_of(self, text: str, *, size: int) -> float:
        """The width of a text in pixels."""
        return float(self._draw.textlength(drawable(text), font=self._font(size))) / _SCALE

    def png(self) -> bytes:
        smaller = self._image.reduce(_SCALE)  # a tenth of a resampling's cost, and the file is smaller
        written = BytesIO()
        smaller.save(written, "PNG")
        return written.getvalue()

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._fonts:
            self._fonts[size] = typeface(size * _SCALE)
        return self._fonts[size]
