"""A camp for every test that asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.people.team.camp import Camp
from tests.features.people.team.camp import opened as open_camp
from tests.features.people.team.quarters import Quarters
from tests.features.people.team.quarters import quarters as open_quarters
from tests.features.people.team.ward import Ward
from tests.features.people.team.ward import opened as open_ward


@pytest.fixture
async def camp(tmp_path: Path) -> AsyncIterator[Camp]:
    """Linked, set up, and let in by both sides."""
    async with open_camp(tmp_path) as ready:
        yield ready


@pytest.fixture
async def quarters(tmp_path: Path) -> AsyncIterator[Quarters]:
    """Luna is at home on a server, and nobody is in her team."""
    async with open_quarters(tmp_path) as ready:
        yield ready


@pytest.fixture
async def ward(quarters: Quarters) -> Ward:
    """Luna's channels, in which everything fits."""
    return await open_ward(quarters)
