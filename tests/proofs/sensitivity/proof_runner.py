"""Runs the proofs on the clean tree and on each seeded one."""

import asyncio
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.progress import Say
from tests.proofs.sensitivity.program_forks import ProgramForks
from tests.proofs.sensitivity.proofs import (
    REPORT,
    Proof,
    ProofAnswer,
    ProofMeaning,
    SelectedTests,
    all_tests,
    meaning,
)
from tests.proofs.sensitivity.result_memory import BugResult, ResultMemory
from tests.proofs.sensitivity.seeded_source import Bug, DoesNotApply, seeded

_NOTHING = (
    sys.executable,
    "-m",
    "tests.proofs.sensitivity.program_start",
)  # which is loaded, and does nothing by itself


class NotGreen(Exception):
    """Raised when the source itself does not start: nothing can be proven with it."""


@dataclass
class ProofRunner:
    """Proves bugs on copies of one clean tree, so many at once."""

    clean: Path
    forks: ProgramForks
    memory: ResultMemory
    say: Say
    jobs: int = 2
    _room: asyncio.Semaphore = field(init=False)
    _found: dict[str, BugResult] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Inside a running loop."""
        self._room = asyncio.Semaphore(self.jobs)

    async def prove(self, bugs: Sequence[Bug]) -> list[BugResult]:
        """Every bug's fate, in the order given."""
        open_ones = [bug for bug in bugs if bug.name not in self.memory.results]
        proofs = list(dict.fromkeys(proof for bug in open_ones for proof in bug.proofs))
        if open_ones:
            await self._green(proofs)
        async with asyncio.TaskGroup() as tasks:
            # The longest first, so that none is left alone at the end.
            for bug in sorted(open_ones, key=_cost, reverse=True):
                tasks.create_task(self._one(bug, tasks_left=open_ones))
        return [self._found[bug.name] if bug in open_ones else self.memory.results[bug.name] for bug in bugs]

    # ── the source itself ──

    async def _green(self, proofs: Iterable[Proof]) -> None:
        """Which proofs are green without any bug: only those can catch one."""
        # One run for proofs of one command: it is green only if all its figures are.
        wanted = {key(proof): proof for proof in proofs if key(proof) not in self.memory.green}.values()
        begun = await self.forks.ended(self.clean, _NOTHING, starts=True)
        if begun.code != 0:
            raise NotGreen(begun.err[-500:])
        tests = [proof for proof in wanted if isinstance(proof, SelectedTests)]
        async with asyncio.TaskGroup() as tasks:
            for proof in wanted:
                if proof not in tests:
                    tasks.create_task(self._green_one(proof))
            if tests:
                tasks.create_task(self._green_tests(tests))

    async def _green_tests(self, tests: Sequence[SelectedTests]) -> None:
        together = all_tests(tests)
        async with self._room:
            said = await self._run(self.clean, together)
        if said.meaning is ProofMeaning.GREEN:
            self.memory.green += [key(proof) for proof in tests]
            self.memory.write()
            self.say(f"green without a bug: {said.words}")
            return
        self.say(f"not all green without a bug ({said.words}); each by itself")
        for proof in tests:
            await self._green_one(proof)

    async def _green_one(self, proof: Proof) -> None:
        async with self._room:
            said = await self._run(self.clean, proof)
        if said.meaning is ProofMeaning.GREEN:
            self.memory.green.append(key(proof))
            self.memory.write()
        self.say(f"{said.meaning.value} without a bug: {proof.name} ({said.words})")

    # ── with a bug in it ──

    async def _one(self, bug: Bug, *, tasks_left: Sequence[Bug]) -> None:
        async with self._room:
            begun = time.monotonic()
            tree = self.clean.with_name(bug.name)
            try:
                caught, words = await self._caught(bug, tree)
            finally:
                shutil.rmtree(tree, ignore_errors=True)
            result = BugResult(bug.name, caught, words, round(time.monotonic() - begun, 1))
        self._found[bug.name] = result
        self.memory.keep(result)
        done = f"{len(self._found)}/{len(tasks_left)}"
        self.say(f"{done} {'caught' if caught else 'NOT CAUGHT'} {bug.name}, {result.seconds} s: {words}")

    async def _caught(self, bug: Bug, tree: Path) -> tuple[bool, str]:
        try:
            await asyncio.to_thread(seeded, self.clean, tree, bug)
        except DoesNotApply as rotten:
            return False, f"the patch does not apply: {rotten}"
        words: list[str] = []
        for proof in bug.proofs:
            if key(proof) not in self.memory.green:
                return False, f"{proof.name} is not green without the bug"
            said = await self._said(tree, proof)
            if said.meaning is not ProofMeaning.CAUGHT:
                return False, f"{proof.name} is {said.meaning.value}: {said.words}"
            words.append(f"{proof.name} ({said.words})")
        return True, "; ".join(words)

    async def _said(self, tree: Path, proof: Proof) -> ProofAnswer:
        """Of tests the first that fails is enough: each waits in vain. If it failed in another way, all."""
        if not isinstance(proof, SelectedTests):
            return await self._run(tree, proof, starts=True)
        # Not started: a tree that cannot be fails no assertion of a test.
        first = await self._run(tree, replace(proof, stops=True))
        return first if first.meaning is ProofMeaning.CAUGHT else await self._run(tree, proof)

    async def _run(self, tree: Path, proof: Proof, *, starts: bool = False) -> ProofAnswer:
        (tree / REPORT).unlink(missing_ok=True)
        return meaning(proof, await self.forks.ended(tree, proof.command(), starts=starts))


def key(proof: Proof) -> str:
    """What a proof is remembered by."""
    return " ".join(proof.command()[1:])


def _cost(bug: Bug) -> float:
    return sum(proof.cost for proof in bug.proofs)
