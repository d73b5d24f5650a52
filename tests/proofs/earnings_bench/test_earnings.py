"""A small ledger is filled and asked: the sums are those of its rows."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from benchmarks.earnings.__main__ import growth, holds
from benchmarks.earnings.ledger_filling import filled
from benchmarks.earnings.ledger_questions import income, measured
from bot.access.roles import MoneyView
from bot.engine.pseudonyms import Pseudonyms
from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.database import Database
from storage.engine.connect import open_database
from tests.database_place import database_in

NAMES = Pseudonyms(sealer=Keyring([MasterKey("test", b"k" * 32)]), random=bytes)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(database_in(tmp_path), now=0)
    yield opened
    await opened.close()


async def test_every_question_is_measured(database: Database) -> None:
    found = await measured(database, NAMES, 500)

    assert found["rows"] == 500
    assert {name.removesuffix("_longest_ms") for name in found if name.endswith("_longest_ms")} == {
        *("today", "month", "year_compared", "three_years", "best_hours", "top_fans", "top_fans_month"),
        "all_of_five",
    }


async def test_what_is_measured_are_the_real_answers(database: Database) -> None:
    one = await filled(database, NAMES, 500)
    rows = await database.read(lambda tx: tx.one("SELECT SUM(gross) AS gross FROM earnings"))
    assert rows is not None
    answers = income(database, NAMES).answers

    post, picture = await answers.earnings(one.link, "last 3 years", MoneyView.EXACT)
    top = await answers.top(one.link, "last 3 years", MoneyView.EXACT)

    told_live = 123  # one payment, not listed yet
    assert f"Gross **${(rows['gross'] + told_live) / 100:,.2f}**" in post.body[0]
    assert picture is not None
    assert top.body[0].startswith("1. Fan ")


def test_one_answer_over_a_second_is_a_failure() -> None:
    pictures = {"longest_after_ms": 299.0}
    fast, slow = (
        {"rows": 1.0, "today_processor_ms": 1.0, "today_longest_ms": longest} for longest in (999.0, 1000.0)
    )

    assert holds({"pictures": pictures, "sizes": [fast, fast]})
    assert not holds({"pictures": pictures, "sizes": [fast, slow]})
    assert not holds({"pictures": {"longest_after_ms": 300.0}, "sizes": [fast]})
    assert growth([fast, slow | {"today_processor_ms": 3.0}])["today"] == 3.0
