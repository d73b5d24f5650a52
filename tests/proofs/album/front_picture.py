"""README's picture, taken from the demo's page: a fan is answered, and buys."""

import argparse
import asyncio
import io
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

from tests.proofs.album.album_scenario import AlbumScenario, opened
from tests.sandbox.page.chromium import Chromium, chromium, missing

DESK: Final = (1160, 800)
PHONE: Final = (390, 844)
SHARP: Final = 1.5  # pixels of the picture for one of the page: README shows it on dense screens too
QUALITY: Final = 82
BOUGHT: Final = "Bought for"  # what the fan's phone says at last
FOLLOWS: Final = """
const said = document.body.innerText.includes(arguments[0]);
return document.body.dataset.lost === "no" && said;
"""


async def played(town: AlbumScenario) -> str:
    """Sam asks, Mara answers and offers a set, Sam buys it; returns the page's address as Theo has it."""
    stage = town.stage
    await town.slash(town.luna, town.lobby, "setup", team=stage.team.id, **{"creator-name": "Luna"})
    await town.play.link()
    for handle, words in (
        ("kai.surf", "the waves were insane today"),
        ("bluebird", "I renewed, happy to be here"),
    ):
        await town.writes(handle, words)
    thread = await town.writes("sam_k", "hey Luna! the beach set 😍 is there more?")
    await town.slash(town.mara, thread, "reply", text="Hey Sam! There is, made for nights like this 🧡")
    await town.says(await town.line("sam_k", "There is, made"), "✓ Sent")
    offer = {"text": "The whole evening at the beach", "price": "12", "media": stage.media[0]}
    await town.slash(town.mara, thread, "reply", **offer)
    line = await town.says(await town.line("sam_k", "The whole evening"), "✓ Sent")
    sam = stage.fans["sam_k"]
    await sam.read()
    await sam.buy(sam.inbox()[-1].uuid)
    await town.says(line, "Paid")
    await town.card("sam_k", "1 of 1 priced message unlocked")
    return f"{town.url}?as={town.theo.user.id}&channel={thread.id}"


async def photographed(address: str, browser: Chromium, size: tuple[int, int], scheme: str) -> bytes:
    """What is on the screen, as WebP."""
    await browser.look_like(*size, scheme, SHARP)
    await browser.open(address)
    await browser.until(FOLLOWS, BOUGHT if size == DESK else "Paid")
    drawn = Image.open(io.BytesIO(await browser.picture()))
    written = io.BytesIO()
    drawn.convert("RGB").save(written, "WEBP", quality=QUALITY, method=6)
    return written.getvalue()


async def _taken(size: tuple[int, int], scheme: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="front-picture-") as folder:
        async with opened(Path(folder)) as town:
            address = await played(town)
            async with chromium(Path(folder) / "profile") as browser:
                return await photographed(address, browser, size, scheme)


def main() -> int:
    """0 with the file written, 2 without a browser."""
    asked = argparse.ArgumentParser(prog="python -m tests.proofs.album.front_picture", description=__doc__)
    asked.add_argument("file", type=Path, help="where to write it, for example docs/demo.webp")
    asked.add_argument("--phone", action="store_true", help="390 px wide, as a phone shows the page")
    asked.add_argument("--dark", action="store_true", help="as somebody sees it who likes it dark")
    given = asked.parse_args()
    if (lacks := missing()) is not None:
        print(lacks, file=sys.stderr)
        return 2
    picture = asyncio.run(_taken(PHONE if given.phone else DESK, "dark" if given.dark else "light"))
    given.file.write_bytes(picture)
    print(f"{given.file}: {len(picture) // 1000} kB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
