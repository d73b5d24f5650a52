"""What a whole check has found: resumed step by step, kept as evidence."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.steps.step_runner import StepOutcome

STATE = Path(".cache/full.json")
EVIDENCE = Path("docs/evidence")


@dataclass
class CheckRecord:
    """The steps that have passed on one state of the source; of another nothing is believed."""

    source: str
    outcomes: dict[str, StepOutcome] = field(default_factory=dict)
    file: Path = STATE

    @classmethod
    def of(cls, source: str, *, resume: bool, file: Path = STATE) -> "CheckRecord":
        """What is known about this source; nothing, unless it is to be resumed."""
        try:
            held = json.loads(file.read_text(encoding="utf-8")) if resume else {}
            if held.get("source") == source:
                return cls(source, {name: StepOutcome(**one) for name, one in held["outcomes"].items()}, file)
        except (OSError, ValueError, KeyError, TypeError):
            pass  # none yet, or not one of ours: begin anew
        return cls(source, {}, file)

    def keep(self, outcome: StepOutcome) -> None:
        """After each step; one that failed is tried again."""
        if outcome.passed:
            self.outcomes[outcome.name] = outcome
        self.file.parent.mkdir(parents=True, exist_ok=True)
        told = {"source": self.source, "outcomes": {name: one.kept() for name, one in self.outcomes.items()}}
        half = self.file.with_suffix(".half")
        half.write_text(json.dumps(told), encoding="utf-8")
        half.replace(self.file)


def source() -> str:
    """Says whether two states of the checkout are the same."""
    untracked = _git("ls-files", "--others", "--exclude-standard", "-z").split("\0")
    digest = hashlib.sha256((_git("rev-parse", "HEAD") + _git("diff", "HEAD", "--binary")).encode())
    for name in sorted(filter(None, untracked)):
        digest.update(name.encode() + b"\0" + Path(name).read_bytes())
    return digest.hexdigest()


def evidence(outcomes: Sequence[StepOutcome], skipped: Sequence[str], seconds: float) -> dict[str, Any]:
    """All of a whole check, as it is kept."""
    now = datetime.now(UTC)
    return {
        "date": now.strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _git("rev-parse", "HEAD").strip(),
        "changed since": _git("status", "--porcelain").splitlines(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": [round(one, 1) for one in os.getloadavg()],
        "seconds": round(seconds),
        "steps": {one.name: _told(one) for one in outcomes},
        "skipped": list(skipped),
    }


def keep(found: dict[str, Any], folder: Path = EVIDENCE) -> Path:
    """As a file, named by its day."""
    file = folder / f"check-full-{found['date'][:10]}.json"
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return file


def _told(outcome: StepOutcome) -> dict[str, Any]:
    told: dict[str, Any] = {"passed": outcome.passed, "seconds": outcome.seconds, "cpu": outcome.cpu}
    if outcome.figures:
        try:
            told["figures"] = json.loads(outcome.figures.splitlines()[-1])
        except ValueError:
            told["figures"] = outcome.figures[-500:]
    return told


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, check=False)  # noqa: S603, S607 - our own words
    return done.stdout.decode(errors="replace")
