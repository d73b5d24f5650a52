"""Limits that several processes keep together: nowhere more than the quota."""

import asyncio
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.rate_limits import DiscordLimits
from bot.discord.request_pace import RequestPace
from bot.engine.clock import SystemClock
from bot.engine.cluster.rate_limits import DISCORD, FANVUE, SharedRateLimits
from bot.fanvue.budget import RateBucket, RequestBudget, RequestLane
from bot.fanvue.errors import RequestRateLimited
from bot.model.errors import TryLater
from storage.database import Database, Transaction
from storage.engine import rate_limit_buckets
from storage.engine.rate_limit_buckets import BucketLimit
from storage.records import LinkId
from tests import postgres

QUICK = BucketLimit(burst=8, per_second=200.0)


def test_the_limits_stay_below_what_the_two_networks_take() -> None:
    assert FANVUE.most(60) <= 200
    assert DISCORD.most(1) <= 50


@given(st.floats(min_value=0.5, max_value=1000, allow_nan=False))
def test_a_step_is_never_shorter_than_the_rate_allows(rate: float) -> None:
    assert BucketLimit(1, rate).step * rate >= 1_000_000 * (1 - 1e-9)


async def test_in_no_window_do_several_processes_take_more_than_burst_and_rate(
    processes: list[Database],
) -> None:
    taken: list[tuple[float, float]] = []  # between which two moments each was

    async def now(tx: Transaction) -> float:
        row = await tx.one("SELECT EXTRACT(EPOCH FROM clock_timestamp()) AS now")
        assert row is not None
        return float(row["now"])

    async def one(tx: Transaction) -> tuple[float, tuple[float, float]]:
        before = await now(tx)
        wait = await rate_limit_buckets.take(tx, "key", QUICK)
        return wait, (before, await now(tx))

    async def pause(tx: Transaction, wait: float) -> None:
        await tx.one("SELECT pg_sleep(:wait)", wait=wait)

    async def caller(database: Database) -> None:
        for _ in range(15):
            wait, when = await database.write(one)
            while wait > 0:
                await database.read(partial(pause, wait=wait))
                wait, when = await database.write(one)
            taken.append(when)

    await asyncio.gather(*(caller(database) for database in processes for _ in range(4)))

    for begin, _ in taken:
        inside = sum(1 for before, after in taken if before >= begin and after <= begin + 0.1)
        assert inside <= QUICK.most(0.1)
    assert len(taken) == 180


async def test_turns_are_given_one_after_the_other_to_all_processes(processes: list[Database]) -> None:
    slow = BucketLimit(burst=2, per_second=0.5)

    waits = [
        await database.write(partial(rate_limit_buckets.reserve, key="key", limit=slow))
        for database in (*processes, processes[0])
    ]

    assert waits[:2] == [0.0, 0.0]
    assert 1.0 < waits[2] <= 2.0
    assert 3.0 < waits[3] <= 4.0


async def test_who_matters_less_leaves_a_share_of_the_burst(processes: list[Database]) -> None:
    slow = BucketLimit(burst=10, per_second=0.01)
    first, second, _ = processes

    async def takes(database: Database, spared: float) -> int:
        number = 0
        while (
            await database.write(partial(rate_limit_buckets.take, key="key", limit=slow, spared=spared))
            == 0.0
        ):
            number += 1
        return number

    assert await takes(first, 0.5) == 5
    assert await takes(second, 0.2) == 3
    assert await takes(first, 0.0) == 2
    assert await first.write(partial(rate_limit_buckets.take, key="other", limit=slow)) == 0.0


async def test_what_one_process_has_spent_of_fanvues_budget_another_cannot_spend_again(
    processes: list[Database],
) -> None:
    slow = BucketLimit(burst=10, per_second=0.01)
    clock, bucket = SystemClock(), RateBucket(LinkId("link"), "creator")
    one, two = (
        RequestBudget(clock=clock, share=SharedRateLimits(each, fanvue=slow).take) for each in processes[:2]
    )
    for _ in range(8):
        await one.agreed(bucket, RequestLane.REPLY)

    with pytest.raises(RequestRateLimited) as limited:
        await two.agreed(bucket, RequestLane.REPLY)

    assert limited.value.after > 1
    await two.agreed(RateBucket(LinkId("link"), "another creator"), RequestLane.REPLY)
    await RequestBudget(clock=clock).agreed(
        bucket, RequestLane.REPLY
    )  # alone: nothing is asked of the database


async def test_what_cannot_be_counted_was_surely_not_sent_and_is_tried_later(
    processes: list[Database], url: str
) -> None:
    clock, bucket = SystemClock(), RateBucket(LinkId("link"), "creator")
    shares = SharedRateLimits(processes[0])
    budget, limits = (
        RequestBudget(clock=clock, share=shares.take),
        DiscordLimits(pace=RequestPace(share=partial(shares.turn, 1))),
    )

    with postgres.away(url):
        with pytest.raises(RequestRateLimited):
            await budget.agreed(bucket, RequestLane.REPLY)
        with pytest.raises(TryLater):
            await limits.turn("GET /channels/1")
