"""What a stopped run already knew, in a file beside it."""

import hashlib
import json
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.proofs.sensitivity.seeded_source import ROOT


@dataclass(frozen=True)
class BugResult:
    """What became of one bug."""

    name: str
    caught: bool
    words: str
    seconds: float


@dataclass
class ResultMemory:
    """Results of one tree, kept after each one. Of another tree nothing is believed."""

    file: Path
    tree: str
    green: list[str] = field(default_factory=list)
    results: dict[str, BugResult] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path, tree: str) -> "ResultMemory":
        """What the file holds about this tree."""
        try:
            held = json.loads(file.read_text(encoding="utf-8"))
            if held["tree"] == tree:
                results = {name: BugResult(**result) for name, result in held["results"].items()}
                return cls(file, tree, held["green"], results)
        except (OSError, ValueError, KeyError, TypeError):
            pass  # none yet, or not one of ours: begin anew
        return cls(file, tree)

    def keep(self, result: BugResult) -> None:
        """Remember a result; what was not caught is tried again."""
        if result.caught:
            self.results[result.name] = result
            self.write()

    def write(self) -> None:
        """Replace the file in one step."""
        held = {
            "tree": self.tree,
            "green": self.green,
            "results": {name: asdict(result) for name, result in self.results.items()},
        }
        half = self.file.with_name(f"{self.file.name}.new")
        half.write_text(json.dumps(held, indent=1), encoding="utf-8")
        half.replace(self.file)


def usual_file() -> Path:
    """One for each checkout, outside of it."""
    which = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"sensitivity-{which}.json"
