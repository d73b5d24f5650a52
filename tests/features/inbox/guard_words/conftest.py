"""A room in which words are forbidden."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.claims.claims_scenario import opened
from tests.features.inbox.guard_words.guard_words_scenario import LENA, GuardWordsScenario


@pytest.fixture
async def lists(tmp_path: Path) -> AsyncIterator[GuardWordsScenario]:
    """A team that Lena leads; no word is forbidden yet."""
    async with opened(tmp_path) as room:
        await room.engage(LENA, "manager")
        yield GuardWordsScenario(room)
