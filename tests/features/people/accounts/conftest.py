"""The studio: accounts and web between both stand-ins."""

from tests.features.people.accounts.accounts_scenario import open_studio
from tests.scenario_fixtures import in_folder

studio = in_folder(open_studio)
