"""A creator's house for privacy, and a stage for what the whole program does."""

from tests.features.people.privacy.privacy_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up.
manor = in_folder(opened)
