"""Each import contract bites: a planted bad import breaks it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.architecture.source_tree import PACKAGES, TOP, dotted, imported, modules

# By the name of a contract: where a bad import is planted, and what it imports.
PLANTED: Mapping[str, tuple[str, str]] = {
    "cogs -> bot -> storage": ("bot/model", "cogs.inbox"),
    "Inside bot: entrances, wiring, features, adapters, relay, engine, rules": (
        "bot/text",
        "bot.engine.retry",
    ),
    "Inside storage: areas of tables, on the engine, on the waist": ("storage/engine", "storage.inbox.fans"),
    "Rules, relay and storage know neither network": ("bot/access", "aiohttp"),
    "Only cogs and bot.discord speak discord.py": ("bot/features/inbox/snooze", "discord"),
    "Only bot.fanvue and what builds its clients speak httpx": ("bot/features/money/goals", "httpx"),
    "Only the storage's engine speaks psycopg": ("storage/inbox", "psycopg"),
    "Only bot.engine.cluster speaks procrastinate": ("bot/app", "procrastinate"),
    "Cogs know the vocabulary of the storage, not its tables": ("cogs/money", "storage.money.goals"),
    "Settings are read once and passed as arguments": ("bot/features/inbox/claims", "bot.settings.model"),
    "The program cannot reach the stand-ins": ("bot/cli", "bot.sandbox.stage"),
}
_BROKEN = re.compile(r"^(.+) BROKEN", re.MULTILINE)


def lint(top: Path) -> str:
    """What the linter of imports says about this tree."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=top,
        env={"PYTHONPATH": str(top), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report on a copy with every bad import planted."""
    top = tmp_path_factory.mktemp("planted")
    shutil.copy(TOP / ".importlinter", top)
    for name in PACKAGES:
        shutil.copytree(TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
    for number, (folder, what) in enumerate(PLANTED.values()):
        (top / folder / f"planted_{number}.py").write_text(f"import {what}\n", encoding="utf-8")
    return lint(top)


def test_every_contract_has_its_planted_import() -> None:
    names = re.findall(r"^name = (.+)$", (TOP / ".importlinter").read_text(encoding="utf-8"), re.MULTILINE)

    assert names == list(PLANTED)


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract(report: str, contract: str) -> None:
    folder, _what = PLANTED[contract]
    number = list(PLANTED).index(contract)
    told = report.partition("Broken contracts")[2].partition(f"\n{contract}\n")[2]
    told = re.split(r"\n-{3,}\n\n[^-]", told.lstrip("-\n"))[0]

    assert contract in _BROKEN.findall(report), report
    assert f"{folder.replace('/', '.')}.planted_{number}" in told, told


def _edges() -> Iterator[tuple[str, str]]:
    known = {dotted(path) for path in modules(*PACKAGES) if path.stem != "__init__"}
    for path in modules(*PACKAGES):
        yield from ((dotted(path), name) for name in imported(path) if name in known)


def test_modules_form_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for importer, name in _edges():
        graph.setdefault(importer, set()).add(name)

    TopologicalSorter(graph).prepare()  # a CycleError names the circle


def test_features_form_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for importer, name in _edges():
        here, there = _feature(importer), _feature(name)
        if here and there and here != there:
            graph.setdefault(here, set()).add(there)

    assert len(graph) > 20
    TopologicalSorter(graph).prepare()


def _feature(name: str) -> str:
    """bot.features.<area>.<feature>, or nothing."""
    parts = name.split(".")
    return ".".join(parts[:4]) if parts[:2] == ["bot", "features"] and len(parts) > 4 else ""
