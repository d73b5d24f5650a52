"""Which event and which row are one payment: no more than surely fits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.ledger.pairing_rules import APART, paired
from storage.money.earning_events import EarningEvent
from storage.money.earnings import LedgerRow
from storage.records import FactId, Pseudonym

EMMA, NOAH = Pseudonym("emma"), Pseudonym("noah")
TOLD = EarningEvent(FactId("e"), at=1_000_000, source="tip", gross=500, fan=EMMA, payment="FV-1")
ROW = LedgerRow("r", at=1_000_000, source="tip", gross=500, net=400, order="order-9", fan=EMMA)
BACK = replace(TOLD, source="refund", gross=-500)
BACK_ROW = replace(ROW, source="refund", gross=-500, net=-400, reverses="order-1")
LATER = 30 * APART

CASES = {
    "equal ids, whatever else": (replace(TOLD, payment="order-9", fan=None), replace(ROW, at=LATER), True),
    "an equal id and another amount": (replace(TOLD, payment="order-9", gross=501), ROW, False),
    "an equal id and no amount told": (replace(TOLD, payment="order-9", gross=None), ROW, True),
    "all alike but the id": (TOLD, ROW, True),
    "ten minutes apart": (TOLD, replace(ROW, at=TOLD.at + APART), True),
    "more than ten minutes apart": (TOLD, replace(ROW, at=TOLD.at + APART + 1), False),
    "another fan": (TOLD, replace(ROW, fan=NOAH), False),
    "nobody knows which fan": (replace(TOLD, fan=None), replace(ROW, fan=None), False),
    "another source": (TOLD, replace(ROW, source="post"), False),
    "another amount": (TOLD, replace(ROW, gross=501), False),
    "no amount told": (replace(TOLD, gross=None), ROW, False),
    "another message": (replace(TOLD, message="m-1"), replace(ROW, message="m-2"), False),
    "a message that only one names": (replace(TOLD, message="m-1"), ROW, True),
    "another post": (replace(TOLD, post="p-1"), replace(ROW, post="p-2"), False),
    "a refund": (BACK, BACK_ROW, True),
    "a refund by the payment's id": (
        replace(BACK, payment="order-1", fan=None),
        replace(BACK_ROW, at=LATER),
        True,
    ),
    "a refund is no payment": (BACK, ROW, False),
    "a chargeback is no refund": (replace(BACK, source="chargeback"), BACK_ROW, False),
}


@pytest.mark.parametrize("case", CASES)
def test_one_event_and_one_row_are_one_payment_or_two(case: str) -> None:
    told, row, one = CASES[case]

    found = paired([told], [row])

    assert found.pairs == (((told.fact, row.key),) if one else ())
    assert (found.alone, found.rows) == (((), ()) if one else ((told,), (row,)))


def test_what_fits_several_is_left_for_a_person() -> None:
    twice = [TOLD, replace(TOLD, fact=FactId("f"), at=TOLD.at + 1)]

    found = paired(twice, [ROW])

    assert found.pairs == ()
    assert found.alike == tuple(twice)
    assert found.alike_rows == {ROW.key}
    assert found.alone == ()


def test_an_id_settles_what_else_would_fit_several() -> None:
    twice = [replace(TOLD, payment="order-9"), replace(TOLD, fact=FactId("f"))]
    rows = [ROW, replace(ROW, key="s", order="order-10")]

    assert paired(twice, rows).pairs == ((FactId("e"), "r"), (FactId("f"), "s"))


def test_what_one_pair_leaves_as_the_only_one_is_a_pair_at_once() -> None:
    known, other = replace(TOLD, payment="order-9"), replace(TOLD, fact=FactId("f"), fan=NOAH)
    rows = [
        replace(ROW, order="order-9", fan=NOAH),  # the same id twice: it is by closeness the other's
        replace(ROW, key="s", order="order-9", at=ROW.at + 2 * APART),
    ]

    assert set(paired([known, other], rows).pairs) == {(FactId("f"), "r"), (FactId("e"), "s")}


FANS = st.sampled_from([EMMA, NOAH, None])
SOURCES = st.sampled_from(["tip", "message", "refund"])
IDS = st.sampled_from(["1", "2", "3", None])
TIMES = st.integers(0, 4).map(lambda step: step * APART // 2)
AMOUNTS = st.sampled_from([300, 500])
EVENTS = st.lists(st.tuples(TIMES, SOURCES, AMOUNTS, FANS, IDS), max_size=8)


@given(EVENTS, EVENTS)
def test_nothing_is_paired_twice_nothing_is_lost_and_the_order_does_not_matter(
    events: list[tuple[int, str, int, Pseudonym | None, str | None]],
    lines: list[tuple[int, str, int, Pseudonym | None, str | None]],
) -> None:
    told = [
        EarningEvent(FactId(f"e{n}"), at, source, gross, fan, payment)
        for n, (at, source, gross, fan, payment) in enumerate(events)
    ]
    rows = [
        LedgerRow(f"r{n}", at, source, gross, None, order=order, fan=fan)
        for n, (at, source, gross, fan, order) in enumerate(lines)
    ]

    found = paired(told, rows)

    facts, keys = [fact for fact, _ in found.pairs], [key for _, key in found.pairs]
    assert len(set(facts)) == len(facts)
    assert len(set(keys)) == len(keys)
    left = [one.fact for one in (*found.alone, *found.alike)]
    assert sorted([*facts, *left]) == sorted(one.fact for one in told)
    assert sorted([*keys, *(row.key for row in found.rows)]) == sorted(row.key for row in rows)
    assert set(paired(told[::-1], rows[::-1]).pairs) == set(found.pairs)
    assert paired([one for one in told if one.fact in left], found.rows).pairs == ()
