"""What a bridge costs while something goes on: processor, memory, calls, refusals."""

import os
import re
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.broadcast.broadcast_scenario import BroadcastScenario

_TOO_MANY = 429
_LONG = re.compile(r"(?<=/)[^/]{15,}")  # ids and tokens


@dataclass
class ResourceMonitor:
    """From its making on. The processor's time is lost with a process that is killed."""

    hall: BroadcastScenario
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Note where everything stands."""
        self._fanvue = len(self.hall.stage.fanvue.ledger)
        self._discord = len(self.hall.stage.discord.ledger)
        self._cpu = cpu(self.hall)

    @property
    def seconds(self) -> float:
        """Since then."""
        return time.monotonic() - self.began

    @property
    def cpu(self) -> float:
        """Seconds of a processor that the bridge used since then."""
        return cpu(self.hall) - self._cpu

    def fanvue(self) -> Counter[str]:
        """How often the bridge called each operation of Fanvue's."""
        entries = self.hall.stage.fanvue.ledger.of("request")
        return Counter(str(one["operation"]) for one in entries if one.number >= self._fanvue)

    def discord(self) -> int:
        """How often it called Discord."""
        return self.hall.stage.discord.ledger.count("request", self._discord)

    def too_many(self) -> int:
        """How often either of them said that it was asked too often."""
        ledger = self.hall.stage.discord.ledger
        refused = ledger.count("rate_limited", self._discord)
        entries = self.hall.stage.fanvue.ledger.of("request", status=_TOO_MANY)
        return refused + sum(one.number >= self._fanvue for one in entries)

    def refusals(self) -> list[str]:
        """What Discord said that of, and how often."""
        entries = self.hall.stage.discord.ledger.of("rate_limited", self._discord)
        paths = (f"{one.data['method']} {_LONG.sub('{}', one.data['path'])}" for one in entries)
        return [f"refused {often} times: {path}" for path, often in Counter(paths).most_common()]


def cpu(hall: BroadcastScenario) -> float:
    """Seconds of a processor that the bridge's present process has used."""
    with suppress(OSError):
        told = Path(f"/proc/{_pid(hall)}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def highest(hall: BroadcastScenario) -> float:
    """MiB that it held at most; 0 without /proc."""
    with suppress(OSError):
        lines = Path(f"/proc/{_pid(hall)}/status").read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
    return 0.0


def _pid(hall: BroadcastScenario) -> int:
    process = hall.stage.bridge._process  # noqa: SLF001 - nobody else asks for its number
    return process.pid if process is not None else 0
