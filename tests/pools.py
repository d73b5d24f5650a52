"""Tests that start programs mostly wait: they have workers beside the others.

    python -m pytest -n 5 --dist loadfile --program-workers 3

Who starts programs (tests/program_starts.py) leaves the cores to others for most of the time. With a worker a
core these would stand in a queue that nobody works on. What takes longest begins first: begun last, it would
keep one worker busy while all others have nothing left. The workers of these read no other test: each of them
would have all of the rest in memory.
"""

from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

from tests.postgres_of_run import server_of_run
from tests.program_starts import TESTS, place_of

REPORT: Final = Path(".cache/tests.xml")  # of the last `./run test`
WHOLE_REPORT: Final = Path(".cache/all-tests.xml")  # of the last `./run test --all`


def pytest_addoption(parser: pytest.Parser) -> None:
    """Called by pytest."""
    parser.addoption(
        "--own-postgres", action="store_true", help="with a PostgreSQL server of this run's own, in memory"
    )
    parser.addoption(
        "--program-workers", type=int, help="how many workers take files that start programs, and no others"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Called by pytest, also in each worker: these find the server of the one that started them."""
    if config.getoption("--own-postgres") and not hasattr(config, "workerinput"):
        started = ExitStack()
        config.add_cleanup(started.close)
        started.enter_context(server_of_run())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Called by pytest; True where a worker has no use for this file, None leaves it to others."""
    workers: int | None = config.getoption("--program-workers")
    worker = getattr(config, "workerinput", {}).get("workerid")
    if workers is None or worker not in _names(workers) or not collection_path.name.startswith("test_"):
        return None
    return None if collection_path.is_dir() or place_of(collection_path) is not None else True


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> "PoolScheduling | None":
    """Called by xdist; None leaves it to `--dist`."""
    workers: int | None = config.getoption("--program-workers")
    return None if workers is None else PoolScheduling(config, log, workers)


class PoolScheduling(LoadFileScheduling):
    """A file that starts programs goes to a worker for such alone, or to one that has nothing else left."""

    def __init__(self, config: pytest.Config, log: Producer, program_workers: int) -> None:
        super().__init__(config, log)
        self._program_workers = _names(program_workers)

    def schedule(self) -> None:
        """Called by xdist, once all have told which tests they know."""
        assert any(not self._for_programs(node) for node in self.nodes), "every worker is one for programs"
        # Where there are fewer files than workers the last ones go: never those that know all tests.
        work = sorted(self.assigned_work.items(), key=lambda one: self._for_programs(one[0]))
        self.assigned_work = dict(work)
        super().schedule()

    def _check_nodes_have_same_collection(self) -> bool:
        """Whether all others have the same, and those for programs nothing besides; the first one counts."""
        known = sorted(self.registered_collections.items(), key=lambda one: self._for_programs(one[0]))
        self.registered_collections = dict(known)
        _, whole = known[0]
        tests = set(whole)
        return all(
            tests.issuperset(some) if self._for_programs(node) else some == whole for node, some in known
        )

    def _reschedule(self, node: WorkerController) -> None:
        if self._for_programs(node) and not node.shutting_down and self._next_of(node) is None:
            node.shutdown()  # it ends with what it has
        else:
            super()._reschedule(node)

    def _assign_work_unit(self, node: WorkerController) -> None:
        file = self._next_of(node)
        if file is None and self._for_programs(node):
            return
        file = file or self._longest()
        if file is not None:
            self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)

    def _next_of(self, node: WorkerController) -> str | None:
        """The first file of its own pool."""
        if self._for_programs(node):
            return self._longest()
        return next((file for file in self.workqueue if _place(file) is None), None)

    def _longest(self) -> str | None:
        """Of those that start programs."""
        places = ((_place(file), file) for file in self.workqueue)
        return min(((place, file) for place, file in places if place is not None), default=(0, None))[1]

    def _for_programs(self, node: WorkerController) -> bool:
        return node.gateway.id in self._program_workers


@cache
def _place(file: str) -> int | None:
    return place_of(TESTS.parent / file)


def _names(program_workers: int) -> set[str]:
    """As xdist names them; one that takes the place of a dead one has a new name, and reads all."""
    return {f"gw{number}" for number in range(program_workers)}
