"""Which files Discord plays, by their first bytes; when links end (pure)."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from storage.records import Millis

LONGEST_LINK = 512  # characters that Discord takes for a button that opens an address
_EBML, _RIFF, _WAVE = b"\x1aE\xdf\xa3", b"RIFF", b"WAVE"
_STARTS = {b"OggS": "ogg", b"fLaC": "flac", b"ID3": "mp3"}
_MPEG_SYNC, _MPEG_LAYER, _LAYER_3 = 0xE0, 0x06, 0x02
_MILLIS_FROM = 10**11  # an earlier number is in seconds


def video_ending(content: bytes) -> str | None:
    """The ending of a video's name, by which Discord plays it; None: of no kind that it plays."""
    if content[4:8] == b"ftyp":
        return "mov" if content[8:10] == b"qt" else "mp4"
    return "webm" if content.startswith(_EBML) else None


def sound_ending(content: bytes) -> str | None:
    """The same of a recording."""
    if content[4:8] == b"ftyp":
        return "m4a"
    if content.startswith(_RIFF) and content[8:12] == _WAVE:
        return "wav"
    found = next((ending for start, ending in _STARTS.items() if content.startswith(start)), None)
    return found or ("mp3" if _is_mpeg_layer_3(content) else None)


def _is_mpeg_layer_3(content: bytes) -> bool:
    bare = len(content) > 1 and content[0] == 0xFF  # noqa: PLR2004 - MPEG's own number
    return bare and content[1] & _MPEG_SYNC == _MPEG_SYNC and content[1] & _MPEG_LAYER == _LAYER_3


def ends_at(address: str) -> Millis | None:
    """When a signed address ends, where it says so in a known way; None: it does not say."""
    try:
        said: Mapping[str, list[str]] = parse_qs(urlsplit(address).query)
    except ValueError:
        return None
    told = next((said[name][0] for name in ("Expires", "expires") if name in said), "")
    if not (told.isascii() and told.isdecimal() and len(told) <= len(str(_MILLIS_FROM)) + 1):
        return None
    number = int(told)
    return number if number >= _MILLIS_FROM else number * 1000
