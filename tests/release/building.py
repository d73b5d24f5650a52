"""Builds wheel and sdist as two different machines would."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import TOP

_BACKEND: Final = "import sys, uv_build; uv_build.build_{kind}(sys.argv[1])"


@dataclass(frozen=True)
class BuildMachine:
    """What differs between two machines, and must not be seen in what they build."""

    name: str
    umask: int
    zone: str
    locale: str
    checked_out: datetime  # the time of each file
    hashing: str  # PYTHONHASHSEED

    def environment(self) -> dict[str, str]:
        """Of a build: the backend is looked for on PATH, beside this interpreter."""
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {
            "PATH": path,
            "HOME": os.environ.get("HOME", "/"),
            "TZ": self.zone,
            "LC_ALL": self.locale,
            "PYTHONHASHSEED": self.hashing,
        }


ONE: Final = BuildMachine("one", 0o022, "UTC", "C.UTF-8", datetime(2026, 11, 30, 9, tzinfo=UTC), "0")
OTHER: Final = BuildMachine(
    "the other/with a longer name",
    0o077,
    "Pacific/Apia",
    "de_DE.UTF-8",
    datetime(2031, 5, 6, tzinfo=UTC),
    "4711",
)


@dataclass(frozen=True)
class BuiltRelease:
    """The two files that a build leaves."""

    wheel: Path
    sdist: Path


def copy_tree(target: Path, machine: BuildMachine) -> None:
    """What git knows of this checkout, as that machine would have checked it out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, check=True, text=True)  # noqa: S607 - git of PATH
    for name in filter(None, listed.stdout.split("\0")):
        source, copy = TOP / name, target / name
        if source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            copy.chmod((0o777 if os.access(source, os.X_OK) else 0o666) & ~machine.umask)
            os.utime(copy, (machine.checked_out.timestamp(),) * 2)


def build(folder: Path, machine: BuildMachine) -> BuiltRelease:
    """Both files, from a copy of the checkout below `folder`."""
    tree = folder / machine.name / "tree"
    copy_tree(tree, machine)
    return BuiltRelease(built(tree, "wheel", machine), built(tree, "sdist", machine))


def built(tree: Path, kind: str, machine: BuildMachine) -> Path:
    """A `wheel` or `sdist` of this tree, made offline by the pinned backend."""
    out = tree.parent / kind
    out.mkdir(parents=True)
    command = [sys.executable, "-c", _BACKEND.format(kind=kind), str(out)]
    run_quietly(command, cwd=tree, env=machine.environment(), umask=machine.umask)
    [made] = out.iterdir()
    return made


def unpacked(sdist: Path, folder: Path) -> Path:
    """The tree that an sdist has."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    [tree] = folder.iterdir()
    return tree


def times_in(release: BuiltRelease) -> set[str]:
    """Every time that is written into the two archives: no clock of a build may be among them."""
    with zipfile.ZipFile(release.wheel) as wheel, tarfile.open(release.sdist) as sdist:
        found = {f"{datetime(*one.date_time, tzinfo=UTC):%Y-%m-%d}" for one in wheel.infolist()}
        found |= {f"{datetime.fromtimestamp(one.mtime, UTC):%Y-%m-%d}" for one in sdist.getmembers()}
    header = release.sdist.read_bytes()[4:8]  # of gzip: the time of packing
    return found | {f"{datetime.fromtimestamp(int.from_bytes(header, 'little'), UTC):%Y-%m-%d}"}


def run_quietly(command: Sequence[str], *, cwd: Path, env: Mapping[str, str], umask: int = -1) -> str:
    """What it printed on stdout. Raises RuntimeError with its last words where it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, umask=umask, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}: {(done.stdout + done.stderr)[-4000:]}")
    return done.stdout
