"""Which tests mostly wait, and which compute: each has workers, side by side.

    python -m pytest -n 5 --dist loadfile --waiting-workers 3

Front doors wait, and who is in a list: they start the program as processes, or whole networks, and leave the
cores to others for most of the time. With a worker a core these would stand in a queue that nobody works on.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

from tests.postgres_of_run import server_of_run

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
FRONT_DOOR: Final = "test_front_door"  # how a file's name begins that talks to the program as a process
REPORT: Final = Path(".cache/tests.xml")  # of the last `./run test`
_TESTS = Path(__file__).resolve().parent
_WAITING = tuple(_TESTS / name for name in WAITING)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Called by pytest."""
    parser.addoption(
        "--own-postgres", action="store_true", help="with a PostgreSQL server of this run's own, in memory"
    )
    parser.addoption(
        "--waiting-workers", type=int, help="how many workers take files that wait before all others"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Called by pytest, also in each worker: these find the server of the one that started them."""
    if config.getoption("--own-postgres") and not hasattr(config, "workerinput"):
        started = ExitStack()
        config.add_cleanup(started.close)
        started.enter_context(server_of_run())


def waits(file: Path) -> bool:
    """Whether this file of tests is one of those that mostly wait."""
    return file.name.startswith(FRONT_DOOR) or any(file == one or one in file.parents for one in _WAITING)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> "PoolScheduling | None":
    """Called by xdist; None leaves it to `--dist`."""
    workers: int | None = config.getoption("--waiting-workers")
    return None if workers is None else PoolScheduling(config, log, workers)


class PoolScheduling(LoadFileScheduling):
    """A file goes to a worker of its pool as long as that has one; then each helps the other."""

    def __init__(self, config: pytest.Config, log: Producer, waiting_workers: int) -> None:
        super().__init__(config, log)
        self._waiting_workers = {f"gw{number}" for number in range(waiting_workers)}

    def _assign_work_unit(self, node: WorkerController) -> None:
        mine = node.gateway.id in self._waiting_workers
        for file in self.workqueue:
            if waits(_TESTS.parent / file) == mine:
                self.workqueue.move_to_end(file, last=False)
                break
        super()._assign_work_unit(node)
