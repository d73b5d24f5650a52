"""The state machine as a program: evenings of fifty steps, new ones each time.

python -m tests.proofs.machine --json
"""

import argparse
import json
import sys

from hypothesis.stateful import run_state_machine_as_test

from tests.progress import Progress
from tests.proofs.machine.test_machine import RelayStateMachine, evenings

_STEPS = 50


def main() -> int:
    """Exit 0 only if every evening went well. One that fails is raised, and printed as a program."""
    parser = argparse.ArgumentParser(prog="tests.proofs.machine")
    parser.add_argument("--evenings", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    options = parser.parse_args()
    say, played = Progress(), 0

    class Counted(RelayStateMachine):
        """Says how far it is."""

        def teardown(self) -> None:
            """After the last look of an evening."""
            nonlocal played
            super().teardown()
            played += 1
            say.now_and_then(f"{played} evenings")

    run_state_machine_as_test(Counted, settings=evenings(options.evenings, steps=_STEPS, same=False))
    figures = {"evenings": played, "steps": _STEPS, "failed": 0, "seconds": say.seconds}
    print(json.dumps(figures) if options.json else figures)
    return int(played < options.evenings)


if __name__ == "__main__":
    sys.exit(main())
