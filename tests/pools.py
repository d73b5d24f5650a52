"""Which tests mostly wait, and which compute: each has workers, side by side.

    python -m pytest -n 5 --dist loadfile --waiting-workers 3

Front doors wait, and who is in a list: they start the program as processes, or whole networks, and leave the
cores to others for most of the time. With a worker a core these would stand in a queue that nobody works on.
The workers of these read no other test: each of them would have all of the rest in memory.
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


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Called by pytest; True where a worker has no use for this file, None leaves it to others."""
    workers: int | None = config.getoption("--waiting-workers")
    worker = getattr(config, "workerinput", {}).get("workerid")
    if workers is None or worker not in _names(workers) or not collection_path.name.startswith("test_"):
        return None
    return None if collection_path.is_dir() or waits(collection_path) else True


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> "PoolScheduling | None":
    """Called by xdist; None leaves it to `--dist`."""
    workers: int | None = config.getoption("--waiting-workers")
    return None if workers is None else PoolScheduling(config, log, workers)


class PoolScheduling(LoadFileScheduling):
    """A file that waits goes to a worker that has such alone, or to one that has nothing else left."""

    def __init__(self, config: pytest.Config, log: Producer, waiting_workers: int) -> None:
        super().__init__(config, log)
        self._waiting_workers = _names(waiting_workers)

    def schedule(self) -> None:
        """Called by xdist, once all have told which tests they know."""
        assert any(not self._waits(node) for node in self.nodes), "every worker is one that waits"
        # Where there are fewer files than workers the last ones go: never those that know all tests.
        self.assigned_work = dict(sorted(self.assigned_work.items(), key=lambda one: self._waits(one[0])))
        super().schedule()

    def _check_nodes_have_same_collection(self) -> bool:
        """Whether all that compute have the same, and the others nothing besides; the first one counts."""
        known = sorted(self.registered_collections.items(), key=lambda one: self._waits(one[0]))
        self.registered_collections = dict(known)
        _, whole = known[0]
        tests = set(whole)
        return all(tests.issuperset(some) if self._waits(node) else some == whole for node, some in known)

    def _reschedule(self, node: WorkerController) -> None:
        if self._waits(node) and not node.shutting_down and self._next_of(node) is None:
            node.shutdown()  # it ends with what it has
        else:
            super()._reschedule(node)

    def _assign_work_unit(self, node: WorkerController) -> None:
        file = self._next_of(node)
        if file is not None:
            self.workqueue.move_to_end(file, last=False)
        elif self._waits(node):
            return
        super()._assign_work_unit(node)

    def _next_of(self, node: WorkerController) -> str | None:
        """The first file of its own pool."""
        mine = self._waits(node)
        return next((file for file in self.workqueue if waits(_TESTS.parent / file) == mine), None)

    def _waits(self, node: WorkerController) -> bool:
        return node.gateway.id in self._waiting_workers


def _names(waiting_workers: int) -> set[str]:
    """As xdist names them; one that takes the place of a dead one has a new name, and reads all."""
    return {f"gw{number}" for number in range(waiting_workers)}
