"""A connected bot for every test that asks."""

from collections.abc import AsyncIterator

import pytest

from tests.discord.discord_test_server import DiscordTestServer
from tests.discord.discord_test_server import town as open_town


@pytest.fixture
async def town() -> AsyncIterator[DiscordTestServer]:
    async with open_town() as there:
        yield there
