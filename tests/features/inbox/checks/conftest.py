"""A house for every test that asks, and a stage for what the whole program does."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import patience
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests.database_place import settings_in
from tests.features.inbox.checks.checks_scenario import opened
from tests.scenario_fixtures import in_folder
from tests.warm_bridge import WarmProgram

SPEED = 4.0


# Linked and set up; the fan has not written yet.
house = in_folder(opened)


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[EveningPlay]:
    """Luna has set up her server and linked her account; lines count as read after an hour."""
    unread = {"UNREAD_SECONDS": "3600"}
    async with staged(tmp_path, WarmProgram, speed=SPEED, seed=7, **settings_in(tmp_path), **unread) as stage:
        stage.discord.interactions.first_answer = patience.SECONDS  # for a busy machine
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)
        await play.open_house()
        yield play
        assert stage.discord.contract_errors == []
        assert stage.discord.ledger.of("mentions_allowed") == []
        assert stage.fanvue.contract_errors == []
