"""A dorm that is ready."""

from tests.features.inbox.thread_archiving.thread_archiving_scenario import opened
from tests.scenario_fixtures import in_folder

# Room for ten, and nobody there yet.
dorm = in_folder(opened)
