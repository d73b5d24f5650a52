"""What is noted while the night goes on: lines as they appear, active threads."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.discord.world import GatewayEvent
from tests.proofs.soak.soak_scenario import SoakScenario

_NUMBER = re.compile(r"(?<!\d)\d{7}(?!\d)")
_LINES = {"MESSAGE_CREATE", "MESSAGE_UPDATE"}
_THREADS = {"THREAD_CREATE", "THREAD_UPDATE"}


@dataclass
class LineMonitor:
    """Told by the stand-in of whatever it tells gateways, and in the same order."""

    town: SoakScenario
    shown: dict[str, datetime] = field(default_factory=dict)  # numbers of fans' messages, first in a thread
    active: set[int] = field(default_factory=set)
    active_max: int = 0

    def begin(self) -> None:
        """From now on."""
        world = self.town.discord.world
        threads = [one for one in world.channels.values() if one.thread is not None]
        self.active = {one.id for one in threads if one.thread is not None and not one.thread.archived}
        self.active_max = len(self.active)
        world.listeners.append(self._told)

    def _told(self, event: GatewayEvent) -> None:
        channel = event.channel
        if channel is None or channel.thread is None:
            return
        if event.name in _LINES and event.message is not None:
            now = self.town.discord.world.clock()
            for number in _NUMBER.findall(event.message.text):
                self.shown.setdefault(number, now)
        elif event.name in _THREADS and not channel.thread.archived:
            self.active.add(channel.id)
            self.active_max = max(self.active_max, len(self.active))
        elif event.name in _THREADS or event.name == "THREAD_DELETE":
            self.active.discard(channel.id)
