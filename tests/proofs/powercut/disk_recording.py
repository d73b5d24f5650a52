"""Runs a program on recorded files, and reads what it did to them."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHIM = Path(__file__).with_name("shim.c")
_TOP = Path(__file__).parents[3]
_HEAD = struct.Struct("<cIQI")
_SECONDS = 300


@dataclass(frozen=True)
class DiskOperation:
    """What was done: (C)reate, (W)rite, (T)runcate, (S)ync, (U)nlink, (R)ename, (D)irectory sync."""

    kind: str
    file: int
    offset: int
    data: bytes


def compiler() -> str | None:
    """The C compiler of this machine, if it has one and can preload."""
    return shutil.which("gcc") if sys.platform == "linux" and sys.maxsize > 2**32 else None


def record(into: Path, module: str, *arguments: str) -> list[DiskOperation]:
    """Run `python -m module FOLDER *arguments` with its folder recorded; what it did there, in order."""
    gcc = compiler()
    assert gcc is not None
    into = into.resolve()
    folder, shim, log = into / "files", into / "shim.so", into / "log"
    folder.mkdir(parents=True)
    build = [gcc, "-shared", "-fPIC", "-O1", "-o", str(shim), str(SHIM), "-ldl", "-lpthread"]
    subprocess.run(build, check=True, timeout=_SECONDS)
    recorded = {"LD_PRELOAD": str(shim), "POWERCUT_FOLDER": str(folder), "POWERCUT_LOG": str(log)}
    subprocess.run(
        [sys.executable, "-W", "error", "-m", module, str(folder), *arguments],
        cwd=_TOP,
        env=_environment() | recorded,
        check=True,
        timeout=_SECONDS,
    )
    return list(_ops(log.read_bytes()))


def _environment() -> dict[str, str]:
    # Not COVERAGE_PROCESS_CONFIG: what coverage writes is no part of the record, and slows it down.
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def _ops(log: bytes) -> Iterator[DiskOperation]:
    at = 0
    while at < len(log):
        kind, file, offset, length = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        yield DiskOperation(kind.decode(), file, offset, log[at : at + length])
        at += length
