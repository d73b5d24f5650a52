"""A copy is of a mass message only where no other one can be it."""

from typing import Any

import pytest

from bot.fanvue.models import MassMessageRow
from bot.features.money.credit.matching_rules import CopyMatch, match
from storage.records import DiscordId

MIA, TOM = DiscordId(11), DiscordId(12)
AT = 1_795_700_000_000
MINUTE = 60_000


def mass(uuid: str, text: str | None = "a lake", *, made: int | None = AT, **more: Any) -> MassMessageRow:
    """One that was sent, as Fanvue lists it."""
    row: dict[str, Any] = {"text": text, "price": 900, "created_at": made, "status": "SENT", **more}
    return MassMessageRow.model_construct(None, uuid=uuid, **row)


NOT_KNOWN = CopyMatch(None, priced=True)


@pytest.mark.parametrize(
    ("masses", "found"),
    [
        pytest.param(
            [mass("one"), mass("other", "a beach")], CopyMatch("one", priced=True), id="only one fits"
        ),
        pytest.param(
            [mass("one", "  a lake\r\n")], CopyMatch("one", priced=True), id="as Fanvue trims words"
        ),
        pytest.param([], NOT_KNOWN, id="none fits"),
        pytest.param([mass("one"), mass("two")], NOT_KNOWN, id="two of two members"),
        pytest.param([mass("one"), mass("theirs")], NOT_KNOWN, id="one of them made on Fanvue itself"),
        pytest.param([mass("theirs"), mass("theirs2")], NOT_KNOWN, id="both made on Fanvue itself"),
        pytest.param(
            [mass("one", made=AT - MINUTE), mass("once more")],
            CopyMatch("once more", priced=True),
            id="by one member",
        ),
        pytest.param(
            [mass("one"), mass("two", made=AT + 2 * MINUTE)], CopyMatch("one", priced=True), id="made later"
        ),
        pytest.param([mass("one"), mass("two", made=AT + MINUTE)], NOT_KNOWN, id="made later, rounded"),
        pytest.param([mass("one"), mass("two", made=None)], NOT_KNOWN, id="nobody knows when"),
        pytest.param(
            [mass("one"), mass("two", status="SCHEDULED")], CopyMatch("one", priced=True), id="only planned"
        ),
        pytest.param([mass("one"), mass("two", status="UNSENT")], NOT_KNOWN, id="taken back was sent"),
        pytest.param([mass("one", price=None)], CopyMatch("one", priced=False), id="cannot be bought"),
        pytest.param([mass("one"), mass("two", price=None)], NOT_KNOWN, id="one of them can be bought"),
    ],
)
def test_it_is_certain_or_not_known(masses: list[MassMessageRow], found: CopyMatch) -> None:
    launchers = {"one": MIA, "once more": MIA, "two": TOM}

    assert match("a lake", AT, masses, launchers) == found


def test_without_words_all_without_words_may_be_it() -> None:
    launchers = {"one": MIA, "two": TOM}

    assert match(None, AT, [mass("one", None), mass("two")], launchers).mass == "one"
    assert match("", AT, [mass("one", None), mass("two", None)], launchers).mass is None
