"""Puts the second source together, and says what of it runs in the background."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.engine.catch_up_hold import CatchUpHold, LocalCatchUpHold
from bot.engine.dispatch import InProcessDriver
from bot.engine.supervision import BackgroundTask
from bot.relay.chat_list_outage import ChatListOutage
from bot.relay.context import Context
from bot.relay.fact_bodies import Meaning
from bot.relay.live_silence import LiveEventSilence
from bot.relay.sweep import Sweeps, sweep_stream
from bot.relay.sweep_chats import ChatSweep
from bot.relay.sweep_findings import Recall, Store, SweepFindings, recaller
from bot.relay.sweep_money import MoneySweep
from bot.relay.sweep_ports import SweepPort
from storage.records import CreatorId, Stream

_AT_ONCE = 8
_LIMIT = 900.0  # with every place taken by a sweep that waits for its turn at Fanvue


@dataclass(frozen=True)
class Reconciliation:
    """The parts that the rest of the program speaks to."""

    catching_up: CatchUpHold
    sweeps: Sweeps
    silence: LiveEventSilence
    outage: ChatListOutage
    recall: Callable[[bytes], Meaning]
    finding: SweepFindings
    driver: InProcessDriver

    def soon(self, creator: CreatorId) -> None:
        """Have this creator swept before the next sweep's time."""
        self.driver.hint(sweep_stream(creator))

    def task(self) -> BackgroundTask:
        """The sweeps, on a driver of their own."""
        return BackgroundTask("sweeps", lambda beat: self.driver.run(self.sweeps.drain, beat), _LIMIT)


def open_second(
    ground: Context,
    port: SweepPort,
    *,
    store: Store,
    recall: Recall,
    hint: Callable[[Stream], None],
    driver: InProcessDriver | None = None,
    catching_up: CatchUpHold | None = None,
) -> Reconciliation:
    """The second source; `store` writes an event down and `recall` reads it back.

    `hint` has a stream of facts looked at again. `catching_up`: of several processes; None: of this one.
    """
    # One list of what is built and of what each is given, in the order in which they need one another.
    driver = driver or InProcessDriver(clock=ground.clock, at_once=_AT_ONCE)
    clock, waits = ground.clock, ground.waits
    catching_up = catching_up or LocalCatchUpHold(clock=clock, waits=waits, hint=hint)
    finding = SweepFindings(ground, store=store)
    silence = LiveEventSilence(ground, catching_up=catching_up)
    outage = ChatListOutage(ground)
    sweeps = Sweeps(
        ground,
        chats=ChatSweep(ground, port=port, finding=finding),
        money=MoneySweep(ground, port=port, finding=finding),
        silence=silence,
        outage=outage,
        catching_up=catching_up,
        hint=driver.hint,
    )
    return Reconciliation(catching_up, sweeps, silence, outage, recaller(recall), finding, driver)
