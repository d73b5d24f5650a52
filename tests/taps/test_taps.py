"""Taps and typed ids are counted, and what the page does not offer is null."""

import pytest

from tests.proofs.album.album_scenario import AlbumScenario
from tests.sandbox.page.chromium import missing
from tests.taps.__main__ import TapCount, counted, report
from tests.taps.deeds import TapGoal, reply_text
from tests.taps.thumb import Thumb

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


async def press_what_is_not_there(town: AlbumScenario, thumb: Thumb) -> None:
    """From the lobby, which has no such button."""
    await thumb.begin(town.url, town.luna, town.lobby)
    thumb.patience = 0.5
    await thumb.type("13e7f4a2-1111-4222-8333-444455556666", "#composer textarea")
    await thumb.tap("No such button")


async def test_taps_and_typed_ids_are_counted_and_what_is_missing_is_null() -> None:
    found = await counted((TapGoal(reply_text, 3), TapGoal(press_what_is_not_there, 1)))

    assert found["reply_text"] == TapCount(2, 3)
    said = report(found)
    assert (said["reply_text"], said["press_what_is_not_there"], said["typed_ids"]) == (2, None, 1)
    assert "No such button" in found["press_what_is_not_there"].why
    assert [one.good for one in found.values()] == [True, False]
