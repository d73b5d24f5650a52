"""By what a row is known again, with an id and without one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.ledger.fanvue import LedgerSourceRow
from bot.features.money.ledger.row_keys import keyed
from storage.records import FanId

ROW = LedgerSourceRow(at=1_000, source="tip", gross=500, net=400, order="order-1", fan=FanId("emma"))


def test_a_row_met_on_two_pages_is_one_and_its_net_may_come_later() -> None:
    found = keyed([replace(ROW, net=None), ROW])

    assert list(found.values()) == [ROW]


def test_a_reversal_under_the_same_id_is_another_row() -> None:
    back = replace(ROW, source="refund", gross=-500, net=-400, reverses="order-1")

    assert len(keyed([ROW, back])) == 2


def test_equal_rows_without_an_id_are_as_many_as_are_listed() -> None:
    rows = [replace(ROW, order=None)] * 3

    assert len(keyed(rows)) == 3
    assert keyed(rows).keys() > keyed(rows[:2]).keys()


def test_no_key_tells_whose_it_is() -> None:
    assert keyed([ROW]).keys() == keyed([replace(ROW, fan=FanId("noah"))]).keys()


SOME = [replace(ROW, order=order, gross=cents) for order in ("a", None) for cents in (1, 1, 2)]


@given(st.permutations(SOME))
def test_the_order_of_the_listing_does_not_matter(rows: list[LedgerSourceRow]) -> None:
    assert keyed(rows).keys() == keyed(sorted(rows, key=repr)).keys()
