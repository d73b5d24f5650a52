"""Processes of two versions share a database, and change sides as they work."""

import compileall
import io
import random
import subprocess
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path

from bot.sandbox.program import BridgeInstallation
from tests.architecture.source_tree import TOP
from tests.proofs.soak.soak_cluster import SoakCluster, SoakProcess

_POLITE = 0.5  # of all that are swapped: as an operator does it; the others are killed
_LEAST = 2  # of each version, at any time


def unpacked(revision: str, folder: Path) -> Path:
    """The tree of a commit. Raises CalledProcessError where git does not know it."""
    packed = subprocess.run(["git", "archive", revision], cwd=TOP, capture_output=True, check=True).stdout  # noqa: S603, S607 - git of PATH
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    for part in ("bot", "cogs", "storage"):  # or seven processes compile it at once, each for itself
        compileall.compile_dir(folder / part, quiet=2)
    return folder


class VersionedProcess(SoakProcess):
    """Its program is of one of two trees."""

    tree = TOP
    niceness = 0  # a web that gets no processor answers 503, which counts here
    ready_within = 300.0  # how long a supervisor waits is no promise of either version's

    def _environment(self) -> dict[str, str]:
        return super()._environment() | {"PYTHONPATH": str(self.tree)}


def migrations(tree: Path) -> frozenset[str]:
    """The names of the migrations of a tree."""
    return frozenset(file.name for file in (tree / "storage" / "migrations").glob("*.sql"))


class TwoVersions(SoakCluster):
    """Of both versions there are some, from the first hit to the last.

    With the same migrations every other process is of the version before, and each that is hit comes back as
    the other one. Where the new version brings a migration there is one way: all begin as the version before,
    each of them that is hit comes back as the new one, and the last hits are for the last of the old.
    """

    program = VersionedProcess
    before: Path  # its tree, which whoever starts a soak sets
    hits = 0  # how many there will be, likewise

    def __init__(self, settings: Mapping[str, str], *, admin: str, log: Path) -> None:
        """Webs, gateways and workers: of each some are of either version."""
        super().__init__(settings, admin=admin, log=log)
        self.swaps = 0
        self.together = 0.0  # seconds, up to the last hit
        self._hit = 0
        self._mixed_since = time.monotonic()
        self._dice = random.Random(11)  # noqa: S311 - dice
        self.one_way = migrations(self.before) != migrations(TOP)
        for name in list(self.parts)[:: 1 if self.one_way else 2]:
            self._versioned(name).tree = self.before

    async def start(self) -> None:
        """Whoever is not there; then the proxy asks all webs again."""
        await super().start()
        self.balancer.passed_over.clear()

    async def kill(self) -> None:
        """One goes away and is of the other version from now on, as far as enough of its own are left."""
        name = self._dice.choice(self.victims())
        part = self._versioned(name)
        if self._dice.random() < _POLITE:
            if name in self._listens:  # a web that stops answers 503: an operator's proxy asks it no more
                self.balancer.passed_over.add(self._listens[name])
            assert await part.stop() == 0, part.last_words()
        else:
            await part.kill()
        self.was_hit(name)

    def victims(self) -> list[str]:
        """Whom the next hit may be for."""
        if not self.one_way:
            return list(self.parts)
        old = [name for name in self.parts if self._versioned(name).tree == self.before]
        if old and (len(old) > _LEAST or self.hits - self._hit <= len(old)):
            return old
        return [name for name in self.parts if name not in old]

    def was_hit(self, name: str) -> None:
        """It comes back as whatever it is to be from now on."""
        now, part = time.monotonic(), self._versioned(name)
        if 0 < self.of_version(self.before) < len(self.parts):
            self.together += now - self._mixed_since
        self._mixed_since = now
        self._hit += 1
        if part.tree == self.before if self.one_way else self.of_version(part.tree) > _LEAST:
            part.tree = TOP if part.tree == self.before else self.before
            self.swaps += 1

    @property
    def figures(self) -> dict[str, float]:
        """How often one came back as the other version, and how long both were there."""
        old = self.of_version(self.before)
        return {"swaps": self.swaps, "together_s": round(self.together, 1), "of_the_version_before": old}

    def of_version(self, tree: Path) -> int:
        """How many run that one."""
        return sum(self._versioned(name).tree == tree for name in self.parts)

    def _versioned(self, name: str) -> VersionedProcess:
        part: BridgeInstallation = self.parts[name]
        assert isinstance(part, VersionedProcess)
        return part
