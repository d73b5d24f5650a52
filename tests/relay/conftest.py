"""A world that is ready: a linked creator, a forum, alerts, a running relay."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.relay.relay_scenario import RelayScenario, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[RelayScenario]:
    """Linked and set up."""
    async with running(tmp_path) as ready:
        yield ready


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[RelayScenario]:
    """Nobody is linked, nothing is set up."""
    async with running(tmp_path, ready=False) as empty:
        yield empty
