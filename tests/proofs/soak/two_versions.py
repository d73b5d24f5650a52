"""Processes of two versions share a database, and change sides as they work."""

import io
import random
import subprocess
import tarfile
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
    return folder


class VersionedProcess(SoakProcess):
    """Its program is of one of two trees."""

    tree = TOP
    niceness = 0  # a web that gets no processor answers 503, which counts here

    def _environment(self) -> dict[str, str]:
        return super()._environment() | {"PYTHONPATH": str(self.tree)}


class TwoVersions(SoakCluster):
    """At first every other process is of the version before; each that is hit comes back as the other one."""

    program = VersionedProcess
    before: Path  # its tree, which whoever starts a soak sets

    def __init__(self, settings: Mapping[str, str], *, admin: str, log: Path) -> None:
        """Webs, gateways and workers: of each some are of either version."""
        super().__init__(settings, admin=admin, log=log)
        self.swaps = 0
        self._dice = random.Random(11)  # noqa: S311 - dice
        for name in list(self.parts)[::2]:
            self._versioned(name).tree = self.before

    async def start(self) -> None:
        """Whoever is not there; then the proxy asks all webs again."""
        await super().start()
        self.balancer.passed_over.clear()

    async def kill(self) -> None:
        """One goes away and is of the other version from now on, as far as enough of its own are left."""
        name = self._dice.choice(list(self.parts))
        part = self._versioned(name)
        if self._dice.random() < _POLITE:
            if name in self._listens:  # a web that stops answers 503: an operator's proxy asks it no more
                self.balancer.passed_over.add(self._listens[name])
            assert await part.stop() == 0, part.last_words()
        else:
            await part.kill()
        if self.of_version(part.tree) > _LEAST:
            part.tree = TOP if part.tree == self.before else self.before
            self.swaps += 1

    def of_version(self, tree: Path) -> int:
        """How many run that one."""
        return sum(self._versioned(name).tree == tree for name in self.parts)

    def _versioned(self, name: str) -> VersionedProcess:
        part: BridgeInstallation = self.parts[name]
        assert isinstance(part, VersionedProcess)
        return part
