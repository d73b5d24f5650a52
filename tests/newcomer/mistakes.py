"""Plays every wrong entry on the page, and reads what it says."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.web.setup_server import SetupListener
from tests.newcomer.desk import ORDER, NewcomerDesk, desk
from tests.newcomer.page_person import PagePerson
from tests.newcomer.wrong_entries import WRONG_ENTRIES, WrongEntry
from tests.sandbox.page.chromium import Chromium

OTHER_BOT = "token of another app"  # needs a first bot


async def unnamed(
    browser: Chromium, entries: Sequence[WrongEntry] = WRONG_ENTRIES, pictures: Path | None = None
) -> list[str]:
    """The wrong entries that were not named with their cure, and what stood there instead."""
    missed = []
    for number, entry in enumerate(entries, start=1):
        with tempfile.TemporaryDirectory(prefix="newcomer-") as folder:
            async with desk(Path(folder)) as made:
                person = PagePerson(browser, pictures=pictures)
                said = await _played(entry, made, person, f"wrong-{number:02d}")
        if entry.says not in said or entry.cure not in said:
            missed.append(f"{entry.name}: {said}")
    return missed


async def _played(entry: WrongEntry, made: NewcomerDesk, person: PagePerson, picture: str) -> str:
    """What stands beside the field then."""
    before = made.setup()
    await before.begin()
    for name in ORDER[: ORDER.index(entry.field) + (entry.name == OTHER_BOT)]:
        await before.answer(name, made.right[name])
    typed = await entry.typed(made)
    setup = made.setup()
    await setup.begin()
    async with SetupListener(setup, random=os.urandom) as server:
        await person.browser.open(server.url)
        said = await person.answer(entry.field, typed)
        await person.picture(picture)
        await person.browser.open("about:blank")
    return said
