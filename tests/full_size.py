"""Sizes of tests: small in `./run test`, larger in `./run check full`.

What is larger there only finds more by taking longer.
"""

import os

VARIABLE = "BRIDGE_TEST_FULL"


def size(small: int, full: int) -> int:
    """How many of something a test has; `full` where this run was asked for it."""
    return full if os.environ.get(VARIABLE) else small
