"""How much is played, and how fast nobody could be faster (pure)."""

import math
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane

REQUESTS, WINDOW = 200, 60.0  # Fanvue's limit: so many in so many seconds, refilled whole
SHARE = REQUESTS - math.ceil(REQUESTS * RequestLane.SWEEP.value)  # what the lane of lists may use of it


@dataclass(frozen=True)
class BroadcastSize:
    """How much of everything; `speed` divides every window of both stand-ins and of the bridge."""

    recipients: int = 100_000
    members: int = 20_000
    per_call: int = 100
    speed: float = 1.0
    sending: float = 60.0  # seconds, to be divided, in which Fanvue's list says that it is being sent
    kill: bool = False  # once, with -9, when half of the members are on the list
    list_first: bool = False
    after: float = 0.0  # minutes, to be divided, in which the calls after the mass message are counted
    seed: int = 1

    @property
    def calls(self) -> int:
        """How many calls the members need at least."""
        return math.ceil(self.members / self.per_call)

    @property
    def bound(self) -> float:
        """Seconds for them at the lane's share of the limit."""
        return self.calls / SHARE * WINDOW / self.speed

    @property
    def earliest(self) -> float:
        """Seconds until the last of them can begin where the limit refills whole, and is full at first."""
        return (math.ceil(self.calls / SHARE) - 1) * WINDOW / self.speed
