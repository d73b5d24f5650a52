"""A bell that is ready."""

from tests.features.operations.alerts.alerts_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up, with a team; nobody has made a rule.
bell = in_folder(opened)
