"""Words for what goes with a message: photos, videos, voice notes (pure)."""

import re
from collections.abc import Sequence

from bot.model.language import msgid_many, tr, tr_many

IMAGE, VIDEO, AUDIO, DOCUMENT = "image", "video", "audio", "document"  # Fanvue's words
_WORDS = {
    IMAGE: ("📷", msgid_many("{n} photo", "{n} photos")),
    VIDEO: ("🎬", msgid_many("{n} video", "{n} videos")),
    AUDIO: ("🎤", msgid_many("{n} voice note", "{n} voice notes")),
    DOCUMENT: ("📄", msgid_many("{n} document", "{n} documents")),
}
_ANY = ("📎", msgid_many("{n} media item", "{n} media items"))
MEDIA_ICONS = tuple(icon for icon, _words in (*_WORDS.values(), _ANY))
_WORD = r"[^\W\d_]+"  # of any language: the line may have been written in another one
_SAID = re.compile(rf"(?:{'|'.join(MEDIA_ICONS)}) \d+ {_WORD}(?: {_WORD})*")


def media_label(number: int, kind: str | None) -> str:
    """What a message has, as its own row tells it: that names one type, so of several it says nothing."""
    icon, words = _WORDS.get(kind or "", _ANY) if number == 1 else _ANY
    return f"{icon} {tr_many(*words, number)}"


def said_exactly(small: str, exactly: str) -> str:
    """A line's small print that says what each item is, where it only said what was known of it before.

    Where it says nothing of media in these words, the exact ones follow it.
    """
    if not exactly:
        return small
    changed, found = _SAID.subn(exactly, small, count=1)
    return changed if found else "\n".join(filter(None, (small, exactly)))


def media_listed(items: Sequence[tuple[str | None, int | None]]) -> str:
    """The same where each one's type and length in ms is known: `2 photos and 1 video 0:34`."""
    groups: dict[str, list[int | None]] = {}
    for kind, length in items:
        groups.setdefault(kind if kind in _WORDS else "", []).append(length)
    parts = [_group(kind, groups[kind]) for kind in (*_WORDS, "") if kind in groups]
    return (
        parts[0]
        if len(parts) == 1
        else tr("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])
        if parts
        else ""
    )


def _group(kind: str, lengths: Sequence[int | None]) -> str:
    _icon, words = _WORDS.get(kind, _ANY)
    told = [duration(length) for length in lengths if length]
    said = f" {', '.join(told)}" if told and len(told) == len(lengths) else ""
    return f"{tr_many(*words, len(lengths))}{said}"


def duration(milliseconds: int) -> str:
    """Minutes and seconds as players show them; what is shorter than a second counts as one."""
    seconds = max(round(milliseconds / 1000), 1)
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
