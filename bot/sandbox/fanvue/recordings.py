"""Makes the stand-in's videos and voice notes: short, real, playable.

A frame of WebP without transparency is a key frame of VP8, so Pillow and a few boxes make a WebM.
"""

import math
import struct
import wave
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from bot.sandbox.fanvue import pictures

VIDEO_MS, VOICE_MS = 2_000, 3_000
_FRAMES = 8
_RATE = 8_000  # samples of a second


@lru_cache(maxsize=16)
def video(uuid: str) -> bytes:
    """A WebM: the file's own picture, seen through a window that moves down."""
    width, height = pictures.SMALL
    track = _box(0xD7, b"\x01") + _box(0x73C5, b"\x01") + _box(0x83, b"\x01") + _box(0x86, b"V_VP8")
    size = _box(0xB0, width.to_bytes(2, "big")) + _box(0xBA, height.to_bytes(2, "big"))
    step = VIDEO_MS // _FRAMES
    blocks = [
        _box(0xA3, b"\x81" + (number * step).to_bytes(2, "big") + b"\x80" + frame)
        for number, frame in enumerate(_frames(uuid))
    ]
    duration = _box(0x4489, struct.pack(">d", VIDEO_MS))
    segment = (
        _box(0x1549A966, _box(0x2AD7B1, (1_000_000).to_bytes(3, "big")) + duration)
        + _box(0x1654AE6B, _box(0xAE, track + _box(0xE0, size)))
        + _box(0x1F43B675, _box(0xE7, b"\x00") + b"".join(blocks))
    )
    head = _box(0x4282, b"webm") + _box(0x4287, b"\x02") + _box(0x4285, b"\x02")
    return _box(0x1A45DFA3, head) + _box(0x18538067, segment)


@lru_cache(maxsize=16)
def voice(uuid: str) -> bytes:
    """A WAV: a tone of the file's own that comes and goes like somebody humming."""
    pitch = 120 + int(uuid[:2], 16) % 120
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(_RATE)
        sound.writeframes(bytes(_samples(pitch)))
    return out.getvalue()


def _samples(pitch: int) -> Iterator[int]:
    for number in range(_RATE * VOICE_MS // 1000):
        at = number / _RATE
        loud = 50 * math.sin(math.pi * at) ** 2
        yield 128 + int(loud * math.sin(2 * math.pi * pitch * at))


def _frames(uuid: str) -> Iterator[bytes]:
    from PIL import Image  # noqa: PLC0415 - Pillow takes 50 ms to import, and few worlds draw

    with Image.open(BytesIO(pictures.whole(uuid))) as found:
        scene = found.convert("RGB").resize((pictures.SMALL[0] * 5 // 4, pictures.SMALL[1] * 5 // 4))
    width, height = pictures.SMALL
    for number in range(_FRAMES):
        left, top = (
            (scene.width - width) * number // _FRAMES,
            (scene.height - height) * number // _FRAMES,
        )
        out = BytesIO()
        scene.crop((left, top, left + width, top + height)).save(out, "WEBP", quality=60)
        yield _key_frame(out.getvalue())


def _key_frame(webp: bytes) -> bytes:
    at = webp.index(b"VP8 ")
    return webp[at + 8 : at + 8 + int.from_bytes(webp[at + 4 : at + 8], "little")]


def _box(name: int, content: bytes) -> bytes:
    """An element of EBML: its name, its length in eight bytes, its content."""
    return (
        name.to_bytes((name.bit_length() + 7) // 8, "big")
        + b"\x01"
        + len(content).to_bytes(7, "big")
        + content
    )
