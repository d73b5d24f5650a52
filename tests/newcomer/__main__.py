"""`python -m tests.newcomer --json`: from nothing to the first relayed message.

Plays the whole way in Chromium against both stand-ins: one command, the setup page, `/setup`, `/link`, a
fan's first words. Then twenty wrong entries, each of which must be answered beside its field with the cure.
`--pictures DIR` keeps the page at 390 and 1280 px, light and dark.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.newcomer.first_evening import FirstEvening, first_evening
from tests.newcomer.mistakes import unnamed
from tests.newcomer.wrong_entries import WRONG_ENTRIES
from tests.sandbox.page.chromium import chromium, missing

MOST_TYPED, MOST_COMMANDS = 7, 1


@dataclass(frozen=True)
class NewcomerReport:
    """The figures, and what was not named."""

    evening: FirstEvening
    missed: list[str]

    def figures(self) -> dict[str, object]:
        """As the goals name them."""
        return {
            "typed_values": self.evening.typed_values,
            "files_edited": self.evening.files_edited,
            "shell_commands": self.evening.shell_commands,
            "seconds": self.evening.seconds,
            "wrong_entries_named": len(WRONG_ENTRIES) - len(self.missed),
            "of": len(WRONG_ENTRIES),
            "missed": self.missed,
        }

    @property
    def good(self) -> bool:
        """Whether every goal is reached."""
        few = self.evening.typed_values <= MOST_TYPED and self.evening.shell_commands <= MOST_COMMANDS
        return few and not self.evening.files_edited and not self.missed


async def reported(pictures: Path | None) -> NewcomerReport:
    """Play all of it once."""
    with tempfile.TemporaryDirectory(prefix="newcomer-") as folder:
        place = Path(folder)
        async with chromium(place / "profile") as browser:
            evening = await first_evening(place, browser, pictures)
            return NewcomerReport(evening, await unnamed(browser, pictures=pictures))


def main() -> int:
    """0 when every goal is reached, 1 when one is not, 2 without a browser."""
    asked = argparse.ArgumentParser(prog="python -m tests.newcomer", description=__doc__)
    asked.add_argument("--json", action="store_true", help="print JSON")
    asked.add_argument("--pictures", type=Path, help="a folder for pictures of the page")
    given = asked.parse_args()
    lacking = missing()
    if lacking:
        print(lacking, file=sys.stderr)
        return 2
    if given.pictures is not None:
        given.pictures.mkdir(parents=True, exist_ok=True)
    report = asyncio.run(reported(given.pictures))
    if given.json:
        print(json.dumps(report.figures(), indent=2))
    else:
        for name, figure in report.figures().items():
            print(f"{name}: {figure}")
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
