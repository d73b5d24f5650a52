"""House rule 14: importing a module opens no socket or file and reads no variable."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.architecture.hidden_tools import tools
from tests.architecture.source_tree import PACKAGES, TOP, dotted, modules

# They need what an extra brings; whoever asks for them does so only when it has to.
DRIVEN = {
    "bot.app.shard_sessions",
    "bot.features.operations.agent_tools.bridge_client",
    "bot.features.operations.agent_tools.library_exchange",
    "bot.features.operations.agent_tools.server",
    "bot.features.operations.telemetry.otlp",
    *(
        f"storage.engine.{name}"
        for name in (
            "cluster_members",
            "connections",
            "database_owner",
            "postgres",
            "postgres_server",
            "postgres_session",
            "postgres_site",
            "shard_locks",
            "task_leases",
        )
    ),
    *(
        f"bot.engine.cluster.{name}"
        for name in ("admission", "drains", "driver", "membership", "pool", "processes", "task_leases")
    ),
}


# What a run needs only at times, or never: each is imported where it is used.
AT_NEED = (
    "PIL",
    "babel",
    "mcp",
    "opentelemetry",
    "psycopg",
    "bot.cli",
    "bot.sandbox",
    "bot.features.operations.doctor",
    "bot.features.operations.installation",
)


def probe(top: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """Import these modules, found below `top`, in a process of their own."""
    return subprocess.run(
        [sys.executable, "-m", "tests.architecture.import_probe", str(top), *names],
        cwd=TOP,
        env={"PYTHONPATH": f"{TOP}:{top}", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_importing_every_module_does_nothing() -> None:
    names = [dotted(path) for path in modules(*PACKAGES)]

    done = probe(TOP, *names)

    assert done.stdout == f"imported {len(names)}\n", done.stderr
    assert done.returncode == 0


def test_a_bridge_that_is_alone_loads_nothing_of_the_cluster() -> None:
    code = (
        "import sys; from bot.app.preload import load; load(); "
        "print([name for name in sys.modules if name.startswith('bot.engine.cluster')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stdout == "[]\n", done.stdout + done.stderr


def test_a_start_does_not_wait_for_what_it_may_never_need() -> None:
    assert all(find_spec(name) for name in AT_NEED), "each could have been imported"
    code = (
        "import sys; from bot.app.preload import load; load(); "
        f"print([name for name in {AT_NEED} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stdout == "[]\n", done.stdout + done.stderr


def test_the_program_needs_nothing_that_only_developers_have() -> None:
    assert {"pytest", "hypothesis", "jsonschema_rs"} <= tools()
    assert not {"pydantic", "discord", "aiohttp"} & tools()
    names = set(map(dotted, modules(*PACKAGES)))

    done = subprocess.run(
        [sys.executable, "-m", "tests.architecture.hidden_tools", *sorted(names - DRIVEN)],
        cwd=TOP,
        env={"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_without_the_driver_a_postgres_url_says_how_to_get_it() -> None:
    code = (
        "import asyncio, sys; from tests.architecture.hidden_tools import Hidden; "
        "sys.meta_path.insert(0, Hidden(frozenset({'psycopg'}))); "
        "from storage.engine.connect import open_database; "
        "from storage.errors import DriverMissing\n"
        "try: asyncio.run(open_database('postgresql://user:hunter2@host/name', now=0))\n"
        "except DriverMissing as error: print(error)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )

    assert "./run extra postgres" in done.stdout, done.stderr
    assert "hunter2" not in done.stdout


@pytest.mark.parametrize(
    "deed",
    [
        "import os; x = os.environ.get('HOME')",
        "import os; x = os.getenv('HOME')",
        "import os; x = dict(os.environ)",
        "from pathlib import Path; x = Path(__file__).read_text()",
        "import socket; x = socket.socket(); x.close()",
        "import sqlite3; x = sqlite3.connect(':memory:'); x.close()",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_the_probe_sees_what_a_module_does(deed: str, tmp_path: Path) -> None:
    (tmp_path / "naughty.py").write_text(deed, encoding="utf-8")

    done = probe(tmp_path, "naughty")

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{tmp_path}/naughty.py:1: " in done.stdout
