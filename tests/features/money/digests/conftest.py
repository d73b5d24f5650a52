"""A bureau for every test, on a server that is set up."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.money.periods.periods_scenario import PeriodsScenario
from tests.features.money.periods.periods_scenario import opened as open_bureau


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[PeriodsScenario]:
    async with open_bureau(tmp_path) as there:
        await there.alerts()
        yield there
