"""Bad weather on both networks: a share of all calls fails, in every way there is."""

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.discord.faults import DiscordFault
from bot.sandbox.discord.world import GatewayEvent
from bot.sandbox.fanvue.faults import FanvueFault, Kind
from tests.proofs.soak.fanvue_moods import FanvueMoods
from tests.proofs.soak.soak_scenario import SoakScenario

# Of a hundred calls on each network, twelve: two refused for now, two failed before and two after they
# were executed, four executed with the answer lost, two cut and executed later.
_SHARES = (("429", 0.02), ("before", 0.02), ("after", 0.02), ("lost", 0.04), ("late", 0.02))
_DUPLICATES = 0.08  # of webhooks, and of interactions that the gateway tells twice
_REORDERED = 0.03  # of webhooks: held back, then delivered the other way round
_DROPPED = 0.02  # of webhooks: never delivered, so that the bridge must find it by looking
# Fanvue has no list that tells when somebody began to follow: what only an event tells is delivered.
_TOLD_ONCE = frozenset({"creator.follow.created"})
# What the bridge finds by looking. What else is dropped costs a reply its "seen", and nothing more.
FOUND_AGAIN = frozenset(
    {
        "creator.message.received",
        "creator.message.sent",
        "creator.payment.succeeded",
        "creator.subscription.activated",
    }
)
_LATEST_SHARE = 0.45  # of the settle time: what is executed late is there well before the last look

Dice = Callable[[], bool]


@dataclass
class FanvueRandomFault(FanvueFault):
    """A fault that strikes by chance, until it is cleared."""

    dice: Dice = bool
    draw: Callable[[], float] = float
    spared: str = ""  # a method that it leaves alone

    def matches(self, method: str, path: str) -> bool:
        """Whether this request is the one."""
        # A sign-in that breaks needs its owner at the browser: that is another proof's subject.
        if path.startswith("/oauth2") or method == self.spared or not self.dice():
            return False
        self.seconds = self.draw()
        return True


@dataclass(slots=True)
class DiscordRandomFault(DiscordFault):
    """The same on Discord's side."""

    dice: Dice = bool
    draw: Callable[[], float] = float

    def matches(self, method: str, path: str) -> bool:  # noqa: ARG002 - all methods are alike here
        """Whether this request is the one."""
        if path.startswith("/oauth2") or not self.dice():
            return False
        self.times, self.seconds = 2, self.draw()
        return True


class NetworkFaults:
    """Begins with `begin` and stays until the end; every roll comes from one seed."""

    def __init__(self, town: SoakScenario, *, seed: int, settle: float) -> None:
        """`settle`: seconds until the bridge looks for the last time, already divided."""
        self._town = town
        self._rng = random.Random(seed)  # noqa: S311 - dice
        self._latest = settle * _LATEST_SHARE
        self._told_twice: set[str] = set()
        self.moods: FanvueMoods | None = None  # Fanvue's, if it has any

    def begin(self) -> None:
        """From now on about twelve calls of a hundred go wrong."""
        for name, share in _SHARES:
            self._fanvue(name, share)
            self._discord(name, share)
        self._town.fanvue.faults.webhooks.certain = _TOLD_ONCE
        self._town.discord.world.listeners.append(self._tell_twice)

    def stir(self) -> None:
        """Called at each step: some webhooks come twice, some in the wrong order, some never."""
        if self.moods is not None:
            self.moods.stir()
        faults = self._town.fanvue.faults.webhooks
        if self._rng.random() < _DUPLICATES:
            faults.duplicate_next += 1
        if self._rng.random() < _REORDERED and faults.reorder_next == 0:
            faults.reorder_next = self._rng.randint(2, 4)
        if self._rng.random() < _DROPPED:
            faults.drop_next += 1

    def clear_up(self) -> None:
        """Webhooks come all, and in order, again; those that were held back go out.

        Reading succeeds again, so that the last look at every chat takes one try; sending does not.
        """
        if self.moods is not None:
            self.moods.clear_up()
        faults = self._town.fanvue.faults
        faults.webhooks.duplicate_next = faults.webhooks.drop_next = 0
        self._town.fanvue.webhooks.let_go()
        for fault in faults.waiting:
            if isinstance(fault, FanvueRandomFault):
                fault.spared = "GET"

    def _fanvue(self, name: str, share: float) -> None:
        kinds: dict[str, Kind] = {
            "429": "too_many",
            "before": "error_before",
            "after": "error_after",
            "lost": "lose_answer",
            "late": "execute_late",
        }
        fault = FanvueRandomFault(
            kinds[name], count=None, status=502, dice=self._dice(share), draw=self._late
        )
        self._town.fanvue.faults.waiting.append(fault)

    def _discord(self, name: str, share: float) -> None:
        kinds = {"429": "rate_limit", "lost": "lose_answer", "late": "late"}
        self._town.discord.faults._faults.append(  # the switchboard's own list: a fault of our own kind
            DiscordRandomFault(
                kinds.get(name, "fail"),
                "*",
                re.compile(""),
                times=2,
                status=502,
                before=name == "before",
                dice=self._dice(share),
                draw=(lambda: 0.2) if name == "429" else self._late,
            )
        )

    def _dice(self, share: float) -> Dice:
        return lambda: self._rng.random() < share

    def _late(self) -> float:
        return self._rng.uniform(0.05, self._latest)

    def _tell_twice(self, event: GatewayEvent) -> None:
        if event.name != "INTERACTION_CREATE":
            return
        told = str(event.data["id"])
        if told not in self._told_twice and self._rng.random() < _DUPLICATES:
            self._told_twice.add(told)
            asyncio.get_running_loop().call_soon(self._town.discord.world.emit, event)
