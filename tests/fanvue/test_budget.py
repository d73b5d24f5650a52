"""Who may spend what is left of a bucket."""

from contextlib import ExitStack

import pytest

from bot.fanvue.budget import SURE, RateBucket, RequestBudget, RequestLane
from bot.fanvue.errors import RequestRateLimited
from bot.model.read_purposes import ReadPurpose
from storage.records import LinkId
from tests.fanvue.conftest import ManualClock

BUCKET = RateBucket(LinkId("a"))


def headers(limit: int, remaining: int, reset_ms: int) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": str(reset_ms // 1000),
    }


def spent(budget: RequestBudget, lane: RequestLane, bucket: RateBucket = BUCKET) -> int:
    """How many requests a lane gets before it is told to wait."""
    count = 0
    try:
        while count <= 1000:
            with budget.spend(bucket, lane):
                count += 1
    except RequestRateLimited:
        return count
    raise AssertionError("the budget never ends")


@pytest.mark.parametrize(
    ("lane", "share"),
    [
        (RequestLane.REPLY, 160),
        (RequestLane.REFRESH, 100),
        (RequestLane.SWEEP, 80),
        (RequestLane.REPORTS, 50),
    ],
)
def test_each_lane_leaves_what_belongs_to_those_above_it(
    clock: ManualClock, lane: RequestLane, share: int
) -> None:
    assert spent(RequestBudget(clock=clock), lane) == share


