"""A clock, a route, and what Discord says of it."""

import pytest

from bot.discord.route_limits import KnownRouteLimits
from bot.model.errors import TryLater

ROUTE = "/channels/1/threads"


class CallPaceClock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def told(limit: int, left: int, after: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset-After": str(after),
    }


def turned_away(routes: KnownRouteLimits) -> float:
    with pytest.raises(TryLater) as refused:
        routes.enter(ROUTE)
    assert refused.value.after is not None
    return refused.value.after
