"""Which tests are nearest to what changed, by imports (`./run check fast`)."""

import ast
import json
import subprocess
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.pools import REPORT, WHOLE_REPORT

PARTS = ("bot", "cogs", "storage", "tests", "benchmarks")
ALWAYS = ("tests/architecture",)
MOST = 60.0  # seconds of a worker beside these; there are two
_MIGRATES = "storage/engine/migrate.py"  # it reads every file of storage/migrations
_KNOWN = Path(".cache/imports.json")
_BEGUN, _EACH, _LONG = 1.0, 0.15, 15.0  # of a file and of a test that nothing is known of
_PROOFS = ("tests/journeys/", "tests/proofs/")


@dataclass(frozen=True)
class ChangeReach:
    """What changed since when, and the tests that import it: those near enough to be run, and the others."""

    since: str
    changed: Sequence[str]
    near: Sequence[str]
    far: Sequence[str]


def reached(most: float = MOST) -> ChangeReach:
    """Of what is changed here against HEAD, and of what HEAD has more than the last landed commit.

    As many as fit into so many seconds are near: what takes longer than all that is left is for
    `./run test --all`.
    """
    since = _landed()
    changed = sorted(
        {*_git("diff", "--name-only", since), *_git("ls-files", "--others", "--exclude-standard")}
    )
    near, far, known = list(ALWAYS), list[str](), _known()
    for file in nearest(changed, imports_of_all()):
        takes = known.get(file) or _guessed(file)
        if takes <= most:
            near.append(file)
            most -= takes
        else:
            far.append(file)
    return ChangeReach(since[:10], changed, near, far)


def nearest(changed: Sequence[str], imports: Mapping[str, Sequence[str]]) -> list[str]:
    """Test files by how many imports they are away from what changed; those that changed themselves first.

    `imports`: for each file those that it imports. What is no module counts as the modules of its folder, or
    of the first folder above that has some.
    """
    importers: dict[str, list[str]] = {}
    for file, imported in imports.items():
        for one in imported:
            importers.setdefault(one, []).append(file)
    away = {file: 0 for one in changed for file in _modules(one, imports)}
    coming = deque(sorted(away))
    while coming:
        file = coming.popleft()
        for one in sorted(importers.get(file, ())):
            if one not in away:
                away[one] = away[file] + 1
                coming.append(one)
    tests = [file for file in away if Path(file).name.startswith("test_") and Path(file).exists()]
    tests = [file for file in tests if not file.startswith(ALWAYS)]
    return sorted(tests, key=lambda file: (away[file], not _beside(file, changed), file))


def _modules(changed: str, imports: Mapping[str, Sequence[str]]) -> Iterable[str]:
    path = Path(changed)
    if not changed.startswith(tuple(f"{part}/" for part in PARTS)):
        return []  # documents and settings: `ALWAYS` looks at them
    if path.name == "conftest.py":
        return [file for file in imports if Path(file).is_relative_to(path.parent)]
    if path.suffix == ".py":
        return [changed]
    if path.suffix == ".sql":
        return [file for file in imports if file == _MIGRATES]
    for folder in path.parents:
        if found := [file for file in imports if Path(file).parent == folder]:
            return found
    return []


def _beside(test: str, changed: Sequence[str]) -> bool:
    """Whether it is in the folder of tests that belongs to something that changed."""
    folders = {Path(one).parent.name for one in changed} - set(PARTS)
    return bool(folders.intersection(Path(test).parts[1:-1]))


def _known() -> dict[str, float]:
    """How long the tests of each file took the last time that they were run with all others."""
    found: dict[str, float] = {}
    for report in (WHOLE_REPORT, REPORT):  # the second one has no programs
        with suppress(OSError, ET.ParseError):
            found.update(_times(report))
    return found


def _times(report: Path) -> Mapping[str, float]:
    found: defaultdict[str, float] = defaultdict(float)
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own pytest wrote it
        file = f"{case.get('classname', '').replace('.', '/')}.py"
        found[file] += float(case.get("time", 0))
    return found


def _guessed(file: str) -> float:
    each = _LONG if file.startswith(_PROOFS) else _EACH
    return _BEGUN + each * Path(file).read_text(encoding="utf-8").count("def test_")


def imports_of_all() -> dict[str, list[str]]:
    """For each file of the checkout the files that it imports; of unchanged ones what is known."""
    try:
        known = json.loads(_KNOWN.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    found: dict[str, tuple[float, list[str]]] = {}
    for part in PARTS:
        for path in Path(part).rglob("*.py"):
            changed, held = path.stat().st_mtime, known.get(str(path))
            found[str(path)] = (changed, held[1] if held and held[0] == changed else _names(path))
    _KNOWN.parent.mkdir(exist_ok=True)
    _KNOWN.write_text(json.dumps(found), encoding="utf-8")
    return {file: _files(names, found) for file, (_, names) in found.items()}


def _names(path: Path) -> list[str]:
    """What a module imports, by name; of `from a import b` both, for b may be a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return sorted(name for name in found if name.split(".")[0] in PARTS)


def _files(names: Iterable[str], known: Mapping[str, object]) -> list[str]:
    places = [name.replace(".", "/") for name in names]
    return [file for place in places for file in (f"{place}.py", f"{place}/__init__.py") if file in known]


def _landed() -> str:
    """The last landed commit: what the branch came from; where HEAD is that, the one before."""
    for upstream in ("@{upstream}", "origin/HEAD", "origin/main"):
        base = _git("merge-base", "HEAD", upstream)
        if base:
            if base == _git("rev-parse", "HEAD") and not _git("status", "--porcelain"):
                break
            return base[0]
    return (_git("rev-parse", "HEAD~1") or _git("rev-parse", "HEAD") or ["HEAD"])[0]


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)  # noqa: S603, S607 - our own words
    return done.stdout.splitlines() if done.returncode == 0 else []