def test_replies_still_go_out_when_everybody_else_has_spent(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    for lane in (RequestLane.REPORTS, RequestLane.SWEEP, RequestLane.REFRESH):
        spent(budget, lane)

    assert spent(budget, RequestLane.REPLY) == 60


def test_reads_of_chats_have_the_order_of_what_waits_for_them() -> None:
    assert [
        lane.name
        for lane in sorted(RequestLane, key=lambda one: one.value)
        if lane.name in ReadPurpose.__members__
    ] == [reads.name for reads in ReadPurpose]
    assert RequestLane.REPLY.value < RequestLane.SETTLE.value
    assert RequestLane.HISTORY.value < RequestLane.SWEEP.value


@pytest.mark.parametrize("lesser", [lane for lane in RequestLane if lane.value > RequestLane.SETTLE.value])
def test_whatever_lesser_lanes_have_spent_a_settling_read_has_room(
    clock: ManualClock, lesser: RequestLane
) -> None:
    budget = RequestBudget(clock=clock)
    spent(budget, lesser)

    assert spent(budget, RequestLane.SETTLE) >= SURE * 200


@pytest.mark.parametrize("starving", [lane for lane in RequestLane if lane is not RequestLane.REPLY])
@pytest.mark.parametrize("greedy", list(RequestLane))
def test_no_lane_starves_whoever_asks_first_in_each_window(
    clock: ManualClock, starving: RequestLane, greedy: RequestLane
) -> None:
    budget = RequestBudget(clock=clock)
    spent(budget, greedy)
    spent(budget, starving)  # in this window it is refused, sooner or later
    clock.forward(60_000)

    spent(budget, greedy)

    assert starving is greedy or spent(budget, starving) >= SURE * 200


def test_what_nobody_asks_for_is_kept_for_nobody(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    spent(budget, RequestLane.LEDGER)
    clock.forward(60_000)
    spent(budget, RequestLane.REPLY)
    clock.forward(60_000)

    assert spent(budget, RequestLane.REPLY) == 160


def test_a_lane_is_told_how_long_to_wait_and_then_gets_more(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    spent(budget, RequestLane.REPORTS)
    clock.forward(20_000)

    with pytest.raises(RequestRateLimited) as caught, budget.spend(BUCKET, RequestLane.REPORTS):
        pass
    assert caught.value.after == 40.0

    clock.forward(40_000)
    assert spent(budget, RequestLane.REPORTS) == 50


def test_the_headers_are_the_truth(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    with budget.spend(BUCKET, RequestLane.REPLY):
        budget.note(BUCKET, 200, headers(100, 30, clock.now() + 10_000))

    assert spent(budget, RequestLane.REPLY) == 10  # down to a fifth of 100
    clock.forward(10_000)
    assert spent(budget, RequestLane.REPLY) == 80


def test_requests_under_way_are_taken_off_what_the_headers_tell(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    with budget.spend(BUCKET, RequestLane.REPLY), budget.spend(BUCKET, RequestLane.REPLY):
        budget.note(BUCKET, 200, headers(200, 100, clock.now() + 60_000))

    assert budget.remaining(BUCKET) == 99


def test_an_older_answer_of_the_same_window_gives_nothing_back(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    reset = clock.now() + 60_000
    with budget.spend(BUCKET, RequestLane.REPLY):
        budget.note(BUCKET, 200, headers(200, 50, reset))
        budget.note(BUCKET, 200, headers(200, 120, reset))

    assert budget.remaining(BUCKET) == 50


def test_an_answer_out_of_a_window_that_is_over_is_not_believed(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    with budget.spend(BUCKET, RequestLane.REPLY):
        budget.note(BUCKET, 200, headers(200, 3, clock.now() - 1_000))

    assert budget.remaining(BUCKET) == 199


def test_a_reset_far_away_is_a_wrong_clock_and_waits_two_minutes_at_most(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    with budget.spend(BUCKET, RequestLane.REPLY):
        budget.note(BUCKET, 200, headers(200, 0, clock.now() + 3_600_000))

    with pytest.raises(RequestRateLimited) as caught, budget.spend(BUCKET, RequestLane.REPLY):
        pass
    assert caught.value.after == 120.0


def test_after_a_429_every_lane_waits_as_long_as_fanvue_asks(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    with budget.spend(BUCKET, RequestLane.SWEEP):
        budget.note(BUCKET, 429, {"Retry-After": "30"})

    with pytest.raises(RequestRateLimited) as caught, budget.spend(BUCKET, RequestLane.REPLY):
        pass
    assert caught.value.after == 30.0
    clock.forward(30_000)
    assert spent(budget, RequestLane.REPLY) == 160


def test_buckets_are_apart_by_link_creator_and_operation(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    others = [
        RateBucket(LinkId("b")),
        RateBucket(LinkId("a"), "creator"),
        RateBucket(LinkId("a"), "", "statuses"),
    ]
    spent(budget, RequestLane.REPLY)

    assert [spent(budget, RequestLane.REPLY, other) for other in others] == [160, 160, 160]


@pytest.mark.parametrize("odd", ["", "many", "-1", "1.5", "9" * 40, "\u0663"])
def test_headers_that_are_no_numbers_teach_nothing(clock: ManualClock, odd: str) -> None:
    budget = RequestBudget(clock=clock)
    with budget.spend(BUCKET, RequestLane.REPLY):
        budget.note(
            BUCKET, 200, {"X-RateLimit-Limit": odd, "X-RateLimit-Remaining": odd, "X-RateLimit-Reset": odd}
        )

    assert budget.remaining(BUCKET) == 199


def test_idle_buckets_are_forgotten(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    for number in range(100):
        spent(budget, RequestLane.REPORTS, RateBucket(LinkId(str(number))))
    clock.forward(60_000)
    budget.remaining(BUCKET)

    assert len(budget._buckets) == 1


def test_a_limit_that_rises_within_its_window_is_used_at_once(clock: ManualClock) -> None:
    budget = RequestBudget(clock=clock)
    reset = clock.now() + 60_000
    with budget.spend(BUCKET, RequestLane.REPLY):
        budget.note(BUCKET, 200, headers(100, 30, reset))
        before = budget.remaining(BUCKET)
        budget.note(BUCKET, 200, headers(400, 300, reset))

    assert before == 30
    assert spent(budget, RequestLane.REPLY) == 220  # of 300, down to a fifth of 400


def test_a_place_that_was_asked_for_is_free_for_the_one_who_asked_and_for_nobody_else() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock=clock, limit=10)  # six of them for this lane
    with ExitStack() as asking:
        asked = [asking.enter_context(budget.asked(BUCKET, RequestLane.OWN, kept=True)) for _ in range(7)]

    assert asked[:6] == [None] * 6
    assert asked[6] == clock.now() + 60_000


def test_a_place_is_given_back_by_its_request_or_by_the_end_of_the_block() -> None:
    budget = RequestBudget(clock=ManualClock(), limit=10)
    for _ in range(20):
        with budget.asked(BUCKET, RequestLane.OWN, kept=True):
            pass
    for _ in range(3):
        with budget.asked(BUCKET, RequestLane.OWN, kept=True), budget.spend(BUCKET, RequestLane.OWN):
            pass
    with budget.asked(BUCKET, RequestLane.OWN, kept=True) as room:
        pass

    assert room is None
    assert budget.remaining(BUCKET) == 7


def test_what_is_asked_for_a_lesser_lane_keeps_no_reply_back() -> None:
    budget = RequestBudget(clock=ManualClock(), limit=10)
    with ExitStack() as asking:
        for _ in range(6):
            asking.enter_context(budget.asked(BUCKET, RequestLane.OWN, kept=True))

        for _ in range(8):
            with budget.spend(BUCKET, RequestLane.REPLY):
                pass

    assert budget.remaining(BUCKET) == 2


def test_one_request_that_reads_for_many_is_room_for_all_of_them() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock=clock, limit=10)
    with ExitStack() as asking:
        asked = [asking.enter_context(budget.asked(BUCKET, RequestLane.MEDIA, kept=False)) for _ in range(50)]

    assert set(asked) == {None}
    spent(budget, RequestLane.MEDIA)
    with budget.asked(BUCKET, RequestLane.MEDIA, kept=False) as full:
        assert full == clock.now() + 60_000
