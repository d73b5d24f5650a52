"""Fails every test in which a secret gets into a log, stderr or stdout (T12).

It is loaded for each run of pytest (`addopts`). While a test runs, the bridge's own log handler listens to
all loggers at DEBUG. When it has ended, what the witness of the stand-ins noted is searched for in those
lines, in what was printed, in the logs of the bridges that ran as processes in the test's folder, and in
what the bridge said elsewhere (`tests/canary/ears.py`).
"""

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.canary.watch import Watch

ALLOWED = "may_leak"
_KEY: "pytest.StashKey[Watch]" = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Called by pytest, as all of these."""
    # Imported now and not before: coverage begins after plugins are loaded.
    from tests.canary.watch import Watch  # noqa: PLC0415

    config.addinivalue_line("markers", f"{ALLOWED}(why): a test that prints what must stay secret")
    config.stash[_KEY] = Watch()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_KEY].close()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    # Around pytest's own logging, which puts the level back that it has found.
    item.config.stash[_KEY].begin(item.nodeid.partition("::")[0])
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    yield
    found = list(item.config.stash[_KEY].leaks(item))
    if not found:
        item._report_sections.clear()  # pytest keeps them as long as it runs
    if found and item.get_closest_marker(ALLOWED) is None:
        pytest.fail(f"leaked: {', '.join(found)}", pytrace=False)
