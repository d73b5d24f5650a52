"""PostgreSQL servers of a test's own: one that stops, a pair, one behind a pooler."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests import postgres
from tests.postgres_of_run import as_user, programs

NO_POOLER = "pgbouncer is not installed (Debian: apt install pgbouncer)"
NO_SERVER = "the programs of a PostgreSQL server are not installed (Debian: apt install postgresql)"
_PORT = 6432  # of sockets in folders of their own, so it is never in use
_LIMIT = 60.0  # seconds; reached only when something fails


def _user() -> str:
    return "postgres" if os.geteuid() == 0 else getpass.getuser()


@contextmanager
def _folder() -> Iterator[Path]:
    """One whose path is short enough for a socket, owned by whoever runs the servers."""
    with TemporaryDirectory(prefix="fb", dir="/tmp", ignore_cleanup_errors=True) as name:
        if os.geteuid() == 0:
            shutil.chown(name, "postgres")
        yield Path(name)


@contextmanager
def pooled(url: str) -> Iterator[str]:
    """The same database through PgBouncer in transaction mode: no session is anybody's.

    Skips the test where it is not installed, with the reason.
    """
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip(NO_POOLER)
    given = conninfo_to_dict(url)
    with _folder() as folder:
        file = folder / "pgbouncer.ini"
        file.write_text(_settings(folder, given), encoding="utf-8")
        running = subprocess.Popen([*as_user(), program, str(file)], stderr=subprocess.PIPE)  # noqa: S603 - our own
        made = f"postgresql://{_user()}@/{given['dbname']}?host={quote(str(folder))}&port={_PORT}"
        try:
            assert running.stderr is not None
            _up(running.stderr)
            yield made
        finally:
            running.terminate()
            running.communicate(timeout=_LIMIT)


def _up(said: IO[bytes]) -> None:
    """Return when it serves."""
    lines = []
    for line in said:
        if b"process up" in line:
            return
        lines.append(line)
    raise AssertionError(lines)


def _settings(folder: Path, given: Mapping[str, object]) -> str:
    names = ("host", "port", "password")
    target = {name: given[name] for name in names if name in given} | {"user": given.get("user", _user())}
    target.setdefault("host", "/var/run/postgresql")
    reached = " ".join(f"{name}={value}" for name, value in target.items())
    return f"""[databases]
* = {reached}
[pgbouncer]
unix_socket_dir = {folder}
listen_port = {_PORT}
listen_addr =
auth_type = any
pool_mode = transaction
default_pool_size = 12
max_client_conn = 200
log_connections = 0
log_disconnections = 0
ignore_startup_parameters = extra_float_digits
"""


@dataclass(frozen=True)
class PostgresPair:
    """A server and its standby, which has all that was committed. `url` finds the one that takes writes."""

    url: str
    first: Path
    standby: Path

    def fail_over(self) -> None:
        """The first server dies, and its standby takes its place."""
        _control(self.first, "stop", "-m", "immediate")
        _control(self.standby, "promote", "-w")
        # Its own standby is yet to be made: until then nothing waits for one.
        with _inside(self.standby) as inside:
            inside.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
            inside.execute("SELECT pg_reload_conf()")


@dataclass(frozen=True)
class SinglePostgres:
    """A server that can be away for a while; what was committed is there when it is back."""

    url: str
    data: Path
    niceness: int

    def stop(self) -> None:
        """Every session ends at once, as when it is stopped for an update."""
        _control(self.data, "stop", "-m", "fast")

    def start(self) -> None:
        """Return when it takes connections."""
        _start(self.data, self.niceness)


@contextmanager
def single(name: str, niceness: int = 0) -> Iterator[SinglePostgres]:
    """A server with an empty database of this name. Skips the test where there are no programs for it.

    `niceness`: how far it stands back where others want a processor, too.
    """
    if postgres.server() is None or not programs():
        pytest.skip(NO_SERVER)
    with _folder() as folder:
        data = folder / "1"
        _made(data)
        _start(data, niceness)
        try:
            with _inside(data) as inside:
                inside.execute(f'CREATE DATABASE "{name}"'.encode())
            url = f"postgresql://{_user()}@/{name}?host={quote(str(_socket(data)), safe='')}"
            yield SinglePostgres(url, data, niceness)
        finally:
            _control(data, "stop", "-m", "immediate", check=False)


@contextmanager
def pair(name: str) -> Iterator[PostgresPair]:
    """Two servers with an empty database of this name. Skips the test where there are no programs for it."""
    if postgres.server() is None or not programs():
        pytest.skip(NO_SERVER)
    with _folder() as folder:
        first, standby = folder / "1", folder / "2"
        _made(first)
        _start(first)
        try:
            with _inside(first) as inside:
                inside.execute(f'CREATE DATABASE "{name}"'.encode())
            _run(
                *(_program("pg_basebackup"), "-R", "-c", "fast", "-D", str(standby)),
                *("-d", f"host={_socket(first)} user={_user()} application_name=standby"),
            )
            _start(standby)
            with _inside(first) as inside:
                inside.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
                inside.execute("SELECT pg_reload_conf()")
            hosts = quote(f"{_socket(first)},{_socket(standby)}", safe="")
            url = f"postgresql://{_user()}@/{name}?host={hosts}&target_session_attrs=read-write"
            yield PostgresPair(url, first, standby)
        finally:
            for one in (standby, first):
                _control(one, "stop", "-m", "immediate", check=False)


def _made(data: Path) -> None:
    words = ("-A", "trust", "-U", _user(), "-E", "UTF8", "--locale=C.UTF-8")
    _run(_program("initdb"), "-D", str(data), *words)


def _inside(data: Path) -> psycopg.Connection:
    return psycopg.connect(f"postgresql://{_user()}@/postgres?host={_socket(data)}", autocommit=True)


def _program(name: str) -> str:
    return str(programs()[-1] / name)


def _socket(data: Path) -> Path:
    """Beside the data: what lies among it a standby would take for its own."""
    return data.with_name(f"{data.name}s")


def _start(data: Path, niceness: int = 0) -> None:
    _run("mkdir", "-p", str(_socket(data)))
    options = f"-c listen_addresses='' -c unix_socket_directories='{_socket(data)}' -c fsync=off"
    start = (_program("pg_ctl"), "-D", str(data), "start", "-w", "-l", f"{data}.log", "-o", options)
    _run("nice", "-n", str(niceness), *start)


def _control(data: Path, *command: str, check: bool = True) -> None:
    _run(_program("pg_ctl"), "-D", str(data), *command, check=check)


def _run(*command: str, check: bool = True) -> None:
    done = subprocess.run(  # noqa: S603 - our own
        [*as_user(), *command], capture_output=True, text=True, check=False, cwd="/"
    )
    if check and done.returncode:
        raise AssertionError(f"{command[0]}: {done.stdout}{done.stderr}")
