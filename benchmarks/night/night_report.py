"""What a night came to, from the ledgers of both stand-ins and the bridge's own."""

import re
from collections import Counter
from collections.abc import Sequence

from benchmarks.night.discord_calls import by_kind, counted
from benchmarks.night.line_monitor import LineMonitor
from benchmarks.night.people import NightContext
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.ledger_comparison import SoakFindings, compared
from tests.proofs.soak.refusal_report import too_many
from tests.proofs.soak.soak_scenario import SoakScenario

_OK = 300
_NUMBER = re.compile(r"(?<!\d)\d{7}(?!\d)")
_IDS = re.compile(r"/[0-9a-f-]{36}")


def found(night: NightContext) -> SoakFindings:
    """The three ledgers, compared as after a soak."""
    return compared(night.town, night.attempts, bridge_ledger.read(night.town.database))


def figures(
    night: NightContext, watch: LineMonitor, findings: SoakFindings, since: tuple[int, int]
) -> dict[str, float]:
    """`since`: how long both ledgers were when the night began, Discord's and Fanvue's."""
    town = night.town
    told = {entry["id"] for entry in town.fanvue.ledger.of("webhook.answered") if entry["status"] < _OK}
    replies = sum(1 for attempt in night.attempts if attempt.told)
    written = sum(1 for entry in town.fanvue.ledger.of("message", sender="fan"))
    discord, fanvue = calls(town, since)
    kinds, all_told = by_kind(town, since[0]), max(written + replies, 1)
    lags = sorted(_lags(town, watch))
    return {
        "events": len(told) + replies,
        "messages": written,
        "replies": replies,
        "lost": len(findings.lost),
        "duplicated": len(findings.duplicated),
        "misrouted": len(findings.misrouted),
        "unexplained": len(findings.unexplained),
        "http_429": too_many(town, since[0]),
        "p50_s": _share(lags, 0.5),
        "p95_s": _share(lags, 0.95),
        "longest_s": _share(lags, 1.0),
        "discord_calls_per_message": round(sum(discord.values()) / all_told, 2),
        "discord_counted_per_message": round(counted(kinds) / all_told, 2),
        **{f"discord_{kind}_per_message": round(often / all_told, 2) for kind, often in kinds.most_common()},
        "fanvue_calls_per_message": round(sum(fanvue.values()) / all_told, 2),
        "active_threads_max": watch.active_max,
        "active_threads_end": len(watch.active),
        "threads_archived": town.discord.ledger.count("thread_updated", since[0], archived=True),
        "put_aside": night.aside,
        "came_to_nothing": night.failed,
        "fans_behind_s": round(night.behind, 2),
    }


def calls(town: SoakScenario, since: tuple[int, int]) -> tuple[Counter[str], Counter[str]]:
    """How often the bridge called each operation of Discord's and of Fanvue's."""
    discord = Counter(
        f"{entry.data['method']} {entry.data['route']}"
        for entry in town.discord.ledger.of("request", since[0])
    )
    requests = (entry for entry in town.fanvue.ledger.of("request") if entry.number >= since[1])
    fanvue = Counter(f"{entry['method']} {_IDS.sub('/{}', entry['path'])}" for entry in requests)
    return discord, fanvue


def edits(town: SoakScenario, since: tuple[int, int]) -> Counter[str]:
    """What was edited how often: cards, boards, and lines of threads by what they say then."""
    world, found = town.discord.world, Counter[str]()
    for entry in town.discord.ledger.of("message_edited", since[0], ephemeral=False):
        channel = world.channels.get(entry.data["channel_id"])
        if channel is None or channel.thread is None:
            found["boards"] += 1
        elif entry.data["message_id"] == channel.id:
            found["cards"] += 1
        else:
            found[f"lines: {entry.data['text'].rpartition('-# ')[2][:6]}"] += 1
    return found


def _lags(town: SoakScenario, watch: LineMonitor) -> Sequence[float]:
    """From a fan's message on Fanvue to its line in their thread, in seconds of the clock."""
    found = []
    for entry in town.fanvue.ledger.of("message", sender="fan"):
        number = _NUMBER.search(entry["text"] or "")
        if number is not None and number.group(0) in watch.shown:
            found.append((watch.shown[number.group(0)] - entry.at).total_seconds())
    return found


def _share(ordered: Sequence[float], share: float) -> float:
    if not ordered:
        return 0.0
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 3)
