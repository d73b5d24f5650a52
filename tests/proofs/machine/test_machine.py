"""Hypothesis plays people, bad networks and a dying process.

In the suite there are few evenings, and the same ones each time, so that it stays short; `python -m
tests.proofs.machine` plays many new ones. A failing evening is printed as a program; it becomes a plain test
in test_found.py.
"""

import asyncio
import logging
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.model.errors import DeliveryRefused, TryLater
from tests.proofs.machine.invariants import check
from tests.proofs.machine.machine_scenario import CHATS, staged
from tests.proofs.machine.relay_model import ModelChat
from tests.relay.far_side_stand_ins import DiscordChannels, FanvueChats
from tests.relay.fault_switchboard import Fault, LateCall, LostAnswer, ResetConnection

NUMBERS = st.integers(0, 7)
A_CHAT = st.sampled_from(CHATS)
DEAR = ("send", "open_thread", "post", "edit")  # what cannot simply be done again
READING = ("message", "recent", "find_threads", "find_post", "delete_thread", "person")
# What is late is carried out within the settle time, as the setting promises (R6).
LATE = st.sampled_from((2_000, 20_000, 45_000)).map(LateCall)
A_FAULT = st.sampled_from((LostAnswer(), ResetConnection())) | LATE
NOT_NOW = st.sampled_from(
    (TryLater("Not now."), TryLater("Slower.", after=3.0), TryLater("Off.", paused=True))
)
MAYBE = st.none() | A_FAULT
Death = tuple[int, bool] | None
_FOR_EVER = 60.0  # seconds; a step takes some thousandths of one
DEATH: st.SearchStrategy[Death] = st.none() | st.none() | st.tuples(st.integers(1, 8), st.booleans())
ON_FANVUE = ("send", "message", "recent", "person")
REFUSED = st.just(DeliveryRefused("This was refused."))
UPSETS = ("delete_thread", "lose_forum", "set_up", "unlink", "relink", "restart")
WAITS = st.sampled_from((1_000, 6_000, 30_000, 70_000, 100_000, 1_000_000))


