"""The operator and the test fan of a live check, who do what it asks for."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from bot.features.operations.live_check.record import LiveRecord
from bot.features.operations.live_check.service import LiveCheckWish, check
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.free_ports import free_port
from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario
from tests.relay.clock_fixtures import SettableClock, TickingClock

_CODE = re.compile(r"write ([0-9A-F]{6}) to this creator")
_AGAIN = 7_000  # milliseconds between two deliveries of one event, by the operator's clock
Deed = Callable[[], Awaitable[object]]


@dataclass
class LiveCheckPeople:
    """`no`: stages that the operator does not want. `silent`: the test fan never writes the code."""

    scenario: LiveCheckScenario
    fan: StandInFan
    no: frozenset[int] = frozenset()
    silent: bool = False
    writer: StandInFan | None = None  # who writes the code instead
    stops_at: str = ""  # Ctrl+C at the line that has this
    rotates: Deed | None = None
    shows: Callable[[str], None] = lambda _line: None
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    clock: SettableClock = field(default_factory=lambda: SettableClock(TickingClock().now()))
    began: int = 0  # entries of the stand-in's ledger before the check
    _deeds: list[Deed] = field(default_factory=list)
    listens: str = field(default_factory=lambda: f"127.0.0.1:{free_port()}")

    def __post_init__(self) -> None:
        self.began = len(self.scenario.house.stage.fanvue.world.ledger)

    def tell(self, line: str) -> None:
        """They read a line, and do what it says with the next wait."""
        self.said.append(line)
        self.shows(line)
        if self.stops_at and self.stops_at in line:
            raise KeyboardInterrupt
        code = _CODE.search(line)
        if code is not None and not self.silent:
            self._deeds.append(lambda: (self.writer or self.fan).write(code[1].lower()))
        elif "send a picture" in line:
            self._deeds.append(self._send_a_picture)

    async def answer(self, question: str) -> str:
        """The operator types a line."""
        self.asked.append(question)
        if "rotate" in question:
            if self.rotates is None:
                return ""
            self._deeds.append(self.rotates)
            return "y\n"
        return "n\n" if int(question.split()[1]) in self.no else "yes\n"

    async def sleep(self, seconds: float) -> None:
        """Time goes on, and the test fan does what was asked for."""
        deeds, self._deeds = self._deeds, []
        for deed in deeds:
            await deed()
        self.clock.at += int(seconds * 1000)
        # The stand-in's window is real time, and is over, too.
        self.scenario.house.stage.fanvue._gate._limits._buckets.clear()
        await asyncio.sleep(0)

    async def delivered(self, times: int = 1) -> None:
        """The check has answered so many deliveries of one event; some seconds lie between."""
        world = self.scenario.house.stage.fanvue.world
        since = len(world.ledger)
        for attempt in range(1, times + 1):
            await world.until(partial(self._answered, attempt, since))
            self.clock.at += _AGAIN

    def _answered(self, attempt: int, since: int) -> bool:
        entries = list(self.scenario.house.stage.fanvue.world.ledger)[since:]
        return any(
            one.kind == "webhook.answered" and one["attempt"] == attempt and self.listens in one["url"]
            for one in entries
        )

    async def _send_a_picture(self) -> None:
        times = 1 + min(2, len(self.scenario.switches.webhook_retry_seconds))
        seen = asyncio.create_task(self.delivered(times))
        await asyncio.sleep(0)
        await self.fan.write("a ginger kitten", media=1)
        await seen

    async def reads(self) -> LiveRecord:
        """`doctor --live` alone, while the bridge runs."""
        context = self.scenario.context(self.clock, self.sleep, self.tell)
        return await check(context, LiveCheckWish(again=True))

    async def check(self, *, again: bool = False, handle: str = "", **changes: str) -> LiveRecord:
        """`doctor --live --test-fan`, answered by these people, with the bridge stopped for stage 4."""
        there = {"LISTEN": self.listens, "PUBLIC_URL": f"http://{self.listens}", **changes}
        context = self.scenario.context(self.clock, self.sleep, self.tell, self.answer, **there)
        wish = LiveCheckWish(again=again, test_fan=handle or f"@{self.fan.handle}")
        return await check(context, wish)


def answers_of(record: LiveRecord, *stages: int) -> dict[str, str]:
    """What the steps of these stages answered."""
    return {
        question: "; ".join(dict.fromkeys(one.values()))
        for question, one in record.answers().items()
        if {name.split()[0] for name in one} & set(map(str, stages))
    }
