"""A process that has loaded what others wrote, and forks for each proof.

Loading all libraries anew is a good part of a short proof. Of the program and its tests nothing is loaded
here: each proof has them from its own tree. It takes orders as lines of JSON, and says of each how it ended.
"""

import gc
import importlib
import json
import os
import runpy
import sys
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

NO_START = 98  # as `proofs` knows it; nothing of the program is loaded here
_OURS = {"bot", "cogs", "storage", "tests", "benchmarks"}
_PLUGINS = ("anyio", "hypothesis", "pytest_asyncio", "pytest_cov", "xdist")
_LIBRARIES = (
    "aiohttp.web",
    "aiosqlite",
    "cryptography.fernet",
    "cryptography.hazmat.primitives.ciphers.aead",
    "discord.ext.commands",
    "email.message",
    "httpx",
    "httpx_aiohttp",
    "jsonschema_rs",
    "multiprocessing.forkserver",
    "PIL.Image",
    "PIL.ImageDraw",
    "prometheus_client",
    "psycopg",
    "psycopg_pool",
    "pydantic_settings",
    "pytest",
    "sqlite3",
    "xml.etree.ElementTree",
)


def main() -> None:
    """Fork for each order, until there are no more."""
    for name in _LIBRARIES:
        with suppress(ImportError):  # faster with it, and the same without
            importlib.import_module(name)
    assert not [name for name in _PLUGINS if name in sys.modules], "pytest wants to load these by itself"
    gc.freeze()
    lock = threading.Lock()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            live(order)
        with lock:
            _say({"order": order["order"], "pid": child})
        threading.Thread(target=_wait, args=(order["order"], child, lock), daemon=True).start()


def live(order: dict[str, Any]) -> None:
    """All of a proof's life: as `python -m module arguments` in its tree. Ends with SystemExit."""
    os.setsid()
    os.chdir(order["tree"])
    os.environ.clear()
    os.environ.update(order["environment"])
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    for number, file in ((1, order["out"]), (2, order["err"])):
        with Path(file).open("wb") as opened:
            os.dup2(opened.fileno(), number)
    _forget(_OURS)
    elsewhere = {"", str(Path(__file__).resolve().parents[3])}
    sys.path[:] = [order["tree"], *(path for path in sys.path if path not in elsewhere)]
    importlib.invalidate_caches()
    if order["starts"] and not _starts():
        sys.exit(NO_START)
    module, *arguments = order["command"]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    sys.exit(0)


def _starts() -> bool:
    """Load all of the tree, and start its bridge in a process of its own; what follows finds all loaded."""
    starting = importlib.import_module("tests.proofs.sensitivity.program_start")
    starting.load()
    child = os.fork()
    if child == 0:
        starting.start()
        sys.exit(0)
    _, status = os.waitpid(child, 0)
    _forget({"tests"})  # pytest wants to load tests by itself
    return status == 0


def _forget(packages: Collection[str]) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[name]


def _wait(order: int, child: int, lock: threading.Lock) -> None:
    _, status = os.waitpid(child, 0)
    with lock:
        _say({"order": order, "code": os.waitstatus_to_exitcode(status)})


def _say(words: dict[str, int], to: TextIO = sys.stdout) -> None:
    to.write(json.dumps(words) + "\n")
    to.flush()


if __name__ == "__main__":
    main()
