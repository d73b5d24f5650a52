"""When the hold of another process counts as silent."""

from bot.sharding.owning import Watching
from bot.sharding.timing import ShardTiming
from storage.shards import Holding

ONE, NEXT = Holding("one", 7), Holding("one", 8)


class Watch:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_hold_is_silent_when_it_was_not_renewed_for_so_long() -> None:
    clock = Watch()
    watching = Watching(ShardTiming(look=1.5, silent=4.0, lease=8.0), clock)
    watching.saw({0: ONE})
    clock.now += 3.9
    watching.saw({0: ONE})
    early = watching.silent()
    clock.now += 0.2
    watching.saw({0: ONE})

    assert (early, watching.silent()) == ({}, {0: ONE})


def test_a_hold_that_is_renewed_is_never_silent() -> None:
    clock = Watch()
    watching = Watching(ShardTiming(look=1.5, silent=4.0, lease=8.0), clock)
    watching.saw({0: ONE})
    clock.now += 3.9
    watching.saw({0: NEXT})
    clock.now += 3.9

    assert watching.silent() == {}


def test_after_an_outage_everybody_has_the_time_of_a_lease_to_come_back() -> None:
    clock = Watch()
    watching = Watching(ShardTiming(look=1.5, silent=4.0, lease=8.0), clock)
    watching.saw({0: ONE})
    clock.now += 3.9
    watching.blind()
    watching.saw({0: ONE})
    clock.now += 7.9
    early = watching.silent()
    clock.now += 0.2

    assert (early, watching.silent()) == ({}, {0: ONE})
