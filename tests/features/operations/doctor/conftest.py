"""One house for all examinations; whatever a test breaks it mends."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from discord.http import Route

from tests.features.operations.doctor.doctor_scenario import DoctorScenario
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

# Linked, running, and one fan has written.
house = own_house(lambda made: made.greeted(made.fan("Ann")), scope="package", silent=True)


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
