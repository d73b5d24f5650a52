"""A newcomer comes from nothing to a relayed message, and reads what was wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.newcomer.__main__ import NewcomerReport
from tests.newcomer.first_evening import FirstEvening, first_evening
from tests.newcomer.mistakes import unnamed
from tests.newcomer.wrong_entries import WRONG_ENTRIES
from tests.sandbox.page.chromium import chromium, missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


async def test_one_command_and_few_values_lead_to_the_first_relayed_message(tmp_path: Path) -> None:
    async with chromium(tmp_path / "profile") as browser:
        evening = await first_evening(tmp_path, browser)
        complaints = await browser.complaints()

    assert complaints == []
    assert (evening.typed_values, evening.shell_commands, evening.files_edited) == (6, 1, 0)
    assert "sandbox-discord-secret" not in evening.shown
    assert "sandbox-token-for-everybody" not in evening.shown


async def test_wrong_entries_are_named_on_the_page_and_one_that_is_not_is_reported(tmp_path: Path) -> None:
    unnoticed = replace(WRONG_ENTRIES[0], name="unnoticed", says="words that nobody says")
    async with chromium(tmp_path / "profile") as browser:
        missed = await unnamed(browser, [*WRONG_ENTRIES[::7], unnoticed])

    assert [line.partition(":")[0] for line in missed] == ["unnoticed"]
    report = NewcomerReport(FirstEvening(6, 1, 0, 12.0, ""), missed)
    assert report.figures()["wrong_entries_named"] == len(WRONG_ENTRIES) - 1
    assert not report.good
