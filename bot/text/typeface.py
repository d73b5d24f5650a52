"""The letters of what the bridge draws: those of German and Spanish, too.

The font that Pillow brings has no umlaut, no ñ and no dash: each would be a box. This one is Liberation Sans
2.1.5 as Debian builds it (fonts-liberation 1:2.1.5-3), unchanged, with its licence beside it.
"""

import unicodedata
from pathlib import Path
from typing import Final

from PIL import ImageFont

FONT: Final = Path(__file__).parent / "fonts" / "LiberationSans-Regular.ttf"
# What has no sign of its own: controls, marks of direction, private use. A font draws a box for some.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_VARIANTS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))


def typeface(size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels."""
    return ImageFont.truetype(FONT, size)


def drawable(text: str) -> str:
    """The text on one line, without what cannot be seen."""
    line = " ".join(text.splitlines())
    return "".join(one for one in line if one not in _VARIANTS and unicodedata.category(one) not in _UNSEEN)
