"""The files that Fanvue takes into a vault, and sentences about others (pure)."""

import mimetypes
from pathlib import PurePath

from bot.model.language import msgid, number_text, tr

LARGEST = 1_610_612_736  # bytes
# For a fan who hears it on a phone: two hours of a good MP3. Fanvue names no limit of its own for audio.
LONGEST_NOTE = 104_857_600  # bytes
_LONGEST = 255  # characters of a name
_KINDS = ("image", "video", "audio")
_DOCUMENTS = frozenset({"application/pdf"})

EMPTY = msgid("This file is empty, so there is nothing to upload.")
TAKES = msgid("Pictures, videos, audio and PDF files up to 1.5 GiB each.")
WRONG_KIND = msgid(
    "Fanvue's vault does not take this kind of file. {takes} Save it as one of these and try again."
)


class UploadRefused(Exception):
    """Raised for a file that cannot go into a vault; str() is a sentence for its uploader."""


def kind_of(filename: str, content_type: str | None = None) -> str:
    """Fanvue's kind of such a file. Raises UploadRefused."""
    guessed = mimetypes.guess_type(PurePath(filename).name)[0]
    for told in (content_type, guessed):
        mime = (told or "").partition(";")[0].strip().lower()
        kind = mime.partition("/")[0]
        if kind in _KINDS:
            return kind
        if mime in _DOCUMENTS:
            return "document"
    raise UploadRefused(tr(WRONG_KIND, takes=tr(TAKES)))


def check_size(size: int) -> None:
    """Raises UploadRefused for one that is empty or too large."""
    if size <= 0:
        raise UploadRefused(tr(EMPTY))
    if size > LARGEST:
        raise UploadRefused(
            tr(
                "This file has {size} bytes, and Fanvue takes at most {largest} (1.5 GiB). Make it "
                "smaller, for example with a lower bit rate, or split it.",
                size=number_text(size),
                largest=number_text(LARGEST),
            )
        )


def check_note(size: int) -> None:
    """Raises UploadRefused for a voice note that is too large to be heard on a phone."""
    if size > LONGEST_NOTE:
        raise UploadRefused(
            tr(
                "A voice note has at most {most}, and this one has {size}. Save it as MP3 or M4A, or "
                "send a shorter one.",
                most=_mib(LONGEST_NOTE),
                size=_mib(size),
            )
        )


def _mib(size: int) -> str:
    """Rounded up, so that one byte over a limit is not said to be the limit."""
    return tr("{value} MiB", value=number_text(-(-size // 1_048_576)))


def named(name: str | None, filename: str) -> tuple[str, str]:
    """The name in the vault and that of the file, as long as Fanvue lets them be."""
    plain = PurePath(filename).name or "file"
    stem, suffix = PurePath(plain).stem, PurePath(plain).suffix[:32]
    short = plain if len(plain) <= _LONGEST else stem[: _LONGEST - len(suffix)] + suffix
    return ((name or "").strip() or PurePath(plain).stem)[:_LONGEST], short
