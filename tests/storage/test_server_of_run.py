"""The tests' own PostgreSQL server is there for their run, and no longer."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from tests.architecture.source_tree import TOP
from tests.postgres_of_run import VARIABLE, programs, server_of_run
from tests.postgres_servers import NO_SERVER

LIMIT = 60.0  # seconds; reached only when something fails
HOLDING = f"""
import os, sys
from tests.postgres_of_run import server_of_run
with server_of_run():
    print(os.environ["{VARIABLE}"], flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where no server is named."""
    if not programs():
        pytest.skip(NO_SERVER)
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def holder() -> Iterator["subprocess.Popen[str]"]:
    """Another run of tests, with a server of its own."""
    command = [sys.executable, "-c", HOLDING]
    with subprocess.Popen(  # noqa: S603 - our own
        command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


def folder_of(url: str) -> Path:
    return Path(unquote(url.partition("?host=")[2]))


def test_it_is_there_for_as_long_as_the_run_and_leaves_nothing() -> None:
    with server_of_run():
        url = os.environ[VARIABLE]
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE another")
        assert folder_of(url).exists()

    assert VARIABLE not in os.environ
    assert not folder_of(url).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_one_that_is_named_is_the_one_that_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql:///named")

    with server_of_run():
        assert os.environ[VARIABLE] == "postgresql:///named"


def test_it_ends_with_a_run_that_is_killed_and_the_next_one_tidies_up(
    holder: "subprocess.Popen[str]",
) -> None:
    assert holder.stdout is not None
    url = holder.stdout.readline().strip()
    server = int((folder_of(url) / "data" / "postmaster.pid").read_text().split()[0])

    with os.fdopen(os.pidfd_open(server)) as life:  # readable when the process has ended
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert select.select([life], [], [], LIMIT)[0]

    with server_of_run():
        assert not folder_of(url).exists()
