"""The bridge and the program of all kinds of drafts, here for templates."""

import pytest

from tests.features.inbox.program_template_drafts.template_scenario import ProgramTemplateScenario
from tests.features.operations.channel_drafts.conftest import house, writer

__all__ = ["house", "kind", "writer"]


@pytest.fixture
def kind() -> type[ProgramTemplateScenario]:
    """What its program drafts."""
    return ProgramTemplateScenario
