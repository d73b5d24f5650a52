"""A house for each test: what one agency does there is not undone for the next."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[LiveBridge]:
    """Luna has set up her server and connected her account."""
    async with housed(tmp_path) as made:
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[LiveBridge]:
    """Luna's server has a forum, and nobody has connected her account."""
    async with housed(tmp_path, open_house=False) as made:
        await made.play.set_up()
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []
