"""`python -m tests.surface --json`: what people see of the bridge, in figures.

Each measure is a module with `measure`, which returns its figures by name.
"""

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from tests.surface import commands_offered, commands_told

Measure = Callable[[], Awaitable[Mapping[str, int]]]
MEASURES: Final[tuple[Measure, ...]] = (commands_told.measure, commands_offered.measure)


async def measured() -> dict[str, int]:
    """All figures."""
    found: dict[str, int] = {}
    for measure in MEASURES:
        found |= await measure()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.surface", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    figures = asyncio.run(measured())
    if options.json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:24} {figure:>6}")


if __name__ == "__main__":
    main()
