"""`python -m tests.taps --json`: the taps of everyday deeds on a phone of 390 px.

A tap is a click of the program on the page: a button, a box, the cover of a picture. Typing is none, and
neither is going into a field or opening the page at the thread. What the program does not offer yet is
null, with the reason. `--pictures DIR` keeps what was on the screen at each step, light and dark;
`--strips docs/chatting` renews the pictures of docs/chatting.md.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.proofs.album.album_scenario import ViewNotReached, opened
from tests.sandbox.page.chromium import missing
from tests.taps.deeds import GOALS, TapGoal, furnish
from tests.taps.strips import write_strips
from tests.taps.thumb import NotYet, Thumb, phone


@dataclass(frozen=True)
class TapCount:
    """The taps of one deed; None with the reason where it cannot be done. `ids`: typed on the way."""

    taps: int | None
    most: int
    ids: int = 0
    why: str = ""

    @property
    def good(self) -> bool:
        """Whether it can be done within its goal, and without typing an id."""
        return self.taps is not None and self.taps <= self.most and not self.ids


async def counted(goals: Sequence[TapGoal], pictures: Path | None = None) -> dict[str, TapCount]:
    """Do each deed once, on one stage, in this order."""
    found: dict[str, TapCount] = {}
    with tempfile.TemporaryDirectory(prefix="taps-") as folder:
        async with opened(Path(folder)) as town, phone(Path(folder)) as browser:
            await furnish(town)
            for goal in goals:
                thumb = Thumb(browser, goal.name, pictures)
                try:
                    await goal.deed(town, thumb)
                    await thumb.end()
                    found[goal.name] = TapCount(thumb.taps, goal.most, thumb.ids)
                except (NotYet, ViewNotReached, AssertionError) as reason:
                    why = str(reason).partition("\n")[0]
                    found[goal.name] = TapCount(None, goal.most, thumb.ids, why)
    return found


def report(found: dict[str, TapCount]) -> dict[str, object]:
    """The figures by name, the goals, and the reasons for what is null."""
    return {
        **{name: one.taps for name, one in found.items()},
        "typed_ids": sum(one.ids for one in found.values()),
        "goals": {name: one.most for name, one in found.items()} | {"typed_ids": 0},
        "why": {name: one.why for name, one in found.items() if one.why},
    }


def main() -> int:
    """0 when every goal is reached, 1 when one is not, 2 without a browser."""
    asked = argparse.ArgumentParser(prog="python -m tests.taps", description=__doc__)
    asked.add_argument("--json", action="store_true", help="print JSON")
    asked.add_argument("--pictures", type=Path, help="a folder for a picture of each step")
    asked.add_argument("--strips", type=Path, help="a folder for a picture of each deed, its steps in a row")
    given = asked.parse_args()
    lacking = missing()
    if lacking:
        print(lacking, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="strips-") as folder:
        pictures = given.pictures or (Path(folder) if given.strips is not None else None)
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
        found = asyncio.run(counted(GOALS, pictures))
        if given.strips is not None and pictures is not None:
            write_strips(pictures, list(found), given.strips)
    if given.json:
        print(json.dumps(report(found), indent=2))
    else:
        for name, one in found.items():
            print(f"{name}: {asdict(one)}")
    return 0 if all(one.good for one in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
