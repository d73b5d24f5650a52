"""A mass message to everybody: typed, counted, confirmed, followed."""

import asyncio
from collections import Counter
from collections.abc import Mapping

from benchmarks.broadcast.broadcast_scenario import PATIENCE, BroadcastScenario
from benchmarks.broadcast.resource_monitor import ResourceMonitor

_TEXT = "For all of you: something new is waiting 🧡"
_LOOK_EVERY = 10.0  # seconds, to be divided, between two looks at the board
_LOOKS = 60


async def campaign(hall: BroadcastScenario) -> Mapping[str, float]:
    """What it took, and to whom it went; without the times for which a mass message waits for people."""
    limits = await hall.asked("mass limits", hold="off", second_above="off")
    assert "From now on" in limits.text, limits.text
    before = ResourceMonitor(hall)
    shown = await hall.asked("mass new", to="subscribers", text=_TEXT)
    counted = before.seconds
    hall.say(f"counted within {counted:.1f} s")
    watch = ResourceMonitor(hall)
    await hall.pressed(shown, "Send to", {"count": str(hall.size.recipients)})
    await shown.until(lambda now: "Mass message sent" in now.text, PATIENCE)
    accepted = watch.seconds
    hall.say(f"accepted within {accepted:.1f} s: {shown.text.splitlines()[0]}")
    told = str(hall.size.recipients) in shown.text.replace(",", "")
    await _sent(hall)
    sent = watch.seconds
    hall.say(f"the board says that it is sent, after {sent:.1f} s")
    return {
        "counted_s": round(counted, 2),
        "campaign_s": round(accepted, 2),
        "sent_known_s": round(sent, 2),
        "campaign_cpu_s": round(watch.cpu, 2),
        "campaign_calls": sum(watch.fanvue().values()),
        "count_told": int(told),
        **_reached(hall),
    }


async def _sent(hall: BroadcastScenario) -> None:
    """She looks at the board until it says so; Fanvue tells of it in no other way."""
    for _ in range(_LOOKS):
        answer = await hall.asked("mass show")
        if "✅ sent" in answer.text:
            return
        await asyncio.sleep(_LOOK_EVERY / hall.size.speed)
    raise TimeoutError(answer.text)


def _reached(hall: BroadcastScenario) -> Mapping[str, int]:
    """From Fanvue's ledger: how many POSTs were carried out, and who got how many messages."""
    stage = hall.stage
    got = Counter(
        one["fan"] for one in stage.fanvue.ledger.messages(sender="creator") if one["text"] == _TEXT
    )
    meant = {bond.fan.uuid for bond in stage.fanvue.world.bonds_of(stage.creator.uuid) if bond.subscribed}
    return {
        "recipients": len(got),
        "posts": len(stage.fanvue.ledger.of("mass", text=_TEXT)),
        "mass_lost": len(meant - set(got)),
        "mass_duplicated": sum(got.values()) - len(got) + len(set(got) - meant),
    }
