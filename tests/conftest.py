"""What every test ends with, and every run of tests begins and ends with."""

import gc
from collections.abc import Iterator

import pytest

from tests import postgres, where


@pytest.fixture(autouse=True)
def _databases(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test's databases on a server are free when everything else of it has ended."""
    # Asked for first, so that it is there until this one has ended.
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is not None:
        where.let_go(folder)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Tests and their modules stay until the end: what they make is collected, and they are left alone."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no database behind."""
    postgres.drop_all()
