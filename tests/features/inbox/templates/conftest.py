"""A room in which templates are written."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.claims.room import Room, opened
from tests.features.inbox.templates.shelf import LENA, Shelf


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """A team, and Emma has written."""
    async with opened(tmp_path) as ready:
        yield ready


@pytest.fixture
async def shelf(room: Room) -> Shelf:
    """Templates of that room; Lena leads its team."""
    await room.engage(LENA, "manager")
    return Shelf(room)
