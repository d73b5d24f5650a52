"""A small numbered picture of an item, or a plain tile where there is none (pure)."""

from io import BytesIO

from PIL import Image, ImageDraw

from bot.text.typeface import drawable, typeface

SIDE = 400  # pixels of the longer side
_BADGE, _INSET, _FIGURE, _WORDS = 64, 12, 40, 34
_DARK, _LIGHT, _TILE = (0, 0, 0), (255, 255, 255), (64, 68, 76)
_QUALITY = 80


def numbered(content: bytes | None, number: int, words: str) -> bytes:
    """As JPEG. Without a picture it says in `words` what the item is."""
    if content is None:
        tile = Image.new("RGB", (SIDE, SIDE), _TILE)
        middle = (SIDE // 2, SIDE // 2)
        ImageDraw.Draw(tile).text(middle, drawable(words), _LIGHT, typeface(_WORDS), anchor="mm")
    else:
        with Image.open(BytesIO(content), formats=("JPEG",)) as found:
            tile = found.convert("RGB")
    _badge(tile, number)
    written = BytesIO()
    tile.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _badge(tile: Image.Image, number: int) -> None:
    """The number in a corner, readable on any picture."""
    draw = ImageDraw.Draw(tile)
    end = _INSET + _BADGE
    draw.rounded_rectangle((_INSET, _INSET, end, end), 14, fill=_DARK, outline=_LIGHT, width=3)
    middle = (_INSET + _BADGE // 2, _INSET + _BADGE // 2)
    draw.text(middle, str(number), _LIGHT, typeface(_FIGURE), anchor="mm")
