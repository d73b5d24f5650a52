"""A hundred fans of one name, whose forum posts are made over real sockets and hardly ever answered (R6)."""

import random
from collections import Counter
from pathlib import Path
from typing import cast

from bot.relay.events import Person
from bot.relay.retry import Waits
from bot.sandbox.discord.model import FORUM as FORUM_CHANNEL
from bot.sandbox.discord.model import Channel
from bot.sandbox.discord.server import DiscordServer
from storage.records import DiscordId, FanId
from tests.guild.town import town
from tests.relay.clockwork import TickingClock
from tests.relay.far_sides import DiscordTown
from tests.relay.worlds import World, running

FANS = 100
FASTER = 30
LATE = 30 / FASTER  # seconds; well within the settle time


def trouble(server: DiscordServer, forum: int, rng: random.Random) -> Counter[str]:
    """Creations whose answers are lost, that fail before or after being carried out, or come late."""
    path = f"^/channels/{forum}/threads$"
    kinds = Counter(rng.choice(("lost", "failed", "never", "late")) for _ in range(FANS * 7 // 10))
    steps = list(kinds.elements())
    rng.shuffle(steps)
    for step in steps:
        match step:
            case "lost":
                server.faults.lose_answer("POST", path)
            case "failed":
                server.faults.fail("POST", path, 502, before=False)
            case "never":
                server.faults.fail("POST", path, 502)
            case "late":
                server.faults.late("POST", path, rng.uniform(0.1, LATE))
    return kinds


def lines(server: DiscordServer, guild: int) -> dict[int, list[str]]:
    """What each thread says below its card."""
    return {
        thread.id: [message.text.split("\n")[0] for message in server.world.messages_of(thread)[1:]]
        for thread in server.world.threads(guild)
    }
