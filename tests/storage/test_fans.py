"""Fans: learnt bit by bit, found by the beginning of a name."""

import pytest

from storage.database import Database
from storage.inbox import fans
from storage.records import CreatorId, FanId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN, a_fan, fan_record
from tests.storage.row_fixtures import REFUSALS


async def test_what_is_newly_told_is_taken_over_and_none_erases_nothing(known: Database) -> None:
    await known.write(lambda tx: fans.learn(tx, fan_record(handle="kim", first_seen=900)))
    learnt = await known.write(
        lambda tx: fans.learn(tx, fan_record(display_name="Kim", status="subscriber", first_seen=2000))
    )
    renamed = await known.write(lambda tx: fans.learn(tx, fan_record(handle="kim2", first_seen=2000)))

    assert learnt == fan_record(handle="kim", display_name="Kim", status="subscriber", first_seen=900)
    assert renamed == fan_record(handle="kim2", display_name="Kim", status="subscriber", first_seen=900)
    assert await known.read(lambda tx: fans.get(tx, CREATOR, FAN)) == renamed


async def test_one_person_is_a_fan_of_each_creator_apart(known: Database) -> None:
    await a_fan(known, OTHER_CREATOR, FAN, handle="there")

    assert await known.read(lambda tx: fans.get(tx, CREATOR, FAN)) == fan_record()
    assert await known.read(lambda tx: fans.get(tx, CREATOR, OTHER_FAN)) is None


async def test_a_fan_of_an_unknown_creator_is_refused(known: Database) -> None:
    with pytest.raises(REFUSALS):
        await known.write(lambda tx: fans.learn(tx, fan_record(creator=CreatorId("nobody"))))


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        pytest.param("an", ["anna", "anton"], id="handles in order"),
        pytest.param("ANN", ["anna"], id="whatever the case"),
        pytest.param("zo", ["zoé"], id="display name"),
        pytest.param("ZOÉ", ["zoé"], id="case outside ASCII"),
        pytest.param("emma", ["fancy"], id="look-alike letters"),
        pytest.param("%", [], id="a percent sign is itself"),
        pytest.param("_", ["_under"], id="an underscore is itself"),
        pytest.param("a_", [], id="an underscore inside is itself"),
        pytest.param("\\", ["back"], id="a backslash is itself"),
        pytest.param("nna", [], id="only the beginning"),
        pytest.param("", ["_under", "anna", "anton", "back"], id="nothing typed yet, up to the limit"),
    ],
)
async def test_a_search_finds_names_that_begin_so(known: Database, prefix: str, found: list[str]) -> None:
    await known.write(lambda tx: tx.execute("DELETE FROM fans"))
    names = {
        "anna": ("Anna", "A"),
        "anton": ("anton", None),
        "zoé": ("x9", "Zoé"),
        "fancy": ("x8", "𝓔𝓶𝓶𝓪"),
        "_under": ("_under", None),
        "back": ("b", "\\back"),
    }
    for fan, (handle, name) in names.items():
        await a_fan(known, CREATOR, FanId(fan), handle=handle, display_name=name)  # type: ignore[arg-type]
    await a_fan(known, OTHER_CREATOR, FanId("elsewhere"), handle="anna")

    answer = await known.read(lambda tx: fans.search(tx, CREATOR, prefix, 4))
    assert [fan.id for fan in answer] == found
