"""An office for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.approvals.office import Office, opened


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Emma has written; Tia is a trainee, Carl a chatter, Ola and Pia are managers, Maya owns."""
    async with opened(tmp_path) as ready:
        yield ready
