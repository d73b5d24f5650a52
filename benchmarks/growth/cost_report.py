"""What a message costs by two weighings, and what of it grew (pure)."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.growth.statement_counter import COMMIT
from benchmarks.growth.usage_meter import BridgeUsage
from benchmarks.growth.wal import WalVolume
from storage.engine.stream_heads import TAKE

BOUND = 1.2
PARTS = ("cpu_ms", "statements", "commits", "takes", "written_bytes")  # told of lines and of replies apart
_MOST_SAID = 40
COSTS = ("cpu_ms", "statements", "written_bytes", "stored_bytes")
_KIB = 1024
_TELLING_MS = 0.02  # for each message: less is nobody's concern


@dataclass(frozen=True)
class MessageCost:
    """For each message; `by_statement`: milliseconds of this process's processor."""

    figures: Mapping[str, float]
    by_statement: Mapping[str, float]


def cost(
    before: BridgeUsage, after: BridgeUsage, messages: int, logged: WalVolume | None = None
) -> MessageCost:
    """What lies between two looks, divided by the messages. `logged`: in a server's log."""
    written = logged or WalVolume(after.written - before.written)
    by = {
        text: (now[1] - before.statements.get(text, [0, 0.0, 0.0])[1]) / messages
        for text, now in after.statements.items()
    }
    bridge, server = after.cpu_ms - before.cpu_ms, after.server_cpu_ms - before.server_cpu_ms
    return MessageCost(
        {
            "cpu_ms": (bridge + server) / messages,
            "bridge_cpu_ms": bridge / messages,
            "server_cpu_ms": server / messages,
            "in_statements_ms": sum(by.values()),
            "statements": (after.number - before.number) / messages,
            "commits": (after.times(COMMIT) - before.times(COMMIT)) / messages,
            "takes": (after.times(TAKE) - before.times(TAKE)) / messages,
            "written_bytes": written.records / messages,
            "page_bytes": written.pages / messages,
            "added_bytes": (after.stored - before.stored) / messages,
        },
        by,
    )


def parted(whole: MessageCost, **parts: MessageCost) -> MessageCost:
    """The same, with what each part of the messages costs."""
    figures = {f"{name}_{one}": cost.figures[one] for name, cost in parts.items() for one in PARTS}
    return MessageCost({**whole.figures, **figures}, whole.by_statement)


def said(before: BridgeUsage, after: BridgeUsage, messages: int) -> dict[str, float]:
    """How often a message has each statement said, those first that are said most."""
    often = {
        text: round((now[0] - before.times(text)) / messages, 2) for text, now in after.statements.items()
    }
    return dict(sorted(often.items(), key=lambda one: -one[1])[:_MOST_SAID])


def middle(costs: Sequence[MessageCost]) -> dict[str, float]:
    """The median of the rounds, and of the bytes the mean: files grow in steps."""
    found = {}
    for name in costs[0].figures:
        figures = [one.figures[name] for one in costs]
        mean = name.endswith("_bytes")
        found[name] = round(statistics.fmean(figures) if mean else statistics.median(figures), 2)
    return found


def grown(first: Sequence[MessageCost], last: Sequence[MessageCost]) -> dict[str, list[float]]:
    """The statements that take clearly longer at the last size: milliseconds for each message, at both."""
    found = {}
    for text in {text for one in last for text in one.by_statement}:
        there, here = (
            statistics.median(one.by_statement.get(text, 0.0) for one in costs) for costs in (first, last)
        )
        if here > BOUND * there and here - there > _TELLING_MS:
            found[text] = [round(there, 3), round(here, 3)]
    return dict(sorted(found.items(), key=lambda one: one[1][0] - one[1][1]))


def ratios(first: Mapping[str, float], last: Mapping[str, float]) -> dict[str, float]:
    """How many times as much each costs at the last size."""
    return {name: round(last[name] / first[name], 2) if first[name] else 0.0 for name in COSTS}


def holds(result: Mapping[str, Any]) -> bool:
    """Whether a message costs about as much at the last size as at the first."""
    return bool(max(result["ratio"].values()) <= BOUND)
