"""A connected bot for every test that asks."""

from collections.abc import AsyncIterator

import pytest

from tests.discord.town import Town
from tests.discord.town import town as open_town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with open_town() as there:
        yield there
