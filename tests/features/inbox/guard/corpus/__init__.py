"""Lines that must be found or must pass; apart: those no rule was written beside."""

import re
from pathlib import Path

from bot.features.inbox.guard.packs import GuardPack

_HERE = Path(__file__).parent
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


def innocent(part: str) -> list[str]:
    """Lines of chats that must pass. `part`: "" or "_held_out"."""
    return _lines(f"innocent{part}.txt")


def evasions(part: str) -> list[tuple[GuardPack, str]]:
    """The pack that each line belongs to, and the line."""
    parts = [line.split("\t", 1) for line in _lines(f"evasions{part}.txt")]
    return [(GuardPack(pack), text) for pack, text in parts]


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").split("\n")
    return [_plain(line) for line in lines if line and not line.startswith("#")]


def _plain(line: str) -> str:
    """What cannot be seen in a file is written as its number there, and a new line by its letter."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), line).replace("\\n", "\n")
