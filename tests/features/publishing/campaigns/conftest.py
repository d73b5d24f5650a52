"""A studio for every test that asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.publishing.mass_messages.mass_messages_scenario import MassMessagesScenario
from tests.features.publishing.mass_messages.mass_messages_scenario import opened as open_studio


@pytest.fixture(params=["/v1", ""], ids=["v1", "unversioned"])
async def studio(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[MassMessagesScenario]:
    async with open_studio(tmp_path, prefix=request.param) as there:
        yield there
