"""README's picture can be taken again, and shows what it should."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from tests.proofs.album.album_scenario import opened
from tests.proofs.album.front_picture import DESK, PHONE, photographed, played
from tests.sandbox.page.chromium import chromium, missing

LACKS = missing()
pytestmark = pytest.mark.skipif(LACKS is not None and not os.environ.get("CI"), reason=f"no browser: {LACKS}")


async def test_the_page_shows_a_reply_that_was_seen_and_an_offer_that_was_paid(tmp_path: Path) -> None:
    async with opened(tmp_path) as town, chromium(tmp_path / "profile") as browser:
        address = await played(town)
        desk = await photographed(address, browser, DESK, "light")
        phone = await photographed(address, browser, PHONE, "dark")
        fitting = await browser.fits()

    assert len(desk) < 200_000
    assert Image.open(io.BytesIO(desk)).format == "WEBP"
    assert Image.open(io.BytesIO(phone)).size == (585, 1266)
    assert fitting
