"""Puts the second source together, and says what of it runs in the background."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.relay.catching_up import CatchingUp, Holding
from bot.relay.chat_list_outage import ChatListOutage
from bot.relay.dispatch import InProcess
from bot.relay.fact_bodies import Meaning
from bot.relay.finding import Finding, Recall, Store, recaller
from bot.relay.ground import Ground
from bot.relay.silence import Silence
from bot.relay.sweep import Sweeps, sweep_stream
from bot.relay.sweep_chats import Chats
from bot.relay.sweep_money import Money
from bot.relay.sweep_ports import SweepPort
from bot.supervision import Duty
from storage.records import CreatorId, Stream

_AT_ONCE = 8
_LIMIT = 900.0  # with every place taken by a sweep that waits for its turn at Fanvue


@dataclass(frozen=True)
class SecondSource:
    """The parts that the rest of the program speaks to."""

    catching_up: Holding
    sweeps: Sweeps
    silence: Silence
    outage: ChatListOutage
    recall: Callable[[bytes], Meaning]
    driver: InProcess

    def soon(self, creator: CreatorId) -> None:
        """Have this creator swept before the next sweep's time."""
        self.driver.hint(sweep_stream(creator))

    def duty(self) -> Duty:
        """The sweeps, on a driver of their own."""
        return Duty("sweeps", lambda beat: self.driver.run(self.sweeps.drain, beat), _LIMIT)


def open_second(
    ground: Ground,
    port: SweepPort,
    *,
    store: Store,
    recall: Recall,
    hint: Callable[[Stream], None],
    driver: InProcess | None = None,
    catching_up: Holding | None = None,
) -> SecondSource:
    """The second source; `store` writes an event down and `recall` reads it back.

    `hint` has a stream of facts looked at again. `catching_up`: of several processes; None: of this one.
    """
    # One list of what is built and of what each is given, in the order in which they need one another.
    driver = driver or InProcess(clock=ground.clock, at_once=_AT_ONCE)
    database, clock, ids, waits = ground.database, ground.clock, ground.ids, ground.waits
    catching_up = catching_up or CatchingUp(clock=clock, waits=waits, hint=hint)
    names = ground.effects.trail.pseudonyms
    finding = Finding(
        sealer=ground.sealer,
        dispatch=ground.dispatch,
        clock=clock,
        ids=ground.effects.ids,
        pseudonyms=names,
        store=store,
    )
    silence = Silence(
        database=database,
        effects=ground.effects,
        catching_up=catching_up,
        clock=clock,
        ids=ids,
        waits=waits,
    )
    outage = ChatListOutage(database=database, effects=ground.effects, clock=clock)
    sweeps = Sweeps(
        database=database,
        chats=Chats(database=database, port=port, finding=finding, clock=clock, names=names),
        money=Money(database=database, port=port, finding=finding, clock=clock, names=names),
        silence=silence,
        outage=outage,
        catching_up=catching_up,
        hint=driver.hint,
        clock=clock,
        ids=ids,
        waits=waits,
    )
    return SecondSource(catching_up, sweeps, silence, outage, recaller(recall), driver)
