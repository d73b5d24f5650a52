"""A list built from a query: asked, confirmed, filled at the pace of its lane."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing, suppress

from benchmarks.broadcast.broadcast_scenario import BroadcastScenario
from benchmarks.broadcast.broadcast_size import WINDOW
from benchmarks.broadcast.resource_monitor import ResourceMonitor
from bot.sandbox.discord.answers import InteractionAnswer
from storage.publishing import lists

_NAME = "Come back"
_TELL_EVERY = 10.0
_TIMES = 5  # as long as the bound it may take; then what is missing is lost
_AT_LEAST = 120.0


async def filling(hall: BroadcastScenario) -> Mapping[str, float]:
    """What it took, and who is on the list in the end."""
    asking = ResourceMonitor(hall)
    question = await hall.asked("mass list build", name=_NAME, expired=30)
    asked = asking.seconds
    hall.say(f"asked within {asked:.1f} s")
    # The window begins with the first call then; what is left of an older one would come for free.
    await asyncio.sleep(WINDOW / hall.size.speed)
    watch = ResourceMonitor(hall)
    await hall.pressed(question, "Put")
    await _done(hall, watch, question)
    took = watch.seconds
    calls, size = watch.fanvue(), hall.size
    hall.say(f"done after {took:.1f} s; calls: {dict(calls)}")
    added = calls.pop("POST /chats/lists/custom/{uuid}/members", 0)
    return {
        "per_call": size.per_call,
        "calls": added,
        "other_calls": sum(calls.values()),
        "asked_s": round(asked, 2),
        "bound_s": round(size.bound, 2),
        "earliest_s": round(size.earliest, 2),
        "took_s": round(took, 2),
        "ratio": round(took / size.bound, 3),
        "over_earliest_s": round(took - size.earliest, 2),
        "list_cpu_s": round(watch.cpu, 2),
        "list_discord_calls": watch.discord(),
        **_on_it(hall),
    }


async def _done(hall: BroadcastScenario, watch: ResourceMonitor, answer: InteractionAnswer) -> None:
    most = max(hall.size.bound * _TIMES, _AT_LEAST)
    killed = not hall.size.kill
    while watch.seconds < most:
        with suppress(TimeoutError):
            await answer.until(lambda now: "Done" in now.text, 0.5 if not killed else _TELL_EVERY)
            return
        on_it = sum(len(one.members) for one in hall.stage.fanvue.world.lists.values())
        if not killed and on_it * 2 >= hall.size.members:
            killed = True
            await _die(hall)
        if killed:
            hall.say(f"{on_it} are on the list")


async def _die(hall: BroadcastScenario) -> None:
    """In the middle of a call: Fanvue has carried it out this moment, and nobody reads its answer."""
    world = hall.stage.fanvue.world
    before = sum(len(one.members) for one in world.lists.values())
    hall.stage.fanvue.faults.add("lose_answer", "POST", "/members$")  # or it may be read before the kill
    await world.until(lambda: sum(len(one.members) for one in world.lists.values()) > before, 120.0)
    await hall.stage.bridge.kill()
    hall.kills += 1
    hall.say("the bridge was killed in the middle of a call")
    await hall.stage.bridge.start()


def _on_it(hall: BroadcastScenario) -> Mapping[str, int]:
    """Fanvue's list against who was meant, and what the bridge says of each in its own ledger."""
    meant = {fan.uuid for fan in hall.gone}
    on_it = Counter(
        fan for one in hall.stage.fanvue.world.lists.values() if one.name == _NAME for fan in one.members
    )
    with closing(sqlite3.connect(f"file:{hall.database}?mode=ro", uri=True)) as database:
        states = dict(database.execute("SELECT state, COUNT(*) FROM list_rows GROUP BY state"))
    return {
        "members": len(on_it),
        "list_lost": len(meant - set(on_it)),
        "list_duplicated": sum(on_it.values()) - len(on_it) + len(set(on_it) - meant),
        "ledger_added": states.get(lists.ADDED, 0),
        "ledger_unsure": states.get(lists.UNSURE, 0),
    }
