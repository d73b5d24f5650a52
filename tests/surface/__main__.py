"""`python -m tests.surface --json`: what people see of the bridge, in figures.

Each measure is a module with `measure`, which returns its figures by name. How much is read, and what a
phone cuts off, takes a walk through the album: minutes, and for the latter Chromium; without that it has no
figure.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.languages.extraction import TRANSLATED
from tests.sandbox.page.chromium import missing
from tests.surface import clipped, commands_offered, commands_told, lengths, reading, untranslated, voice

Measure = Callable[[], Awaitable[Mapping[str, int]]]
QUICK: Final[tuple[Measure, ...]] = (
    commands_told.measure,
    commands_offered.measure,
    lengths.measure,
    voice.measure,
    untranslated.measure,
)
MEASURES: Final = (*QUICK, reading.measure, clipped.measure)
# More than this, and it ends with 1.
MOST: Final = {
    "longest_answer": lengths.LONGEST,
    "old_words": 0,
    "untranslated": 0,
    "clipped": 0,
    "views_unreached": 0,
}


async def measured(measures: Sequence[Measure] = MEASURES) -> dict[str, int]:
    """All figures."""
    found: dict[str, int] = {}
    for measure in measures:
        found |= await measure()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.surface", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--clipped", type=Path, metavar="DIR", help="only what is cut off, with its pictures")
    parser.add_argument("--language", choices=TRANSLATED, help="with --clipped: as this language says it")
    options = parser.parse_args()
    if (lacks := missing()) is not None:
        print(f"clipped is not measured: {lacks}", file=sys.stderr)
    if options.clipped is not None:
        options.clipped.mkdir(parents=True, exist_ok=True)
        found = asyncio.run(clipped.clipping(options.clipped, options.language))
        print(*found.cut, *found.unreached, sep="\n")
        print(f"{len(found.cut)} cut off in {found.views} of {found.album} views")
        sys.exit(bool(found.cut or found.unreached))
    figures = asyncio.run(measured())
    if options.json:
        print(json.dumps(figures))
    else:
        print(*(f"{name:24} {figure:>6}" for name, figure in figures.items()), sep="\n")
    sys.exit(bool(faults(figures)))


def faults(figures: Mapping[str, int]) -> list[str]:
    """What is more than it may be."""
    return [name for name, most in MOST.items() if figures.get(name, 0) > most]


if __name__ == "__main__":
    main()
