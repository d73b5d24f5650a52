"""Delays between the steps of tests and of the bridge: what races shows.

    ./run test -p tests.steadiness.delays --delays people tests/journeys

A busy machine makes one side slow by chance; here one side is slow at every step.
`people`: whoever acts looks again only after a while, and the bridge has done all it wanted to.
`discord`, `fanvue`: each request of the bridge arrives late. `answers`: what it did is told to it late.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

SIDES = ("people", "discord", "fanvue", "answers")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Called by pytest."""
    parser.addoption("--delays", choices=SIDES, help="which side is slow at every step")
    parser.addoption("--delay-seconds", type=float, default=0.3, help="how slow")


def pytest_configure(config: pytest.Config) -> None:
    """Called by pytest; without the option nothing changes."""
    side = config.getoption("--delays")
    if side is None:
        return
    # Imported now and not before: coverage begins after plugins are loaded.
    from bot.sandbox.discord.pipeline import RequestPipeline  # noqa: PLC0415
    from bot.sandbox.discord.world import DiscordWorld  # noqa: PLC0415
    from bot.sandbox.fanvue.server import FanvueServer  # noqa: PLC0415
    from bot.sandbox.fanvue.world import FanvueWorld  # noqa: PLC0415
    from tests.proofs.faults.live_bridge import LiveBridge  # noqa: PLC0415

    slow: dict[str, list[tuple[type, str]]] = {
        "people": [(DiscordWorld, "until"), (FanvueWorld, "until"), (LiveBridge, "stored")],
        "discord": [(RequestPipeline, "handle")],
        "fanvue": [(FanvueServer, "_api")],
        "answers": [(RequestPipeline, "handle"), (FanvueServer, "_api")],
    }
    before = side in {"discord", "fanvue"}
    for owner, name in slow[side]:
        setattr(
            owner, name, _delayed(getattr(owner, name), config.getoption("--delay-seconds"), before=before)
        )


def _delayed(step: Callable[..., Awaitable[Any]], seconds: float, *, before: bool) -> Callable[..., Any]:
    async def late(*given: Any, **named: Any) -> Any:
        if before:
            await asyncio.sleep(seconds)
        done = await step(*given, **named)
        if not before:
            await asyncio.sleep(seconds)
        return done

    return late
