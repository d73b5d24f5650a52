"""The bridge and the program of all kinds of drafts, here for mass messages."""

import pytest

from tests.features.operations.channel_drafts.conftest import house, writer
from tests.features.publishing.program_mass_drafts.mass_scenario import ProgramMassScenario

__all__ = ["house", "kind", "writer"]


@pytest.fixture
def kind() -> type[ProgramMassScenario]:
    """What its program drafts."""
    return ProgramMassScenario
