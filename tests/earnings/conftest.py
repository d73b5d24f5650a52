"""A bureau for every test that needs Fanvue, a database of each kind for the others."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.figures.bureau import Bureau
from tests.figures.bureau import opened as open_bureau
from tests.storage.conftest import database, known, url

__all__ = ["database", "known", "url"]


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    async with open_bureau(tmp_path) as there:
        there.evening.server.switches.rate_limit = 100_000  # three years are many requests
        yield there
