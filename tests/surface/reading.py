"""Measure: how much a person reads of a whole answer, before its details.

Every view of the album counts with all its lines, embeds, buttons and lists, filled in as the evening fills
them. What Discord puts in the place of a mention, a time or a link counts, not how it is written. Pages and
windows are no answers.
"""

import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Final

from tests.proofs.album.__main__ import VIEWS, walk
from tests.proofs.album.album_scenario import AlbumView, opened
from tests.warm_bridge import ForkedProgram

_SHOWN: Final = (
    (re.compile(r"<t:\d+:R>"), "in 12 minutes"),
    (re.compile(r"<t:\d+(?::\w)?>"), "12 October 2026 18:30"),
    (re.compile(r"<[@#][!&]?\d+>"), "@somebody-here"),
    (re.compile(r"</([\w -]+):\d+>"), r"/\1"),
    (re.compile(r"<a?:\w+:\d+>"), "☐"),
    (re.compile(r"\[([^\]]+)\]\([^)]+\)"), r"\1"),
    (re.compile(r"\*\*|__|\|\||`|^-# |^#+ |^> ", re.MULTILINE), ""),
)


def read_length(words: str) -> int:
    """Characters that stand on the screen."""
    for written, shown in _SHOWN:
        words = written.sub(shown, words)
    return len(words)


def percentile(lengths: Sequence[int], share: float) -> int:
    """The smallest length that this share of the answers does not exceed; 0 of none."""
    return sorted(lengths)[ceil(share * len(lengths)) - 1] if lengths else 0


async def answer_lengths() -> dict[str, int]:
    """Of each answer of the album by the name of its view."""
    lengths: dict[str, int] = {}

    async def keep(name: str, view: AlbumView) -> None:
        if view.page is None and view.form is None:
            lengths[name] = read_length(view.words)

    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        async with opened(Path(folder), ForkedProgram) as town:
            unreached = await walk(town, VIEWS, keep)
    sys.stderr.writelines(f"not reached: {one}\n" for one in unreached)
    return lengths


async def measure() -> Mapping[str, int]:
    """Of nine answers in ten, and of the longest, in characters."""
    lengths = list((await answer_lengths()).values())
    return {"read_p90": percentile(lengths, 0.9), "read_longest": max(lengths, default=0)}
