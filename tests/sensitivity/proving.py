"""Runs the proofs on the clean tree and on each seeded one."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.progress import Say
from tests.sensitivity.proofs import REPORT, Ended, Meaning, Proof, Said, Starts, Tests, all_tests
from tests.sensitivity.remembering import Memory, Result
from tests.sensitivity.seeding import Bug, DoesNotApply, seeded

_TOO_LONG = 600.0  # seconds for one proof; the longest takes about sixty, and more on a busy machine
_STRIPPED = ("PYTEST_", "COV", "HYPOTHESIS_")  # a run inside a run must not mix with the outer one


class NotGreen(Exception):
    """Raised when the source itself does not start: nothing can be proven with it."""


@dataclass
class Bench:
    """Proves bugs on copies of one clean tree, so many at once."""

    clean: Path
    memory: Memory
    say: Say
    jobs: int = 2
    _room: asyncio.Semaphore = field(init=False)
    _found: dict[str, Result] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Inside a running loop."""
        self._room = asyncio.Semaphore(self.jobs)

    async def prove(self, bugs: Sequence[Bug]) -> list[Result]:
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
        starts = await self._run(self.clean, Starts())
        if starts.meaning is not Meaning.GREEN:
            raise NotGreen(starts.words)
        tests = [proof for proof in wanted if isinstance(proof, Tests)]
        async with asyncio.TaskGroup() as tasks:
            for proof in wanted:
                if proof not in tests:
                    tasks.create_task(self._green_one(proof))
            if tests:
                tasks.create_task(self._green_tests(tests))

    async def _green_tests(self, tests: Sequence[Tests]) -> None:
        together = all_tests(tests)
        async with self._room:
            said = await self._run(self.clean, together)
        if said.meaning is Meaning.GREEN:
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
        if said.meaning is Meaning.GREEN:
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
            result = Result(bug.name, caught, words, round(time.monotonic() - begun, 1))
        self._found[bug.name] = result
        self.memory.keep(result)
        done = f"{len(self._found)}/{len(tasks_left)}"
        self.say(f"{done} {'caught' if caught else 'NOT CAUGHT'} {bug.name}, {result.seconds} s: {words}")

    async def _caught(self, bug: Bug, tree: Path) -> tuple[bool, str]:
        try:
            await asyncio.to_thread(seeded, self.clean, tree, bug)
        except DoesNotApply as rotten:
            return False, f"the patch does not apply: {rotten}"
        said = await self._run(tree, Starts())
        if said.meaning is not Meaning.GREEN:
            return False, said.words
        words = []
        for proof in bug.proofs:
            if key(proof) not in self.memory.green:
                return False, f"{proof.name} is not green without the bug"
            said = await self._run(tree, proof)
            if said.meaning is not Meaning.CAUGHT:
                return False, f"{proof.name} is {said.meaning.value}: {said.words}"
            words.append(f"{proof.name} ({said.words})")
        return True, "; ".join(words)

    async def _run(self, tree: Path, proof: Proof) -> Said:
        (tree / REPORT).unlink(missing_ok=True)
        return proof.meaning(await _ended(tree, proof.command()))


def key(proof: Proof) -> str:
    """What a proof is remembered by."""
    return " ".join(proof.command()[1:])


def _cost(bug: Bug) -> float:
    return sum(proof.cost for proof in bug.proofs)


async def _ended(tree: Path, command: Sequence[str]) -> Ended:
    """Run a program in a tree, as a group of its own: nothing of it outlives this call."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_STRIPPED)}
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=tree,
        env={**kept, "PYTHONPATH": str(tree), "PYTHONUNBUFFERED": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    code: int | None = None
    out = err = b""
    try:
        async with asyncio.timeout(_TOO_LONG):
            out, err = await process.communicate()
        code = process.returncode
    except TimeoutError:
        err = f"it was broken off after {_TOO_LONG:.0f} s".encode()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await asyncio.shield(process.wait())
    return Ended(code, out.decode(errors="replace"), err.decode(errors="replace"), tree)
