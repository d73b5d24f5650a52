"""The supervisor retries what time cures and stops at what a person must fix."""

import random
from collections.abc import Callable, Iterable

import discord
import pytest

from bot.discord.gateway import BudgetSpent, GatewayFailed, GatewayState, GatewaySupervisor
from bot.discord.identify_budget import DAY, DailyIdentifyBudget
from storage.errors import DatabaseUnreachable
from tests.discord.test_identify_budget import IdentifyClock


class WebsocketStandIn:
    """A websocket as `discord.ConnectionClosed` looks at it."""

    def __init__(self, code: int) -> None:
        self.close_code = code


class GatewayClientStandIn:
    """A client whose connections end as told; after the last one it is closed."""

    def __init__(
        self, connects: Iterable[Exception | None], logins: Iterable[Exception | None] = (None,)
    ) -> None:
        self.ws: object | None = None
        self.connected = 0
        self.logins = list(logins)
        self._connects = list(connects)

    async def login(self, _token: str) -> None:
        if (error := self.logins.pop(0)) is not None:
            raise error

    async def connect(self) -> None:
        self.connected += 1
        if (error := self._connects.pop(0)) is not None:
            raise error

    def is_closed(self) -> bool:
        return not self._connects


class SupervisorScenario:
    """A supervisor with everything around it in reach."""

    def __init__(self, client: GatewayClientStandIn, budget: DailyIdentifyBudget | None = None) -> None:
        self.slept: list[float] = []
        self.told: list[tuple[GatewayState, str | None]] = []
        self.clock = IdentifyClock()
        self.client = client
        self.gateway = GatewaySupervisor(
            client=client,
            token="t",
            budget=budget or DailyIdentifyBudget(clock=self.clock),
            report=lambda state, sentence: self.told.append((state, sentence)),
            rng=random.Random(1),  # noqa: S311 - jitter, not a secret
            sleep=self._sleep,
        )

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.time += int(seconds * 1000) + 1


async def test_a_first_connection_that_is_refused_is_tried_again() -> None:
    # What discord.py really raises then: it asks a websocket that never was for its session.
    bench = SupervisorScenario(
        GatewayClientStandIn([AttributeError("'NoneType' object has no attribute 'sequence'"), None])
    )

    await bench.gateway.run()

    assert bench.client.connected == 2
    assert len(bench.slept) == 1


async def test_a_fault_of_our_own_after_the_first_connection_is_not_hidden() -> None:
    client = GatewayClientStandIn([AttributeError("a typing mistake"), None])
    client.ws = object()

    with pytest.raises(AttributeError):
        await SupervisorScenario(client).gateway.run()


async def test_waits_grow_to_a_minute_and_stay_there() -> None:
    bench = SupervisorScenario(GatewayClientStandIn([*[OSError() for _ in range(12)], None]))

    await bench.gateway.run()

    assert all(0.5 <= wait <= 60 for wait in bench.slept)
    assert bench.slept[0] <= 1
    assert bench.slept[-1] >= 30


async def test_a_login_that_cannot_reach_discord_is_tried_again() -> None:
    bench = SupervisorScenario(GatewayClientStandIn([None], logins=[OSError(), None]))

    await bench.gateway.run()

    assert bench.client.connected == 1
    assert (GatewayState.WAITING, "Can't reach Discord; trying again.") in bench.told


def _closed(code: int) -> discord.ConnectionClosed:
    return discord.ConnectionClosed(WebsocketStandIn(code), shard_id=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: _closed(4004), "DISCORD_TOKEN"),
        (lambda: discord.PrivilegedIntentsRequired(None), "Message Content Intent"),
        (lambda: _closed(4014), "Message Content Intent"),
        (lambda: _closed(4013), "update the bridge"),
    ],
    ids=["bad token", "privileged intent", "privileged intent by code", "unknown intent"],
)
async def test_what_only_a_person_can_mend_stops_it_with_a_sentence(
    make: Callable[[], Exception], words: str
) -> None:
    bench = SupervisorScenario(GatewayClientStandIn([make(), None]))

    with pytest.raises(GatewayFailed, match=words) as failed:
        await bench.gateway.run()

    assert bench.told[-1] == (GatewayState.FAILED, str(failed.value))
    assert bench.slept == []


async def test_a_wrong_token_at_the_login_stops_it_too() -> None:
    bench = SupervisorScenario(
        GatewayClientStandIn([None], logins=[discord.LoginFailure("Improper token has been passed.")])
    )

    with pytest.raises(GatewayFailed, match="DISCORD_TOKEN"):
        await bench.gateway.run()


async def test_a_spent_budget_waits_before_a_socket_is_opened() -> None:
    clock = IdentifyClock()
    budget = DailyIdentifyBudget(clock=clock, per_day=1)
    await budget.spend()
    bench = SupervisorScenario(GatewayClientStandIn([None]), budget)
    bench.clock = clock

    await bench.gateway.run()

    assert bench.slept == [DAY / 1000]
    assert bench.told[0][0] is GatewayState.WAITING


async def test_a_budget_spent_in_the_middle_of_a_connection_waits_too() -> None:
    bench = SupervisorScenario(GatewayClientStandIn([BudgetSpent(5000), None]))

    await bench.gateway.run()

    assert bench.slept == [5.0]
    assert bench.client.connected == 2


async def test_a_database_that_is_away_in_the_middle_of_a_connection_is_waited_for_without_a_login() -> None:
    client = GatewayClientStandIn([DatabaseUnreachable("away"), None])
    bench = SupervisorScenario(client)

    await bench.gateway.run()

    assert bench.slept == [1.0]
    assert (client.connected, client.logins) == (2, [])
