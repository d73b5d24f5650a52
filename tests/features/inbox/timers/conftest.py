"""A watch that is ready."""

from tests.features.inbox.timers.timers_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up, with a team; Emma waits, and nobody has set a timer.
watch = in_folder(opened)
