"""What every test ends with, and every run of tests begins and ends with."""

import gc
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import database_place, postgres, virtual_time
from tests.postgres_servers import pooled

_asyncio_loop_factory = virtual_time._asyncio_loop_factory  # here it goes before pytest-asyncio's own


@pytest.fixture(autouse=True)
def _databases(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test's databases on a server are free when everything else of it has ended."""
    # Asked for first, so that it is there until this one has ended.
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is not None:
        database_place.let_go(folder)


# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Programs hear Ctrl+C also where a shell started the tests in the background, without it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Tests and their modules stay until the end: they are not looked through, what they make is."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no database behind."""
    postgres.drop_all()


@pytest.fixture(params=["direct", "behind a pooler"])
def through(request: pytest.FixtureRequest, url: str) -> Iterator[str]:
    """The server's database `url`; behind PgBouncer in transaction mode no session is anybody's."""
    if request.param == "direct":
        yield url
        return
    with pooled(url) as made:
        yield made
