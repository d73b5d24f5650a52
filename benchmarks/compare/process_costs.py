"""What a process and those that it has started use of the machine."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.growth.usage_meter import processor_ms, resident_mib


@dataclass(frozen=True)
class ProcessCosts:
    """Milliseconds of a processor since their start, and MiB of memory now; shared pages count in each."""

    cpu_ms: float
    mib: float


def costs_of(pid: int) -> ProcessCosts:
    """Of a process and all below it that are still there."""
    cpu = mib = 0.0
    for one in _tree(pid):
        with suppress(OSError):  # it ended a moment ago
            cpu, mib = cpu + processor_ms(one), mib + resident_mib(one)[0]
    return ProcessCosts(cpu, mib)


def _tree(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = status.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            children.setdefault(int(words[1]), []).append(int(status.parent.name))
    found = [pid]
    for one in found:  # it grows meanwhile
        found += children.get(one, [])
    return found
