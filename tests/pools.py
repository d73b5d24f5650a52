"""Which tests mostly wait, and which compute: `./run test` has workers for each.

    python -m pytest --pool waiting      only those that wait
    python -m pytest --pool computing    all others

Who waits is in a list: they start the program as processes, or whole networks, and leave the cores to others
for most of the time. With a worker a core these would stand in a queue that nobody works on.
"""

from pathlib import Path
from typing import Final

import pytest

WAITING: Final = (
    "app/test_maintenance.py",
    "cli/test_migrating.py",
    "discord/test_adoption.py",
    "engine/bursts",
    "engine/cluster/test_processes.py",
    "engine/cluster/test_routes.py",
    "engine/sharding",
    "features/inbox/forum_overflow",
    "features/inbox/thread_archiving",
    "features/operations/telemetry/test_canary.py",
    "features/operations/telemetry/test_traces.py",
    "features/people/privacy/test_dying_erasure.py",
    "features/people/team_page",
    "features/publishing/lists/test_front_door.py",
    "features/publishing/post_threads",
    "journeys",
    "newcomer",
    "proofs/broadcast_bench",
    "proofs/canary/test_stolen_database.py",
    "proofs/cluster_bench",
    "proofs/compare_bench",
    "proofs/crashpoints",
    "proofs/faults",
    "proofs/night",
    "proofs/soak",
    "relay/test_adoption.py",
    "sandbox/page",
    "storage/test_moving.py",
    "storage/test_postgres.py",
)
REPORTS: Final = (Path(".cache/waiting.xml"), Path(".cache/computing.xml"))  # of the last `./run test`
_TOP = Path(__file__).resolve().parent
_WAITING = tuple(_TOP / name for name in WAITING)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Called by pytest."""
    parser.addoption("--pool", choices=("waiting", "computing"), help="only the tests of this pool")


def waits(file: Path) -> bool:
    """Whether this file of tests is one of those that mostly wait."""
    return any(file == one or one in file.parents for one in _WAITING)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Called by pytest for each folder and file; None leaves it to others."""
    pool = config.getoption("--pool")
    if pool is None or not collection_path.match("test_*.py"):
        return None
    return None if waits(collection_path) == (pool == "waiting") else True
