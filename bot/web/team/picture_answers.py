"""The answer to a picture's address: a JPEG, or nothing that is seen (pure)."""

import base64
from typing import Final

from aiohttp import web

JPEG, _PNG = "image/jpeg", "image/png"
# One pixel without a colour: what stands below the picture is read in its place.
_NOTHING: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII="
)
_HEADERS: Final = {"Cache-Control": "private, no-store"}


def jpeg(content: bytes) -> web.Response:
    """A picture that was drawn here; no browser and no proxy keeps it."""
    return web.Response(body=content, content_type=JPEG, headers=_HEADERS)


def nothing(status: int) -> web.Response:
    """The status says why; a browser shows what came, whatever the status."""
    return web.Response(body=_NOTHING, status=status, content_type=_PNG, headers=_HEADERS)
