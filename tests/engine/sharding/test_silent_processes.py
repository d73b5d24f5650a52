"""When the hold of another process counts as silent, and a session as nobody's."""

from bot.engine.cluster.shard_timing import ShardTiming
from bot.engine.cluster.shard_watch import MissingShards, ShardWatch
from storage.engine.shards import ShardHold

ONE, NEXT = ShardHold("one", 7), ShardHold("one", 8)


class SilenceClock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_hold_is_silent_when_it_was_not_renewed_for_so_long() -> None:
    clock = SilenceClock()
    watching = ShardWatch(ShardTiming(look=1.5, silent=4.0, lease=8.0), clock)
    watching.saw({0: ONE})
    clock.now += 3.9
    watching.saw({0: ONE})
    early = watching.silent()
    clock.now += 0.2
    watching.saw({0: ONE})

    assert (early, watching.silent()) == ({}, {0: ONE})


def test_a_hold_that_is_renewed_is_never_silent() -> None:
    clock = SilenceClock()
    watching = ShardWatch(ShardTiming(look=1.5, silent=4.0, lease=8.0), clock)
    watching.saw({0: ONE})
    clock.now += 3.9
    watching.saw({0: NEXT})
    clock.now += 3.9

    assert watching.silent() == {}


def test_after_an_outage_everybody_has_the_time_of_a_lease_to_come_back() -> None:
    clock = SilenceClock()
    watching = ShardWatch(ShardTiming(look=1.5, silent=4.0, lease=8.0), clock)
    watching.saw({0: ONE})
    clock.now += 3.9
    watching.blind()
    watching.saw({0: ONE})
    clock.now += 7.9
    early = watching.silent()
    clock.now += 0.2

    assert (early, watching.silent()) == ({}, {0: ONE})


def test_what_nobody_holds_is_missing_after_a_while_and_until_it_is_held() -> None:
    clock = SilenceClock()
    missing = MissingShards(3, ShardTiming(look=1.5, silent=4.0, lease=8.0), clock)
    found = [missing.saw({1, 2})]
    clock.now += 11.9
    found.append(missing.saw({1, 2}))
    clock.now += 0.2
    found += [missing.saw({1, 2}), missing.saw({2}), missing.saw(set())]

    assert found == [0, 0, 2, 1, 0]


def test_an_outage_of_the_database_makes_nothing_missing() -> None:
    clock = SilenceClock()
    missing = MissingShards(3, ShardTiming(look=1.5, silent=4.0, lease=8.0), clock)
    missing.saw({1})
    clock.now += 20
    missing.blind()
    clock.now += 5

    assert missing.saw({1}) == 0


def test_a_shard_whose_process_is_gone_changes_hands_within_ten_seconds() -> None:
    timing = ShardTiming()

    assert timing.look + timing.lease <= 10
