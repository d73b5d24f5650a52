"""The usual times to choose from under a draft."""

from zoneinfo import ZoneInfo

import pytest

from bot.features.publishing.drafts.model import DraftContent
from bot.features.publishing.drafts.options import times_to_choose
from bot.text.typed_times import read_time
from storage.records import DraftId, Millis


@pytest.mark.parametrize(("hour", "offered"), [(19, True), (20, False), (23, False)])
def test_tonight_is_offered_while_it_is_ahead(hour: int, *, offered: bool) -> None:
    now = Millis(hour * 3_600_000 + 59_000)

    choice = times_to_choose(DraftId("r"), DraftContent(), now, ZoneInfo("UTC"))

    assert ("Tonight 20:00" in [one.label for one in choice.options]) is offered
    for one in choice.options:  # each is read as it would be read typed
        read_time(one.value, now, ZoneInfo("UTC"))
