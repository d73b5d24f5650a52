"""Each wrong entry is answered with its cure, and a wrong value is not kept."""

from pathlib import Path

import pytest

from bot.features.operations.installation.model import AnswerVerdict
from bot.features.operations.installation.questions import BY_NAME
from tests.newcomer.desk import ORDER, NewcomerDesk, desk
from tests.newcomer.wrong_entries import WRONG_ENTRIES, WrongEntry


async def filled(made: NewcomerDesk, *names: str) -> None:
    """These questions answered rightly, in a setup that is then left."""
    setup = made.setup()
    await setup.begin()
    for name in names:
        found = await setup.answer(name, made.right[name])
        assert found.good, (name, found)


@pytest.mark.parametrize("entry", WRONG_ENTRIES, ids=lambda entry: entry.name)
async def test_a_wrong_entry_is_named_with_its_cure(entry: WrongEntry, tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        last = ORDER.index(entry.field) + (entry.name == "token of another app")
        await filled(made, *ORDER[:last])
        typed = await entry.typed(made)
        was = made.kept()
        setup = made.setup()
        await setup.begin()

        found = await setup.answer(entry.field, typed)

        assert entry.says in found.says
        assert entry.cure in found.do
        assert len(found.says) <= 160
        assert found.verdict is (AnswerVerdict.FIRST if entry.kept else AnswerVerdict.WRONG)
        assert (typed in made.kept()) == entry.kept or typed in was
        assert not setup.overview().ready
        if BY_NAME[entry.field].secret:
            assert typed not in f"{setup.overview()}{found}"
