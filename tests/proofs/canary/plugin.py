"""Fails every test in which a secret gets into a log, stderr or stdout (T12).

It is loaded for each run of pytest (`addopts`). While a test runs, the bridge's own log handler listens to
all loggers at DEBUG. When it has ended, what the witness of the stand-ins noted is searched for in those
lines, in what was printed, in the logs of the bridges that ran as processes in the test's folder, and in
what the bridge said elsewhere (`tests/proofs/canary/output_listeners.py`).
"""

import shutil
import string
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.proofs.canary.log_monitor import LogMonitor

ALLOWED = "may_leak"
_KEY: "pytest.StashKey[LogMonitor]" = pytest.StashKey()
_PASSED = pytest.StashKey[bool]()  # pytest's own note is gone once `tmp_path` has ended


def pytest_configure(config: pytest.Config) -> None:
    """Called by pytest, as all of these."""
    # Imported now and not before: coverage begins after plugins are loaded.
    from tests.proofs.canary.log_monitor import LogMonitor  # noqa: PLC0415

    config.addinivalue_line("markers", f"{ALLOWED}(why): a test that prints what must stay secret")
    config.stash[_KEY] = LogMonitor()


def _tidy(item: pytest.Item) -> None:
    """Nobody looks again into the folder of a test that passed; those of a whole run are gigabytes.

    `tmp_path_retention_policy` would take it away before it was searched. What is left there is listed after
    each test, so pytest's link to the newest of that name goes, too.
    """
    own = getattr(item, "funcargs", {}).get("tmp_path")
    if item.stash.get(_PASSED, False) and isinstance(own, Path):
        shutil.rmtree(own, ignore_errors=True)
        own.with_name(own.name.rstrip(string.digits) + "current").unlink(missing_ok=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_KEY].close()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    # Around pytest's own logging, which puts the level back that it has found.
    item.config.stash[_KEY].begin(item.nodeid.partition("::")[0])
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    done = yield
    item.stash[_PASSED] = True
    return done


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    yield
    found = list(item.config.stash[_KEY].leaks(item))
    if not found:
        item._report_sections.clear()  # pytest keeps them as long as it runs
        _tidy(item)
    if found and item.get_closest_marker(ALLOWED) is None:
        pytest.fail(f"leaked: {', '.join(found)}", pytrace=False)
