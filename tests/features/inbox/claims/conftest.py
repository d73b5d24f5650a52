"""A world that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.claims.room import Room, opened
from tests.relay.worlds import World, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Linked and set up."""
    async with running(tmp_path) as ready:
        yield ready


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """The same, with a team, and Emma has written."""
    async with opened(tmp_path) as ready:
        yield ready
