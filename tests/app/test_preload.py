"""A run's code is loaded without the collector's help, and stays out of its sight."""

import json
import subprocess
import sys

from bot.discord.cog_loading import cog_names
from tests.architecture.source_tree import TOP

_ASKED = """
import gc, json, sys
from bot.app.preload import load

before = gc.get_stats()[2]["collections"]
load()
collected = gc.get_stats()[2]["collections"] - before
told = {"collected": collected, "on": gc.isenabled(), "kept": gc.get_freeze_count()}
gc.collect()
functions = (one for one in gc.get_objects() if type(one).__name__ == "function")
seen = sum((one.__module__ or "").startswith("bot.") for one in functions)
print(json.dumps(told | {"seen": seen, "loaded": [name for name in sys.argv[1:] if name in sys.modules]}))
"""


def test_code_is_loaded_without_a_collection_and_never_looked_through() -> None:
    wanted = ["bot.app.lifetime", *cog_names()]

    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _ASKED, *wanted],
        cwd=TOP,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["loaded"] == wanted
    assert told["on"], "what a run makes is collected as ever"
    assert (told["collected"], told["seen"]) == (0, 0)
    assert told["kept"] > 100_000
