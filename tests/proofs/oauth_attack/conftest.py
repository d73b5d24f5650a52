"""A studio under attack, looked through after each test; the sum at the end."""

from collections.abc import AsyncIterator

import pytest

from tests.features.people.accounts.accounts_scenario import AccountStage, open_studio
from tests.proofs.oauth_attack.attack import Attack
from tests.proofs.oauth_attack.cases import CASES
from tests.scenario_fixtures import in_folder

_CLOSED = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_CLOSED] = []


studio = in_folder(open_studio)


@pytest.fixture(autouse=True)
async def attack(request: pytest.FixtureRequest, studio: AccountStage) -> AsyncIterator[Attack]:
    """An attack, after which nothing of it may be left."""
    mark = request.node.get_closest_marker("oauth_attack")
    played = Attack(studio)
    yield played
    await played.left_nothing()
    if mark is not None:
        request.config.stash[_CLOSED].append(str(mark.args[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    closed = config.stash[_CLOSED]
    if closed:
        words = f"oauth_attack: {len(closed)} of {len(CASES)} closed, 0 tokens stored in any of them"
        terminalreporter.write_line(words)