class LoggedErrors(logging.Handler):
    """What the relay logs when it meets a fault of its own."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.told.append(logging.Formatter().format(record))


@contextmanager
def errors_logged() -> Iterator[list[str]]:
    """The errors that are logged while this lasts."""
    handler = LoggedErrors()
    log = logging.getLogger("bot")
    log.addHandler(handler)
    try:
        yield handler.told
    finally:
        log.removeHandler(handler)


class RelayStateMachine(RuleBasedStateMachine):
    """One evening after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()

    @initialize(seed=NUMBERS, greeted=st.booleans())
    def start(self, seed: int, *, greeted: bool) -> None:
        """A stage whose order of events the seed decides; sometimes every fan has a thread already."""
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self._errors = self._stack.enter_context(errors_logged())
        self._runner, self.stage = self._stack.enter_context(staged(Path(folder), seed))
        for chat in CHATS if greeted else ():
            self.run(self.stage.tell(self.stage.write(chat, complete=True)))

    def run(self, doing: Coroutine[Any, Any, None]) -> None:
        """Something happens, and all that follows at once."""
        self._do(doing)
        self._do(self.stage.rest())

    def _do(self, doing: Coroutine[Any, Any, None]) -> None:
        """What would last for ever fails, so that the evening is printed."""

        async def ends() -> None:
            async with asyncio.timeout(_FOR_EVER):
                await doing

        self._runner.run(ends())

    # Few rules, so that what matters happens often: a rule is chosen, not what it does.

    @rule(
        chat=A_CHAT,
        complete=st.booleans(),
        by_creator=st.sampled_from((False, False, False, True)),
        call=st.sampled_from(("open_thread", "post")),
        fault=MAYBE,
        death=DEATH,
    )
    def writes(
        self,
        chat: ModelChat,
        *,
        complete: bool,
        by_creator: bool,
        call: str,
        fault: Fault | None,
        death: Death,
    ) -> None:
        """A fan writes, or the creator does elsewhere; the webhook comes at once."""
        self._threaten(call, fault, death)
        self.run(self.stage.tell(self.stage.write(chat, complete=complete, by_creator=by_creator)))

    @rule(chat=A_CHAT)
    def writes_and_the_webhook_dallies(self, chat: ModelChat) -> None:
        """A fan writes; the webhook comes when `webhook` picks it."""
        self.stage.write(chat, complete=True)
        self._do(self.stage.rest())

    @rule(number=NUMBERS, own=st.booleans())
    def webhook(self, number: int, *, own: bool) -> None:
        """A webhook comes, again or at last; `own`: it tells of what the bridge sent."""
        messages = self.stage.model.messages[::-1]
        if own:
            self.run(self.stage.tell_of_own(number))
        elif messages:
            self.run(self.stage.tell(messages[number % len(messages)]))

    @rule(
        chat=A_CHAT,
        text=st.sampled_from(("yes", "no")),
        times=st.integers(1, 2),
        call=st.sampled_from(("send", "send", "post")),
        fault=MAYBE,
        death=DEATH,
    )
    def replies(
        self, chat: ModelChat, text: str, times: int, call: str, *, fault: Fault | None, death: Death
    ) -> None:
        """A member answers, sometimes twice with the same words before anything happens."""
        self._threaten(call, fault, death)
        for _ in range(times - 1):
            self._do(self.stage.reply(chat, text))
        self.run(self.stage.reply(chat, text))

    @rule(number=NUMBERS, again=st.booleans(), other=st.none() | st.booleans(), death=DEATH)
    def presses(self, number: int, *, again: bool, other: bool | None, death: Death) -> None:
        """A member presses a button, or twice, or both buttons."""
        self._threaten("send", None, death)
        if other is not None:
            self._do(self.stage.press(number, again=other))
        self.run(self.stage.press(number, again=again))

    @rule(what=st.sampled_from(UPSETS), chat=A_CHAT)
    def upsets(self, what: str, chat: ModelChat) -> None:
        """Somebody takes something away, or brings it back; or the process dies."""
        stage, creator = self.stage, chat.creator
        happens: dict[str, Coroutine[Any, Any, None]] = {
            "delete_thread": stage.delete_thread(chat),
            "lose_forum": stage.lose_forum(creator),
            "set_up": stage.set_up(creator),
            "unlink": stage.unlink(creator),
            "relink": stage.relink(creator),
            "restart": stage.restart(),
        }
        chosen = happens.pop(what)
        for other in happens.values():
            other.close()
        self.run(chosen)

    @rule(call=st.sampled_from((*DEAR, *READING)), fault=A_FAULT | NOT_NOW | REFUSED, then=MAYBE)
    def trouble(self, call: str, fault: Fault, then: Fault | None) -> None:
        """The next call of this name goes wrong, and perhaps the one after it."""
        dear = call in DEAR
        if not dear and not isinstance(fault, TryLater):
            fault, then = TryLater("Not now."), None  # reading does nothing that could get lost
        self.stage.model.reading_failed |= call == "message"
        self._side(call).faults.add(call, *([fault, then] if then and dear else [fault]))

    @rule(wait=WAITS)
    def time_passes(self, wait: int) -> None:
        """Nothing happens but what was to happen anyway."""
        self._do(self.stage.rest(wait))

    def _side(self, call: str) -> FanvueChats | DiscordChannels:
        return self.stage.fanvue if call in ON_FANVUE else self.stage.discord

    def _threaten(self, call: str, fault: Fault | None, death: Death) -> None:
        if fault is not None:
            self._side(call).faults.add(call, fault)
        if death is not None:
            self.stage.gate.die_at(death[0], before=death[1])

    # ── what holds ──

    @invariant()
    def holds(self) -> None:
        """After each step."""
        self._do(check(self.stage))
        assert self._errors == [], self._errors[0]

    def teardown(self) -> None:
        """And when everything has come to rest."""
        with self._stack:
            if hasattr(self, "stage"):
                self._do(self.stage.clear_up())
                self._do(check(self.stage, settled=True))
                assert self._errors == [], self._errors[0]


def evenings(count: int, *, steps: int, same: bool) -> settings:
    """So many evenings; `same`: the same ones each time."""
    return settings(
        max_examples=count,
        stateful_step_count=steps,
        derandomize=same,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


TestMachine = RelayStateMachine.TestCase
TestMachine.settings = evenings(15, steps=30, same=True)
