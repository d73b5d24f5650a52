"""Looks at the checks of /readyz and tells the operator what begins and ends."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import aiohttp

from bot.egress.sessions import outgoing_session
from bot.features.operations.operator_channel.addresses import (
    DeadMansSwitch,
    OperatorAddress,
    ProblemNews,
    addresses_named,
    addresses_of,
    switch_of,
)
from bot.features.operations.operator_channel.record import ToldRecord, read_told
from bot.features.operations.operator_channel.refusal_log import RefusalLog
from bot.features.operations.operator_channel.rules import ProblemWatch
from bot.features.operations.operator_channel.texts import STOPPED
from bot.model.ports import Clock
from bot.settings.model import Settings

EVERY_SECONDS: Final = 60.0

Said = Mapping[str, str | None]  # by the names of the checks; None where all is well
Findings = Callable[[], Awaitable[tuple[Said, Said]]]  # of what must work, and of what may work less well


@dataclass
class OperatorChannel:
    """Asks the same checks as /readyz. Each problem is told of once when it begins, and once at its end.

    What could not be delivered is tried again at the next look, so never more often than that.
    """

    findings: Findings
    addresses: Sequence[OperatorAddress]
    switch: DeadMansSwitch | None
    session: aiohttp.ClientSession
    clock: Clock
    record: ToldRecord
    process: str = ""
    _watch: ProblemWatch = field(default_factory=ProblemWatch)
    _log: RefusalLog = field(init=False)

    def __post_init__(self) -> None:
        self._log = RefusalLog(self.clock)

    async def look(self) -> None:
        """One look; it takes seconds where an address does not answer."""
        failing, weak = await self.findings()
        failed = {name: said is not None for name, said in {**failing, **weak}.items()}
        self._watch.look({**failed, STOPPED: False})  # who looks has not ended
        if self.switch is not None:
            await self._ping(failing)
        for address in self.addresses:
            await self._tell(address, urgent=frozenset({STOPPED, *failing}))

    async def _ping(self, failing: Said) -> None:
        """Silence is the alarm as well: what fails for the first time is only not called well."""
        assert self.switch is not None
        if not any(failing.values()):
            self._log.tried(self.switch.kind, await self.switch.ping(self.session, well=True))
        elif self._watch.open & failing.keys():
            self._log.tried(self.switch.kind, await self.switch.ping(self.session, well=False))

    async def _tell(self, address: OperatorAddress, urgent: frozenset[str]) -> None:
        for name, ended in self._news(address):
            known = self.record.told.get(address.kind, frozenset())
            news = ProblemNews(name, ended, name in urgent, self.clock.now(), self.process)
            if not self._log.tried(address.kind, await address.send(self.session, news)):
                return  # the others would only wait as long
            await self.record.note(address.kind, known - {name} if ended else known | {name})

    def _news(self, address: OperatorAddress) -> Iterator[tuple[str, bool]]:
        known = self.record.told.get(address.kind, frozenset())
        yield from ((name, False) for name in sorted(self._watch.open - known))
        yield from ((name, True) for name in sorted(self._watch.over & known))


def operator_channel(
    settings: Settings, findings: Findings, session: aiohttp.ClientSession, clock: Clock, *, process: str
) -> OperatorChannel | None:
    """None where the settings name no address. `process`: its roles, where several share the work."""
    addresses, switch = addresses_of(settings), switch_of(settings)
    if not addresses and switch is None:
        return None
    record = read_told(None if process else settings.state_folder())
    return OperatorChannel(findings, addresses, switch, session, clock, record, process)


async def tell_stopped(settings: Settings, clock: Clock) -> None:
    """The bridge ends because of something that only a person can mend; told once, until it runs again."""
    addresses, record = addresses_of(settings), read_told(settings.state_folder())
    if not addresses:
        return
    async with outgoing_session(addresses_named(settings)) as session:
        for address in addresses:
            known = record.told.get(address.kind, frozenset())
            news = ProblemNews(STOPPED, ended=False, urgent=True, at=clock.now())
            if STOPPED in known:
                continue
            if RefusalLog(clock).tried(address.kind, await address.send(session, news)):
                await record.note(address.kind, known | {STOPPED})
