"""What the sweeps ask Fanvue for after a message that became every chat's newest."""

import asyncio
from collections.abc import Mapping

from benchmarks.broadcast.broadcast_scenario import BroadcastScenario
from benchmarks.broadcast.resource_monitor import ResourceMonitor

_MINUTE = 60.0
_LISTS = frozenset({"GET /chats", "GET /v1/chats"})


async def aftermath(hall: BroadcastScenario) -> Mapping[str, float]:
    """Calls in the minutes after it; nobody writes meanwhile."""
    watch = ResourceMonitor(hall)
    for _ in range(round(hall.size.after)):
        await asyncio.sleep(_MINUTE / hall.size.speed)
        hall.say(f"asked since: {dict(watch.fanvue())}")
    calls = watch.fanvue()
    pages = sum(calls[name] for name in _LISTS)
    reads = sum(number for name, number in calls.items() if "/messages" in name and "chat" in name)
    return {
        "after_minutes": hall.size.after,
        "after_calls": sum(calls.values()),
        "after_chat_pages": pages,
        "after_chat_reads": reads,
    }
