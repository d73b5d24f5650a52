"""What a soak costs: memory and processor time, of the bridge and of all the rest."""

import asyncio
import os
import resource
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.proofs.soak.soak_scenario import SoakScenario

_MIB = 1024 * 1024
_STEP = 0.02  # seconds


@dataclass
class SoakCosts:
    """Looks when it is asked to; the peaks are those of the looks. Without /proc they stay 0."""

    town: SoakScenario
    begun: float = field(default_factory=time.monotonic)
    bridge_peak: float = 0.0
    rest_peak: float = 0.0
    stood_still: float = 0.0

    def look(self) -> str:
        """Look now; what there is to say."""
        process = self.town.bridge._process
        bridge = _resident(process.pid) if process else 0.0
        rest = _resident(os.getpid())
        self.bridge_peak, self.rest_peak = max(self.bridge_peak, bridge), max(self.rest_peak, rest)
        return f"bridge {bridge:.0f} MiB, stand-ins {rest:.0f} MiB"

    async def watched(self) -> None:
        """Until it is cancelled: how long the stand-ins stood still, which come to nothing meanwhile."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(_STEP)
            self.stood_still = max(self.stood_still, time.monotonic() - before - _STEP)

    def processor(self) -> str:
        """Seconds of a processor that the bridge and all the rest have used so far; what there is to say."""
        process = self.town.bridge._process
        return f"{_used(process.pid) if process else 0:.0f} s and {_seconds(resource.RUSAGE_SELF):.0f} s"

    def figures(self) -> dict[str, float]:
        """Peaks in MiB, and each side's share of one processor; for when all has ended."""
        seconds = time.monotonic() - self.begun
        return {
            "bridge_mib": round(self.bridge_peak, 1),
            "stand_ins_mib": round(self.rest_peak, 1),
            "stood_still_s": round(self.stood_still, 2),
            "bridge_cpu": round(_seconds(resource.RUSAGE_CHILDREN) / seconds, 2),
            "stand_ins_cpu": round(_seconds(resource.RUSAGE_SELF) / seconds, 2),
            "seconds": round(seconds, 1),
        }


def _resident(pid: int) -> float:
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / _MIB
    return 0.0


def _used(pid: int) -> float:
    with suppress(OSError):
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _seconds(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime
