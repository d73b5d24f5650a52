"""The real bridge, with a count of its statements: each text, how often, how much of the processor.

    python -m benchmarks.growth.statement_counter run …     (what follows is `fanvue-bridge`'s own)

`SIGUSR2` has it write what it counted so far to the file that `GROWTH_COUNTS` names, as JSON.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.cli.main import main
from storage.engine.postgres_session import PostgresSession
from storage.engine.sqlite import SqliteSession

COMMIT = "COMMIT"  # of what was written; a reader's transaction ends otherwise
PLACE = "GROWTH_COUNTS"
_NS = 1_000_000

Run = Callable[[Any, str, Mapping[str, Any]], Any]
Commit = Callable[[Any], None]


class StatementCounter:
    """For each statement: how often, milliseconds of this process's processor, milliseconds of the clock."""

    def __init__(self) -> None:
        self.counted: dict[str, list[float]] = {}

    def around(self, run: Run) -> Run:
        """The same, counted."""

        def counting(session: Any, sql: str, params: Mapping[str, Any]) -> Any:
            began, used = time.perf_counter_ns(), time.thread_time_ns()
            try:
                return run(session, sql, params)
            finally:
                one = self.counted.setdefault(sql, [0, 0.0, 0.0])
                one[0] += 1
                one[1] += (time.thread_time_ns() - used) / _NS
                one[2] += (time.perf_counter_ns() - began) / _NS

        return counting

    def at_commits(self, commit: Commit) -> Commit:
        """The same, counted beside the statements."""

        def counting(session: Any) -> None:
            commit(session)
            self.counted.setdefault(COMMIT, [0, 0.0, 0.0])[0] += 1

        return counting

    def tell(self, place: Path) -> None:
        """Write it down, whole or not at all."""
        beside = place.with_suffix(".part")
        beside.write_text(json.dumps({" ".join(sql.split()): one for sql, one in self.counted.items()}))
        beside.replace(place)


def counted(counter: StatementCounter) -> None:
    """From now on every statement of this process is counted."""
    for kind in (SqliteSession, PostgresSession):
        kind.run = counter.around(kind.run)  # type: ignore[method-assign, assignment]
        kind.commit = counter.at_commits(kind.commit)  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    counter = StatementCounter()
    counted(counter)
    signal.signal(signal.SIGUSR2, lambda *_: counter.tell(Path(os.environ[PLACE])))
    sys.exit(main())
