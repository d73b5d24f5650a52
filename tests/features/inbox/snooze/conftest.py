"""A den that is ready."""

from tests.features.inbox.snooze.snooze_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up, with a team; Emma waits.
den = in_folder(opened)
