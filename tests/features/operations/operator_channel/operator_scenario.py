"""A channel to an operator's addresses, whose checks find what a test says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.features.operations.operator_channel.addresses import DeadMansSwitch, OperatorAddress
from bot.features.operations.operator_channel.record import read_told
from bot.features.operations.operator_channel.service import OperatorChannel
from tests.fanvue.peer_stand_in import PeerStandIn

NOW = 1_795_564_800_000  # 2026-11-25 00:00:00 UTC
DETAIL = "“Luna's studio” is in the way"  # as a check says it for the operator's own eyes


@dataclass
class OperatorClock:
    """It is the same time until a test says otherwise."""

    at: int = NOW

    def now(self) -> int:
        return self.at


@dataclass
class OperatorScenario:
    """Checks by name, which are well unless they are among `failing` or `weak`."""

    folder: Path
    hook: PeerStandIn
    topic: PeerStandIn
    switch: PeerStandIn
    session: aiohttp.ClientSession
    failing: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)
    seconds: float = 5.0
    process: str = ""
    clock: OperatorClock = field(default_factory=OperatorClock)

    async def findings(self) -> tuple[dict[str, str | None], dict[str, str | None]]:
        def said(names: tuple[str, ...], found: set[str]) -> dict[str, str | None]:
            return {name: DETAIL if name in found else None for name in names}

        return said(("database", "discord"), self.failing), said(("backups", "servers"), self.weak)

    def started(self) -> OperatorChannel:
        """The channel of a process that has just begun."""
        return OperatorChannel(
            findings=self.findings,
            addresses=(
                OperatorAddress("webhook", f"{self.hook.url}/a-secret-hook", self.seconds),
                OperatorAddress("ntfy", f"{self.topic.url}/a-secret-topic", self.seconds),
            ),
            switch=DeadMansSwitch(f"{self.switch.url}/a-secret-ping", self.seconds),
            session=self.session,
            clock=self.clock,
            record=read_told(None if self.process else self.folder),
            process=self.process,
        )

    def told(self) -> list[str]:
        """What the webhook was sent, in order, as one word each."""
        return [f"{one.json['check']} {one.json['state']}" for one in self.hook.seen]

    def pinged(self) -> list[str]:
        """The paths at which the switch was asked."""
        return [one.path for one in self.switch.seen]


@asynccontextmanager
async def operated(folder: Path) -> AsyncIterator[OperatorScenario]:
    """All three addresses answer 200."""
    async with (
        PeerStandIn() as hook,
        PeerStandIn() as topic,
        PeerStandIn() as switch,
        aiohttp.ClientSession() as session,
    ):
        yield OperatorScenario(folder, hook, topic, switch, session)
