"""Without the packages for several processes it is said how to get them."""

import subprocess
import sys

from tests.architecture.source_tree import TOP

_CODE = """
import asyncio, sys
from tests.architecture.hidden_tools import Hidden
sys.meta_path.insert(0, Hidden(frozenset({"procrastinate", "psycopg_pool"})))
from bot.engine.clock import SystemClock
from bot.engine.retry import RetryWaits
from bot.engine.process_roles import roles_of
from bot.app.work_sharing import name_of, together
from bot.settings.loader import load
from bot.engine.metrics import BridgeMetrics
from tests.settings.test_settings import WHOLE

roles = roles_of(["worker"])
each = {"clock": SystemClock(), "waits": RetryWaits(), "metrics": BridgeMetrics()}
try:
    asyncio.run(together(load(WHOLE), roles, name_of(roles), None, **each))
except Exception as error:
    print(type(error).__name__, error)
"""


def test_the_sentence_says_how_to_get_them() -> None:
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", _CODE], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stdout.startswith("DriverMissing --role needs packages that are not installed."), done.stderr
    assert "./run extra postgres" in done.stdout
