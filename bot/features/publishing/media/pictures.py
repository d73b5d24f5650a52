"""Any picture → a JPEG without anything else from the file (pure)."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.fanvue.previews import NOT_A_PICTURE, TOO_LARGE, NoPicture

SIDE = 1024  # pixels of the longer side of a small one at most
FULL_SIDE = 4096  # of a whole one: what a phone's camera takes is not made smaller
_MOST_PIXELS = 25_000_000  # decoding takes four bytes of memory for each
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def reduced(content: bytes, side: int = SIDE) -> bytes:
    """Draw it again: no place of the camera, no name, only the picture. Raises NoPicture.

    Of a moving picture the first frame.
    """
    return _written(_drawn(content, side), quality=85)


def full(content: bytes, most: int) -> bytes:
    """The same in its own size, if that is at most FULL_SIDE, in at most so many bytes. Raises NoPicture.

    Where the bytes would be too many it is drawn less finely, and then smaller.
    """
    drawn = _drawn(content, FULL_SIDE)
    for side, quality in _TRIED:
        drawn.thumbnail((side, side))
        written = _written(drawn, quality=quality)
        if len(written) <= most:
            return written
    raise NoPicture(TOO_LARGE, too_large=True)


_TRIED = ((FULL_SIDE, 92), (FULL_SIDE, 80), (2048, 85), (SIDE, 80))


def _drawn(content: bytes, side: int) -> Image.Image:
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as found:
            if found.width * found.height > _MOST_PIXELS:  # of a JPEG every second line will do
                found.draft("RGB", (found.width // 2, found.height // 2))
            if found.width * found.height > _MOST_PIXELS:
                raise NoPicture(TOO_LARGE, too_large=True)
            found.draft("RGB", (side, side))  # a JPEG is decoded no larger than is needed
            found.thumbnail((side, side))  # in place, before anything makes a copy
            ImageOps.exif_transpose(found, in_place=True)
            # Copied, so that what Pillow carries along with a picture (profiles, comments) stays behind.
            clean = Image.new("RGB", found.size)
            clean.paste(found)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as odd:
        raise NoPicture(NOT_A_PICTURE) from odd
    return clean


def _written(drawn: Image.Image, *, quality: int) -> bytes:
    written = BytesIO()
    drawn.save(written, "JPEG", quality=quality)
    return written.getvalue()
