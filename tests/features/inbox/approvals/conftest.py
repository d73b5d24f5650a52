"""An office for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.approvals.approvals_scenario import ApprovalsScenario, opened


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[ApprovalsScenario]:
    """Emma has written; Tia is a trainee, Carl a chatter, Ola and Pia are managers, Maya owns."""
    async with opened(tmp_path) as ready:
        yield ready
