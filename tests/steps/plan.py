"""The steps of `./run check`: what each runs, its budget, its load."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SERVER = "{server}"  # stands for the URL of the PostgreSQL server
ROOM = 2.0  # cores, as CI has them
CHECK_BUDGET, FULL_BUDGET, FAST_BUDGET = 1200, 4500, 90  # seconds of the clock, of all steps together


@dataclass(frozen=True)
class CheckStep:
    """A command that ends with 0, or something is wrong.

    `budget`: seconds beside other steps; who exceeds it is named and fails nothing. `load`: how many cores it
    keeps busy; what mostly waits has little, and others run beside it. `proof`: it prints one line of JSON.
    """

    name: str
    budget: int
    load: float
    command: tuple[str, ...]
    proof: bool = False
    more: Mapping[str, str] = field(default_factory=dict)  # in its environment

    @property
    def on_server(self) -> bool:
        """Whether it needs the PostgreSQL server."""
        return SERVER in self.command or "BRIDGE_TEST_POSTGRES" in self.more


def _proof(name: str, budget: int, load: float, module: str, arguments: str) -> CheckStep:
    place = module if "." in module or module == "simulation" else f"proofs.{module}"
    command = ("python", "-m", f"tests.{place}", *arguments.split(), "--json")
    return CheckStep(name, budget, load, command, proof=True)


_FLOWS = (
    "tests/journeys",
    "tests/features/operations/problems",
    *(
        f"tests/relay/test_{name}.py"
        for name in ("fan_writes", "delivery", "replies", "restoring", "forgotten")
    ),
)
# Whatever keeps both cores busy runs alone: beside others its waits for people run out.
_TEST = CheckStep("test", 605, 2.0, ("./run", "test", "--all", "-q"))
_LINTERS = (
    CheckStep("ruff check", 10, 1.0, ("ruff", "check", ".")),
    CheckStep("ruff format", 10, 1.0, ("ruff", "format", "--check", ".")),
    CheckStep("lint-imports", 10, 1.0, ("lint-imports",)),
    CheckStep("mypy", 40, 1.0, ("mypy", "--strict")),
)
# The storage tests run on both databases in any case, and the journeys of several processes only on a server;
# these are the whole flows, restores and kills of one process.
_ON_POSTGRES = CheckStep(
    "on PostgreSQL",
    165,
    0.8,
    ("python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-m", "not server", *_FLOWS),
    more={"BRIDGE_TEST_POSTGRES": "1"},
)
_SEVERAL = f"--creators 4 --fans 8 --per-second 12 --database {SERVER}"

# Small ones, with a trouble every eight steps: many seeds find more than long ones.
_EVENINGS = "--pairs 4 --events 24 --creators 2 --fans 3 --every 8"

# What CI runs: every kind of proof, those in a small size that only find more by taking longer.
CHECK = (
    _TEST,
    *_LINTERS,
    _proof("simulation", 90, 2.0, "simulation", f"--seeds 200 --minutes 1.3 {_EVENINGS}"),
    _proof("crash points", 120, 2.0, "crashpoints", "--share 4"),
    _proof("sensitivity", 175, 2.0, "sensitivity", "--jobs 3"),
    _ON_POSTGRES,
    _proof("soak", 50, 0.4, "soak", "--events 500 --kills 3 --seed 2"),
    _proof("soak, several", 65, 0.6, "soak", f"--cluster --events 150 --kills 3 --seed 5 {_SEVERAL}"),
    _proof("soak on PostgreSQL", 45, 0.4, "soak", f"--events 300 --kills 2 --seed 4 --database {SERVER}"),
    _proof("power cuts", 25, 0.4, "powercut", "--cuts 150"),
    _proof("fuzz", 15, 2.0, "fuzz", "--requests 20000"),
    _proof("machine", 20, 1.0, "machine", "--evenings 60"),
    _proof("keys", 15, 1.0, "features.operations.keys", "--values 3000 --kills 2"),
    _proof("render", 15, 1.0, "render", "--texts 20000"),
)  # fmt: skip

# The same in full size. The suite has the refresh storm (R11) in its full size already; it is traced.
FULL = (
    CheckStep("test", 1200, 2.0, ("./run", "coverage", "-q"), more={"BRIDGE_TEST_FULL": "1"}),
    *_LINTERS,
    _proof("simulation", 1080, 2.0, "simulation", "--seeds 100000 --minutes 17 --pairs 100 --events 120"),
    _proof("crash points", 1500, 1.0, "crashpoints", "--rediscover"),
    _proof("sensitivity", 420, 2.0, "sensitivity", "--jobs 3"),
    _ON_POSTGRES,
    _proof("soak", 720, 0.5, "soak", "--events 5000 --kills 22 --seed 2"),
    _proof("soak on PostgreSQL", 400, 0.5, "soak", f"--events 2000 --kills 10 --seed 4 --database {SERVER}"),
    _proof("soak, several", 400, 0.5, "soak", f"--cluster --events 300 --kills 5 --seed 5 {_SEVERAL}"),
    _proof("power cuts", 120, 1.0, "powercut", "--cuts 500"),
    CheckStep("other Python", 60, 1.0, ("python", "-m", "tests.steps.other_python")),
    _proof("house", 480, 1.0, "architecture.house", ""),
    _proof("fuzz", 100, 1.0, "fuzz", "--requests 100000"),
    _proof("machine", 90, 1.0, "machine", "--evenings 200"),
    _proof("keys", 60, 1.0, "features.operations.keys", "--values 10000 --kills 3"),
    _proof("render", 90, 1.0, "render", "--texts 100000"),
)  # fmt: skip


def fast(tests: Sequence[str]) -> tuple[CheckStep, ...]:
    """While one works: linters, types, contracts, and these tests."""
    command = ("python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *tests)
    return (CheckStep("tests of what changed", 80, 1.0, command), *_LINTERS)


def next_step(
    waiting: Sequence[CheckStep], running: Sequence[CheckStep], room: float = ROOM
) -> CheckStep | None:
    """The first that has room beside those that run; whatever it needs, one may always run alone."""
    used = sum(step.load for step in running)
    return next((step for step in waiting if not running or used + step.load <= room), None)


def together(steps: Sequence[CheckStep], room: float = ROOM) -> int:
    """How many seconds all of them take side by side, if each takes its budget."""
    waiting, now = list(steps), 0
    running: list[tuple[int, int, CheckStep]] = []
    while waiting or running:
        while (step := next_step(waiting, [one for _, _, one in running], room)) is not None:
            waiting.remove(step)
            heapq.heappush(running, (now + step.budget, len(waiting), step))
        now, _, _ = heapq.heappop(running)
    return now
