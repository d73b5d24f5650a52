"""One house for all examinations; whatever a test breaks it mends."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from discord.http import Route

from tests.features.operations.doctor.doctor_scenario import DoctorScenario
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """Linked, running, and one fan has written."""
    async with housed(tmp_path_factory.mktemp("house")) as made:
        await made.greeted(made.fan("Ann"))
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.discord.ledger.of("mentions_allowed") == []
        assert made.stage.fanvue.contract_errors == []


@pytest_asyncio.fixture(loop_scope="package")
async def patient(
    house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[DoctorScenario]:
    """The house as the doctor finds it; what the command set in this process is set back."""
    base, level = Route.BASE, logging.getLogger("discord").level
    yield DoctorScenario(house, tmp_path, capsys)
    Route.BASE = base
    logging.getLogger("discord").setLevel(level)
    if not house.runs:
        await house.stage.bridge.start()
    house.stage.discord.faults.clear()
    house.stage.fanvue.faults.clear()
