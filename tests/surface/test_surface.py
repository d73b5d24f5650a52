"""The figures that were reached stay reached."""

from tests.surface.__main__ import QUICK, measured


async def test_the_commands_are_few_and_a_stranger_is_offered_two() -> None:
    found = await measured(QUICK)

    assert found["roots"] <= 16
    assert found["offered_to_stranger"] == 2
    assert found["offered_to_owner"] == found["commands"]
    assert found["untranslated"] == 0
