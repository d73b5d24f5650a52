"""The proof programs: how each is run, and what its answer means."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree as ET

REPORT = "proof.xml"
NO_START = 98  # how a program ends whose tree does not start
# How pytest's report begins the failure of an `assert`, of `pytest.raises`, of `pytest.fail`.
_ASSERTED = ("assert ", "AssertionError", "Failed: ")
_SAW = "AssertionError: "  # how a program ends that saw the harm; a bare one is its own fault


class ProofMeaning(Enum):
    """What a proof said about a tree."""

    GREEN = "green"
    CAUGHT = "caught"  # it failed, and with an assertion about what the bridge did
    BROKEN = "broken"  # it could not tell


@dataclass(frozen=True)
class ProofAnswer:
    """What a proof said, and its own words for it."""

    meaning: ProofMeaning
    words: str


@dataclass(frozen=True)
class ProgramEnd:
    """How a program ended in a tree; `code` is None when it took too long."""

    code: int | None
    out: str
    err: str
    tree: Path


class Proof(Protocol):
    """A program that is green on the source and must fail on a bug."""

    @property
    def name(self) -> str:
        """Short, for a line of progress."""

    @property
    def cost(self) -> float:
        """About how many seconds it takes."""

    def command(self) -> list[str]:
        """What to run, in a tree."""

    def meaning(self, ended: ProgramEnd) -> ProofAnswer:
        """What its end says."""


@dataclass(frozen=True)
class SelectedTests:
    """A selection of tests."""

    nodes: tuple[str, ...]
    cost: float = 3.0
    stops: bool = False  # at the first that fails

    __test__ = False  # pytest: this is none

    @property
    def name(self) -> str:
        """The files that it runs."""
        return " ".join(sorted({node.split("::")[0].removeprefix("tests/") for node in self.nodes}))

    def command(self) -> list[str]:
        """Without the plugins that would run it elsewhere, and with a report."""
        rest = ("-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly", f"--junitxml={REPORT}")
        return [sys.executable, "-m", "pytest", *rest, *(["-x"] if self.stops else []), *self.nodes]

    def meaning(self, ended: ProgramEnd) -> ProofAnswer:
        """Caught: a test that ran failed an assertion. Green: all passed, and none was left out."""
        report = ended.tree / REPORT
        if ended.code not in {0, 1} or not report.is_file():
            return ProofAnswer(
                ProofMeaning.BROKEN, f"pytest ended with {ended.code}: {_last(ended.out or ended.err)}"
            )
        cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - our own pytest wrote it
        left_out = [case.get("name") for case in cases if case.find("skipped") is not None]
        if left_out:
            return ProofAnswer(ProofMeaning.BROKEN, f"not run: {left_out[0]}")
        if ended.code == 0 and cases:
            return ProofAnswer(ProofMeaning.GREEN, f"{len(cases)} passed")
        failures = [(case.get("name"), _message(case, "failure")) for case in cases]
        for name, message in failures:
            if message is not None and message.startswith(_ASSERTED):
                return ProofAnswer(ProofMeaning.CAUGHT, f"{name}: {message.splitlines()[0]}")
        errors = [_message(case, "error") or _message(case, "failure") for case in cases]
        return ProofAnswer(
            ProofMeaning.BROKEN, f"no assertion failed: {next(filter(None, errors), 'no test ran')}"
        )


@dataclass(frozen=True)
class FigureProof:
    """A proof program that prints one line of JSON; a bug shows in some of its figures."""

    module: str
    arguments: tuple[str, ...]
    shows: tuple[str, ...]  # more than 0 in one of these, or in a difference of two, is the bug
    cost: float

    @property
    def name(self) -> str:
        """The module."""
        return self.module

    def command(self) -> list[str]:
        """With `--json`."""
        return [sys.executable, "-m", self.module, *self.arguments, "--json"]

    def meaning(self, ended: ProgramEnd) -> ProofAnswer:
        """Caught: it counted what it must count none of, or ended with an assertion that has words."""
        try:
            figures = json.loads(ended.out.splitlines()[-1])
            counted = {name: _counted(figures, name) for name in self.shows}
        except (IndexError, ValueError, KeyError, TypeError):
            if ended.code == 1 and _last(ended.err).startswith(_SAW):  # before there was anything to count
                return ProofAnswer(ProofMeaning.CAUGHT, _last(ended.err))
            return ProofAnswer(
                ProofMeaning.BROKEN, f"{self.module} ended with {ended.code}: {_last(ended.err)}"
            )
        words = ", ".join(f"{name} {figure}" for name, figure in counted.items())
        if ended.code == 0:
            return ProofAnswer(ProofMeaning.BROKEN if any(counted.values()) else ProofMeaning.GREEN, words)
        if any(counted.values()):
            return ProofAnswer(ProofMeaning.CAUGHT, f"{words}, as in {_last(ended.err)}")
        return ProofAnswer(ProofMeaning.BROKEN, f"it failed, but {words}: {_last(ended.err)}")


def meaning(proof: Proof, ended: ProgramEnd) -> ProofAnswer:
    """What the end of a proof says; a tree that does not start says nothing."""
    if ended.code == NO_START:
        return ProofAnswer(ProofMeaning.BROKEN, f"it does not start: {_last(ended.err)}")
    return proof.meaning(ended)


def all_tests(proofs: Iterable[Proof]) -> SelectedTests:
    """One run for every test that any of these proofs names."""
    nodes = (node for proof in proofs if isinstance(proof, SelectedTests) for node in proof.nodes)
    return SelectedTests(tuple(dict.fromkeys(nodes)), cost=15.0)


def _counted(figures: Mapping[str, float], name: str) -> float:
    figure, _, less = name.partition(" - ")
    return figures[figure] - (figures[less] if less else 0)


def _message(case: ET.Element, kind: str) -> str | None:
    found = case.find(kind)
    return None if found is None else found.get("message", "")


def _last(text: str) -> str:
    lines = [line.strip(" |+-") for line in text.splitlines()]
    return next(filter(None, reversed(lines)), "it said nothing")
