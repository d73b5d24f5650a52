"""Media files behind signed URLs that soon expire, on the stand-in itself."""

import hashlib
import hmac
import struct
import zlib
from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox.fanvue.records import Media, MediaId
from bot.sandbox.fanvue.state import State

_KINDS = {
    "image": "image/png",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "document": "application/pdf",
}
SIDE = 8


@dataclass(frozen=True)
class File:
    content: bytes
    content_type: str


def signed_url(state: State, media: Media, variant: str) -> str:
    """A URL that opens this file for a short while, without any token."""
    life: timedelta = state.switches.window(state.switches.media_url_seconds)
    expires = int((state.now() + life).timestamp() * 1000)
    seal = _seal(media.uuid, variant, expires)
    return f"{state.base_url}/_media/{media.uuid}/{variant}?expires={expires}&signature={seal}"


def open_file(state: State, uuid: str, variant: str, expires: str, signature: str) -> File | None:
    """The file behind a signed URL; None when the URL is forged, over or about nothing."""
    media = state.media.get(MediaId(uuid))
    if media is None or not expires.isdigit():
        return None
    if not hmac.compare_digest(signature, _seal(media.uuid, variant, int(expires))):
        return None
    if state.now().timestamp() * 1000 >= int(expires):
        return None
    if media.type == "image" or variant != "main":
        return File(_picture(media.uuid), "image/png")
    return File(f"{media.type} {media.uuid}".encode(), _KINDS[media.type])


def _seal(uuid: str, variant: str, expires: int) -> str:
    """Forging is not worth anything here, so the key is no secret."""
    return hmac.new(b"stand-in", f"{uuid}/{variant}/{expires}".encode(), hashlib.sha256).hexdigest()


def _picture(uuid: str) -> bytes:
    """A small PNG in a colour that follows from the uuid, so that two files differ."""
    colour = bytes.fromhex(uuid.replace("-", "")[:6])
    rows = (b"\x00" + colour * SIDE) * SIDE
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
