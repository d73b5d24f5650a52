"""Both one after the other, and what they come to."""

from pathlib import Path

from benchmarks.broadcast.broadcast_scenario import Say, opened
from benchmarks.broadcast.broadcast_size import BroadcastSize
from benchmarks.broadcast.campaign import campaign
from benchmarks.broadcast.list_filling import filling
from benchmarks.broadcast.resource_monitor import ResourceMonitor, highest
from benchmarks.broadcast.sweep_report import aftermath
from bot.sandbox.program import BridgeInstallation

MOST = 1.10  # times the bound


async def broadcast(
    folder: Path, size: BroadcastSize, say: Say, program: type[BridgeInstallation] = BridgeInstallation
) -> dict[str, float]:
    """Play it; the figures."""
    async with opened(folder, size, say, program) as hall:
        watch = ResourceMonitor(hall)
        rss = 0.0
        found: dict[str, float] = {}
        for part in (filling, campaign) if size.list_first else (campaign, filling):
            found |= await part(hall)
            if part is campaign and size.after:
                found |= await aftermath(hall)
            rss = max(rss, highest(hall))
        refused = watch.too_many()
        for entry in watch.refusals():
            say(entry)
    return {
        **found,
        "lost": found["mass_lost"] + found["list_lost"],
        "duplicated": found["mass_duplicated"] + found["list_duplicated"],
        "http_429": refused,
        "rss_mib": round(rss, 1),
        "speed": size.speed,
        "killed": hall.kills,
        "list_first": int(size.list_first),
    }


def holds(found: dict[str, float]) -> bool:
    """Whether it went out once, to everybody, without a refusal, and in time."""
    none = ("lost", "duplicated", "http_429")
    return found["posts"] == 1 and not any(found[name] for name in none) and found["ratio"] <= MOST
