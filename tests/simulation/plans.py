"""What one seed is about, and what came of it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.proofs.soak.ledger_comparison import SoakFindings
from tests.proofs.soak.soak_script import ScriptStep, script

NAMES = ("lost", "duplicated", "misrouted", "inversions", "unexplained")  # of what must be none


@dataclass(frozen=True)
class Plan:
    """An evening: everything else follows from it, and from the code."""

    seed: int
    events: int = 200
    houses: int = 3
    fans: int = 5
    per_second: float = 4.0
    every: float = 25.0  # steps from one trouble to the next, about
    moods: bool = True
    weather: bool = True
    left_out: frozenset[int] = frozenset()  # steps that nobody takes, by number
    quiet: frozenset[int] = frozenset()  # troubles that do not come, by number

    def dice(self, which: str) -> random.Random:
        """Everything that is drawn has dice of its own: what is left out changes nothing else."""
        return random.Random(f"{self.seed} {which}")

    def steps(self) -> list[ScriptStep]:
        """What people do."""
        return list(script(events=self.events, seed=self.seed, houses=self.houses, fans=self.fans))

    @property
    def troubles(self) -> int:
        """How many there are."""
        return max(1, round(self.events / self.every))


@dataclass
class Outcome:
    """What came of it."""

    findings: SoakFindings
    figures: Mapping[str, int]
    drawn: Mapping[str, int]
    ledger: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
