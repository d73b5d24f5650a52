"""Gateway processes that share a bot: killed, stopped for a while, told to stop."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from tests import postgres
from tests.engine.sharding.conftest import LIMIT, ShardingScenario
from tests.engine.sharding.gateway_process import DIFFER, EVERY, LOST, TIMING

_RENEWALS = 30  # so many looks of each process after an outage


@contextmanager
def nothing_under_way(url: str) -> Iterator[None]:
    """No process is in the middle of a commit, and none can come to one."""
    with closing(psycopg.connect(url)) as inside:
        inside.execute("LOCK TABLE bridge_shards IN EXCLUSIVE MODE")
        yield


@contextmanager
def a_commit_that_lasts(url: str) -> Iterator[None]:
    """A process is in the middle of a commit, and stays there; the next ones take no time."""
    with psycopg.connect(url, autocommit=True) as inside:
        inside.execute("CREATE SEQUENCE lasting")
        inside.execute(
            "CREATE FUNCTION lasts() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN IF nextval(''lasting'') = 1 THEN PERFORM pg_sleep(60); END IF; RETURN NULL; END'"
        )
        inside.execute(
            "CREATE CONSTRAINT TRIGGER lasts AFTER UPDATE ON bridge_shards DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION lasts()"
        )
        while (
            inside.execute(
                "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query = 'COMMIT'"
            ).fetchone()
            is None
        ):
            inside.execute("SELECT pg_sleep(0.05)")
    yield


def away_and_back(url: str) -> None:
    """The database is away for longer than a hold lasts, and everybody is back for some time."""
    with postgres.away(url) as outside:
        outside.execute("SELECT pg_sleep(%s)", (TIMING.lease * 1.2,))
    with psycopg.connect(url, autocommit=True) as inside:
        before = renewals(inside)
        while any(now < before[shard] + _RENEWALS for shard, now in renewals(inside).items()):
            inside.execute("SELECT pg_sleep(0.05)")


def renewals(inside: psycopg.Connection) -> dict[int, int]:
    """How often each hold was renewed."""
    return dict(inside.execute("SELECT shard, renewed FROM bridge_shards").fetchall())


async def test_each_process_has_one_session_and_who_comes_last_stands_by(house: ShardingScenario) -> None:
    for name in ("one", "two", "three", "four"):
        await house.start(name, count=3)

    await house.apart({0: 1, 1: 1, 2: 1})
    await house.until(lambda: sorted(map(len, map(house.ready, house.said))) == [0, 1, 1, 1])


async def test_what_a_killed_process_held_the_one_that_stands_by_has(house: ShardingScenario) -> None:
    await house.both()
    await house.start("three")

    house.processes["one"].kill()

    await house.until(lambda: house.ready("three") == {"0"})
    await house.apart({0: 1, 1: 1})
    assert house.ready("two") == {"1"}


async def test_two_that_die_together_are_both_replaced(house: ShardingScenario) -> None:
    await house.both()
    await house.start("three")
    await house.start("four")

    house.processes["one"].kill()
    house.processes["two"].kill()

    await house.until(lambda: house.ready("three") | house.ready("four") == {"0", "1"})
    await house.apart({0: 1, 1: 1})


async def test_a_session_that_nobody_holds_is_said_by_those_that_hold_others(house: ShardingScenario) -> None:
    await house.both()

    house.processes["one"].kill()
    await house.until(lambda: "missing 1" in house.said["two"])
    await house.start("three")

    await house.until(lambda: house.ready("three") == {"0"})
    await house.until(lambda: house.said["two"][-1] == "missing 0")


@pytest.mark.parametrize("locks", [True, False], ids=["with locks", "behind a pooler"])
async def test_a_process_that_stood_still_past_its_time_gives_up_what_another_one_took(
    house: ShardingScenario, *, locks: bool
) -> None:
    stopped = await house.start("one", count=1, locks=locks)
    await house.until(lambda: house.ready("one") == {"0"})
    await house.start("two", count=1, locks=locks)

    stopped.send_signal(signal.SIGSTOP)
    await house.until(lambda: house.ready("two") == {"0"})
    both = house.sessions()
    stopped.send_signal(signal.SIGCONT)

    assert both == {0: 2}  # Discord does not mind
    assert await stopped.wait() == LOST
    await house.apart({0: 1})
    assert house.processes["two"].returncode is None


async def test_a_process_that_is_told_to_stop_hands_over_at_once_and_politely(
    house: ShardingScenario,
) -> None:
    leaving = await house.start("one", count=1)
    await house.until(lambda: house.ready("one") == {"0"})
    await house.start("two", count=1)

    leaving.terminate()

    assert await leaving.wait() == 0
    await house.until(lambda: house.ready("two") == {"0"})
    assert house.server.ledger.of("gateway_left")[0].data["polite"]


async def test_an_outage_of_the_database_moves_nothing(house: ShardingScenario) -> None:
    await house.both()
    before = house.server.ledger.count("gateway_identified")

    await asyncio.to_thread(away_and_back, house.url)

    assert (house.server.ledger.count("gateway_identified"), house.sessions()) == (before, {0: 1, 1: 1})


async def test_whoever_must_introduce_itself_while_the_database_is_away_does_it_once_it_is_back(
    house: ShardingScenario,
) -> None:
    process = await house.start("one", count=1)
    await house.until(lambda: house.ready("one") == {"0"})

    with nothing_under_way(house.url), postgres.away(house.url):
        house.server.gateway.invalidate()
        await house.until(lambda: "waiting 0" in house.said["one"] or process.returncode is not None)
    await house.until(lambda: house.said["one"].count("ready 0") == 2 or process.returncode is not None)

    assert process.returncode is None
    assert house.server.ledger.count("gateway_identified") == 2
    await house.apart({0: 1})


async def test_whoever_must_introduce_itself_while_a_commit_is_in_doubt_does_it_once_that_is_known(
    house: ShardingScenario,
) -> None:
    process = await house.start("one", count=1)
    await house.until(lambda: house.ready("one") == {"0"})

    with a_commit_that_lasts(house.url), postgres.away(house.url):
        house.server.gateway.invalidate()
        came = house.server.ledger.count
        await house.server.world.until(lambda: came("gateway_connected") == 2, LIMIT)
    await house.until(lambda: house.said["one"].count("ready 0") == 2 or process.returncode is not None)

    assert process.returncode is None
    assert house.server.ledger.count("gateway_identified") == 2
    assert "waiting 0" not in house.said["one"]  # for it is not known that the database stored nothing
    await house.apart({0: 1})


async def test_together_they_introduce_themselves_no_more_often_than_the_day_allows(
    house: ShardingScenario,
) -> None:
    for name in ("one", "two", "three", "four"):
        await house.start(name, count=4, per_day=3)

    await house.until(lambda: sum("waiting" in line for name in house.said for line in house.said[name]) >= 1)
    # Whoever waits may say so while another one is on its way with the last that is left.
    await house.server.world.until(lambda: house.server.ledger.count("gateway_identified") >= 3, LIMIT)

    assert house.server.ledger.count("gateway_identified") == 3


async def test_shards_of_the_same_rest_introduce_themselves_one_after_the_other(
    house: ShardingScenario,
) -> None:
    house.server.gateway.starts.concurrency = 2
    for name in ("one", "two", "three", "four"):
        await house.start(name, count=4)

    await house.apart({0: 1, 1: 1, 2: 1, 3: 1})

    turns = house.turns()
    assert [len(turns[rest]) for rest in sorted(turns)] == [2, 2]
    assert [rest for rest, (first, second) in turns.items() if second - first < EVERY] == []


async def test_whoever_was_too_early_for_discord_introduces_itself_once_more(house: ShardingScenario) -> None:
    house.server.gateway.starts.every = 2 * LIMIT
    await house.start("one")
    await house.start("two")
    await house.server.world.until(lambda: house.server.ledger.count("gateway_hurried") >= 1, LIMIT)

    house.server.gateway.starts.every = 0
    await house.apart({0: 1, 1: 1})

    hurried = house.server.ledger.count("gateway_hurried")
    assert sum(len(turns) for turns in house.turns().values()) == 2 + hurried


async def test_processes_that_count_the_shards_differently_are_told_so(house: ShardingScenario) -> None:
    await house.start("one", count=2)
    await house.until(lambda: house.ready("one") == {"0"})

    other = await house.start("two", count=3)

    assert await other.wait() == DIFFER
    await house.until(lambda: any("into 2 shards, and this one into 3" in line for line in house.said["two"]))
    await house.apart({0: 1})
