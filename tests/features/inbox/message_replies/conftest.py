"""A stage on which the bridge reads what people type."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import patience
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests.database_place import settings_in
from tests.features.inbox.message_replies.message_replies_fixtures import SPEED
from tests.warm_bridge import WarmProgram


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[EveningPlay]:
    """Luna has set up her server and linked her account; what people type is read, and sent nowhere yet."""
    more = {"MESSAGE_CONTENT": "on", **settings_in(tmp_path)}
    async with staged(tmp_path, WarmProgram, speed=SPEED, seed=7, **more) as stage:
        stage.discord.interactions.first_answer = patience.SECONDS  # for a busy machine
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)
        await play.open_house()
        yield play
        assert stage.discord.contract_errors == []
        assert stage.discord.ledger.of("mentions_allowed") == []
        assert stage.fanvue.contract_errors == []
