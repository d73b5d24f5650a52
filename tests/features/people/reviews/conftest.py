"""A study for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.approvals.approvals_scenario import opened
from tests.features.people.reviews.reviews_scenario import ReviewsScenario


@pytest.fixture
async def study(tmp_path: Path) -> AsyncIterator[ReviewsScenario]:
    """The office of tests/features/inbox/approvals, in which leads look back."""
    async with opened(tmp_path) as office:
        yield ReviewsScenario(office)
