"""Webhook outages: for a while nothing is delivered, and nobody says so."""

import asyncio
import random
from dataclasses import dataclass

from tests.proofs.soak.script_progress import ScriptProgress
from tests.proofs.soak.soak_scenario import SoakScenario

_LASTS = (60.0, 200.0)  # seconds, undivided: some are noticed as a silence, some are not


@dataclass
class Outages:
    """The bridge must find what was not told, during an outage or after it."""

    town: SoakScenario
    rng: random.Random
    count: int
    course: ScriptProgress

    async def run(self) -> None:
        """Returns after the last one, with webhooks on."""
        webhooks = self.town.fanvue.faults.webhooks
        async for _ in self.course.moments(self.rng, self.count):
            webhooks.off = True
            await asyncio.sleep(self.rng.uniform(*_LASTS) / self.town.speed)
            webhooks.off = False
