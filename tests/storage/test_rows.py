"""Records that are made from rows, and rows from records."""

from dataclasses import dataclass

import pytest

from storage.database import Row
from storage.records import CreatorId, EffectState
from storage.rows import record_of, row_of


@dataclass(frozen=True)
class RowExample:
    """One field of each kind that a row can fill."""

    id: str
    creator: CreatorId
    state: EffectState | None
    quiet: bool
    body: bytes | None
    due: int = 7


ROW: Row = {"id": "a", "creator_uuid": "luna", "state": "done", "quiet": 0, "body_ct": b"sealed", "due_at": 5}


def test_each_field_takes_the_column_of_its_name_or_of_its_name_and_kind() -> None:
    made = record_of(RowExample, ROW)

    assert made == RowExample("a", CreatorId("luna"), EffectState.DONE, False, b"sealed", 5)
    assert isinstance(made.state, EffectState)
    assert made.quiet is False


def test_the_column_of_the_very_name_goes_before_the_others() -> None:
    assert record_of(RowExample, {**ROW, "id_at": 3, "due": 8}).due == 8


def test_nothing_stays_nothing() -> None:
    made = record_of(RowExample, {**ROW, "state": None, "body_ct": None})

    assert (made.state, made.body) == (None, None)


def test_a_given_field_is_taken_as_it_is() -> None:
    assert record_of(RowExample, ROW, creator=CreatorId("nova"), due=9) == RowExample(
        "a", CreatorId("nova"), EffectState.DONE, False, b"sealed", 9
    )


@pytest.mark.parametrize(("field", "column"), [("quiet", "quiet"), ("due", "due_at")])
def test_a_field_without_a_column_is_an_error_also_where_it_has_a_default(field: str, column: str) -> None:
    with pytest.raises(TypeError, match=rf"RowExample\.{field} has no column among id, creator_uuid"):
        record_of(RowExample, {name: value for name, value in ROW.items() if name != column})


def test_a_field_that_two_columns_could_mean_is_an_error() -> None:
    with pytest.raises(TypeError, match=r"RowExample\.creator may be any .* creator_uuid, creator_id"):
        record_of(RowExample, {**ROW, "creator_id": "nova"})


def test_a_field_may_have_the_names_of_the_parameters() -> None:
    @dataclass(frozen=True)
    class RowKind:
        kind: str
        row: str

    assert record_of(RowKind, {"row_key": "r"}, kind="k", row="r") == RowKind("k", "r")


def test_a_row_is_made_from_the_same_record() -> None:
    row = row_of(record_of(RowExample, ROW), ROW)

    assert row == ROW
    assert record_of(RowExample, row) == record_of(RowExample, ROW)


def test_a_column_of_a_row_may_be_given_and_must_be_there() -> None:
    record = record_of(RowExample, ROW)

    assert row_of(record, ("id", "due_at", "set_at"), set_at=4) == {"id": "a", "due_at": 5, "set_at": 4}
    with pytest.raises(KeyError, match="gone"):
        row_of(record, ("id", "gone_at"))
