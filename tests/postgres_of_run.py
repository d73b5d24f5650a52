"""A PostgreSQL server of one run of tests, in memory; it ends with the run.

On a disk a server waits for its syncs, and files of tables are made and removed all the time. The machine's
own server is left alone, and need not be running.
"""

import getpass
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

VARIABLE = "BRIDGE_POSTGRES_URL"  # of the server that tests use
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder with a name of its own is made there
_ROOM = 4 << 30  # bytes; as much as `./run test` wants to be free for its files
_NAMED = "bridge-postgres-"
_LIMIT = 60.0  # seconds; reached only when something fails
_OPTIONS = (
    "autovacuum=off",  # or plans differ from run to run, as its counts do
    "max_wal_size=128MB",
    "listen_addresses=",
    "dynamic_shared_memory_type=mmap",  # in its folder, so that it goes with it
)


class ServerNotStarted(Exception):
    """It could not be started; the words say why."""


def programs() -> Sequence[Path]:
    """The folders of a server's programs, the newest last; none where they are not installed."""
    return sorted(one.parent for one in Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def as_user() -> list[str]:
    """Neither a server nor a pooler runs as root."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@contextmanager
def server_of_run() -> Iterator[None]:
    """Whatever is started in here finds a server of this run's own.

    Nothing changes where a server is named already, or where its programs are not installed. Where it does
    not start, the reason is said and the machine's own server is asked, if there is one.
    """
    if os.environ.get(VARIABLE) or not programs() or shutil.which("setpriv") is None:
        yield
        return
    _tidy()
    with TemporaryDirectory(
        prefix=f"{_NAMED}{os.getpid()}-", dir=_place(), ignore_cleanup_errors=True
    ) as folder:
        try:
            running = _started(Path(folder))
        except ServerNotStarted as error:
            sys.stderr.write(f"The tests' own PostgreSQL server does not start: {error}\n")
            yield
            return
        os.environ[VARIABLE] = f"postgresql:///postgres?host={quote(folder)}"
        try:
            yield
        finally:
            del os.environ[VARIABLE]
            running.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed any more
            running.wait(_LIMIT)


def _place() -> Path | None:
    """Memory where it has room; else where temporary files are."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _started(folder: Path) -> "subprocess.Popen[bytes]":
    """A server with its socket in this folder and this user as its superuser. Raises ServerNotStarted."""
    data, newest = folder / "data", programs()[-1]
    others: tuple[str, ...] = ()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        others = ("--reuid=postgres", "--regid=postgres", "--init-groups")
    words = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    _run(*as_user(), str(newest / "initdb"), "-D", str(data), *words)
    options = (f"-c{one}" for one in (*_OPTIONS, f"unix_socket_directories={folder}"))
    # Fast shutdown when this process dies, however it dies.
    command = ("setpriv", "--pdeathsig=INT", *others, str(newest / "postgres"), "-D", str(data), *options)
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, stderr=log, stdout=log, cwd="/")  # noqa: S603 - our own
    ready = [str(newest / "pg_isready"), "-q", "-h", str(folder)]
    ends = time.monotonic() + _LIMIT
    while subprocess.run(ready, check=False).returncode:  # noqa: S603 - our own
        if running.poll() is not None or time.monotonic() > ends:
            running.kill()
            raise ServerNotStarted((folder / "log").read_text(errors="replace")[-500:])
    if others:  # whose server it is has a name in it; who runs the tests needs one, too
        mine = (str(newest / "createuser"), "-h", str(folder), "--superuser", getpass.getuser())
        _run(*as_user(), *mine)
    return running


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")  # noqa: S603 - our own
    if done.returncode:
        raise ServerNotStarted(f"{done.stdout}{done.stderr}"[-500:])


def _tidy() -> None:
    """Remove what a run that was killed has left; its server died with it."""
    for folder in _MEMORY.glob(f"{_NAMED}*"):
        number = folder.name.removeprefix(_NAMED).partition("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(folder, ignore_errors=True)
