"""Any picture → a small JPEG without anything else from the file (pure)."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.fanvue.previews import NOT_A_PICTURE, TOO_LARGE, NoPicture

SIDE = 1024  # pixels of the longer side at most
_MOST_PIXELS = 25_000_000  # decoding takes four bytes of memory for each
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def reduced(content: bytes, side: int = SIDE) -> bytes:
    """Draw it again: no place of the camera, no name, only the picture. Raises NoPicture.

    Of a moving picture the first frame.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as found:
            if found.width * found.height > _MOST_PIXELS:
                raise NoPicture(TOO_LARGE)
            found.draft("RGB", (side, side))  # a JPEG is decoded no larger than is needed
            found.thumbnail((side, side))  # in place, before anything makes a copy
            turned = ImageOps.exif_transpose(found).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as odd:
        raise NoPicture(NOT_A_PICTURE) from odd
    # Copied, so that what Pillow carries along with a picture (profiles, comments) stays behind.
    clean = Image.new("RGB", turned.size)
    clean.paste(turned)
    written = BytesIO()
    clean.save(written, "JPEG", quality=85)
    return written.getvalue()
