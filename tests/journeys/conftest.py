"""A stage for each journey: both stand-ins and the real bridge, linked."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import patience
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged
from tests.database_place import settings_in
from tests.warm_bridge import WarmProgram

SPEED = 4.0


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[DemoStage]:
    """Everything is running; nobody has done anything yet."""
    async with staged(tmp_path, WarmProgram, speed=SPEED, seed=7, **settings_in(tmp_path)) as made:
        made.discord.interactions.first_answer = patience.SECONDS  # for a busy machine
        yield made
        assert made.discord.contract_errors == []
        assert made.discord.ledger.of("mentions_allowed") == []
        assert made.fanvue.contract_errors == []


@pytest.fixture
async def play(stage: DemoStage) -> EveningPlay:
    """Luna has set up her server and linked her account."""
    said: list[str] = []
    play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), said.append)
    await play.open_house()
    return play
