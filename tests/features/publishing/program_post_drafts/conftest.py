"""The bridge and the program of all kinds of drafts, here for posts."""

import pytest

from tests.features.operations.channel_drafts.conftest import house, writer
from tests.features.publishing.program_post_drafts.post_scenario import ProgramPostScenario

__all__ = ["house", "kind", "writer"]


@pytest.fixture
def kind() -> type[ProgramPostScenario]:
    """What its program drafts."""
    return ProgramPostScenario
