"""The scripted evening, as a user starts it."""

import json
import subprocess
import sys

import pytest

from tests.full_size import size

# The whole evening, too, where Fanvue has given one generation of its API up.
FANVUES: tuple[list[str], ...] = ([], ["--without", "unversioned"], ["--without", "v1"])


@pytest.mark.parametrize("fanvue", FANVUES[: size(1, 3)], ids=" ".join)
def test_the_scripted_evening_loses_doubles_and_misroutes_nothing(fanvue: list[str]) -> None:
    command = [sys.executable, "-m", "bot", "demo", "--script", "--json", *fanvue]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - our own program

    assert done.returncode == 0, done.stderr[-3000:]
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["linked"] == 1
    assert figures["relayed"] >= 75
    assert figures["replied"] == 30
    assert figures["alerts"] >= 8
    assert figures["mass"] == 1
    assert (figures["lost"], figures["duplicated"], figures["misrouted"]) == (0, 0, 0)
    assert figures["relay_p95_s"] > 0  # how long it took is said, and depends on what else the machine does
