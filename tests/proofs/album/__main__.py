"""`python -m tests.proofs.album --out FOLDER`: every view, phone and desk."""

import argparse
import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.sandbox.browser import NoSuchButton
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.play import PlayFailed
from tests import postgres
from tests.proofs.album import (
    alert_views,
    assistant_views,
    bot_views,
    campaign_views,
    creator_views,
    credit_views,
    digest_views,
    earnings_views,
    fan_state_views,
    gallery_views,
    goal_views,
    home_views,
    inbox_views,
    ledger_views,
    link_views,
    picker_views,
    placing_views,
    post_views,
    program_draft_views,
    publishing_views,
    result_views,
    safety_views,
    sign_in_views,
    thread_views,
    vault_views,
    warning_views,
)
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView, ViewNotReached, opened
from tests.proofs.album.camera import DESKTOP, PHONE, Camera, camera
from tests.sandbox.page.chromium import BrowserComplaint, missing

Reach = Callable[[AlbumScenario], Awaitable[AlbumView]]
_PARTS = (
    thread_views,
    fan_state_views,
    inbox_views,
    campaign_views,
    publishing_views,
    safety_views,
    warning_views,
    link_views,
    post_views,
    result_views,
    vault_views,
    picker_views,
    gallery_views,
    goal_views,
    creator_views,
    credit_views,
    digest_views,
    ledger_views,
    alert_views,
    earnings_views,
    sign_in_views,
    placing_views,
    home_views,
    program_draft_views,
    assistant_views,
)
VIEWS: tuple[Reach, ...] = tuple(view for part in _PARTS for view in part.VIEWS)
FAILED = (
    ViewNotReached,
    NotPossible,
    NoSuchButton,
    PlayFailed,
    TimeoutError,
    AssertionError,
    BrowserComplaint,
    RuntimeError,
)
WIDTHS = {PHONE: "phone", DESKTOP: "desk"}
_ROW = 4  # views on a sheet
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")  # nobody is shown one


async def walk(
    town: AlbumScenario,
    views: Sequence[Reach],
    keep: Callable[[str, AlbumView], Awaitable[None]],
    *,
    first: int = 1,
) -> list[str]:
    """Go from view to view, each from where the one before ended; which could not be reached, and why."""
    unreached = []
    for number, view in enumerate(views, start=first):
        name = f"{number:03d}-{view.__name__.replace('_', '-')}"
        try:
            shot = await view(town)
            await keep(name, shot)
            if found := ID.search(f"{shot.words}\n{shot.form or ''}"):
                raise ViewNotReached(f"an id is shown: {found[0]}")
        except FAILED as failed:
            unreached.append(f"{name}: {str(failed).partition(chr(10))[0] or type(failed).__name__}")
            print(f"! {unreached[-1]}", file=sys.stderr, flush=True)
        await town.mend()
    return unreached


async def _photographed(out: Path, only: Sequence[str]) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="album-") as folder:
        async with opened(Path(folder)) as town, camera(Path(folder) / "profile", town.url) as looking:
            book = _Book(looking, out, only)
            unreached = await walk(town, VIEWS, book.keep)
            await book.close()
        if postgres.server() is None:
            print("! the views of two bots need PostgreSQL", file=sys.stderr, flush=True)
            return [*unreached, *(view.__name__ for view in bot_views.VIEWS)]
        place = Path(folder) / "bots"
        place.mkdir()
        async with bot_views.opened(place) as town, camera(Path(folder) / "profile", town.url) as looking:
            book = _Book(looking, out, only, sheets=book.sheets)
            unreached += await walk(town, bot_views.VIEWS, book.keep, first=len(VIEWS) + 1)
            await book.close()
    return unreached


class _Book:
    """Pictures as they come, and sheets of several."""

    def __init__(self, looking: Camera, out: Path, only: Sequence[str], *, sheets: int = 0) -> None:
        self._looking, self._out, self._only = looking, out, only
        self._row: list[tuple[str, dict[int, bytes]]] = []
        self.sheets = sheets

    async def keep(self, name: str, shot: AlbumView) -> None:
        """One view: its words, and its picture at each width."""
        (self._out / f"{name}.txt").write_text(f"{shot.words}\n")
        if not self._only or any(word in name for word in self._only):
            taken = {width: await self._looking.take(shot, width) for width in WIDTHS}
            for width, picture in taken.items():
                (self._out / f"{name}.{WIDTHS[width]}.png").write_bytes(picture)
            self._row.append((name, taken))
        print(name, flush=True)
        if len(self._row) == _ROW:
            await self.close()

    async def close(self) -> None:
        """Put those on a sheet that are on none yet."""
        if not self._row:
            return
        self.sheets += 1
        for width, kind in WIDTHS.items():
            row = [(name, taken[width]) for name, taken in self._row]
            sheet = await self._looking.sheet(row, width)
            (self._out / f"sheet-{self.sheets:02d}.{kind}.png").write_bytes(sheet)
        self._row.clear()


def main() -> int:
    """0 when every view was reached, 1 when one was not, 2 without a browser."""
    asked = argparse.ArgumentParser(prog="python -m tests.proofs.album", description=__doc__)
    asked.add_argument("--out", type=Path, required=True, help="the folder for the pictures")
    asked.add_argument(
        "--only", nargs="*", default=[], help="photograph only views with these words in the name"
    )
    given = asked.parse_args()
    if (lacks := missing()) is not None:
        print(lacks, file=sys.stderr)
        return 2
    given.out.mkdir(parents=True, exist_ok=True)
    unreached = asyncio.run(_photographed(given.out, given.only))
    views = len(VIEWS) + len(bot_views.VIEWS)
    print(f"{views - len(unreached)} of {views} views", file=sys.stderr)
    return 1 if unreached else 0


if __name__ == "__main__":
    sys.exit(main())
