"""A bureau where Fanvue is needed, a database of each kind elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.clock import SystemClock
from bot.fanvue.budget import RequestBudget
from tests.features.money.periods.periods_scenario import PeriodsScenario
from tests.features.money.periods.periods_scenario import opened as open_bureau
from tests.storage.conftest import database, known, url

__all__ = ["database", "known", "url"]


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[PeriodsScenario]:
    async with open_bureau(tmp_path) as there:
        # Three years are many requests, and nobody here waits for the minute of a real clock.
        there.evening.server.switches.rate_limit = 100_000
        there.evening.fanvue.budget = RequestBudget(clock=SystemClock(), limit=100_000)
        yield there
