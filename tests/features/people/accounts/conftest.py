"""The studio: accounts and web between both stand-ins."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.people.accounts.accounts_scenario import AccountStage, open_studio


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[AccountStage]:
    async with open_studio(tmp_path) as opened:
        yield opened
