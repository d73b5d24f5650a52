"""Draws the stand-in's pictures: a sun over the sea, in colours of the file's own."""

import colorsys
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

WHOLE = (640, 800)
SMALL = (256, 320)


@lru_cache(maxsize=64)
def whole(uuid: str) -> bytes:
    """The file itself, as PNG."""
    return _written(_scene(uuid), "PNG")


@lru_cache(maxsize=256)
def small(uuid: str, *, blurred: bool) -> bytes:
    """A thumbnail, as JPEG; blurred ones show colours only."""
    from PIL import ImageFilter  # noqa: PLC0415 - Pillow takes 50 ms to import, and few worlds draw

    made = _scene(uuid).resize(SMALL)
    return _written(made.filter(ImageFilter.GaussianBlur(24)) if blurred else made, "JPEG")


def _scene(uuid: str) -> "Image":
    from PIL import Image, ImageDraw  # noqa: PLC0415 - likewise

    seed = bytes.fromhex(uuid.replace("-", "")[:8])
    width, height = WHOLE
    horizon, hue = height * (50 + seed[1] % 20) // 100, seed[0] / 255
    made = Image.new("RGB", WHOLE)
    draw = ImageDraw.Draw(made)
    for y in range(height):
        part = y / horizon if y < horizon else (height - y) / (height - horizon)
        shade = (hue + 0.12 * part, 0.65 - 0.35 * part, 0.35 + 0.6 * part)
        draw.line(
            (0, y, width, y), fill=_colour(*shade) if y < horizon else _colour(hue + 0.5, 0.5, 0.6 * part)
        )
    x, radius = width * (20 + seed[2] % 60) // 100, 50 + seed[3] % 60
    draw.ellipse((x - radius, horizon - 2 * radius, x + radius, horizon), fill=_colour(hue + 0.08, 0.25, 1.0))
    return made


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, saturation, value)
    return int(red * 255), int(green * 255), int(blue * 255)


def _written(picture: "Image", form: str) -> bytes:
    out = BytesIO()
    picture.save(out, form)
    return out.getvalue()
