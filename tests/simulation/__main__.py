"""The simulation as a program: seeds in, findings and figures out.

python -m tests.simulation --seed 7 --events 300 --json
python -m tests.simulation --seeds 200 --events 60 --pairs 10 --jobs 2 --json
"""

import os
import sys

from tests.simulation import timeless

_FIXED = "PYTHONHASHSEED"  # sets of texts must have one order in all processes

if __name__ == "__main__":
    if os.environ.get(_FIXED) != "0":
        os.execve(  # noqa: S606 - this very program
            sys.executable,
            [sys.executable, "-m", "tests.simulation", *sys.argv[1:]],
            {**os.environ, _FIXED: "0"},
        )
    timeless.install()
    from tests.simulation.command import main  # only now: see `timeless`

    sys.exit(main())
