"""Named places to die at: exact when armed, not there when not."""

from pathlib import Path

import pytest

from bot.engine.failpoints import ARM, KILLED, SEEN, Failpoints, from_environment
from storage.database import Transaction
from storage.engine.connect import open_database
from tests.database_place import with_schema


class FailpointDeath(BaseException):
    """What stands for the end of the process here."""


def dead(code: int) -> None:
    """End the process, as far as a test lets it."""
    raise FailpointDeath(code)


class FailpointHolder:
    """Something with a deed."""

    label = "front"

    def __init__(self) -> None:
        self.knocks: list[str] = []

    async def knock(self, who: str) -> str:
        self.knocks.append(who)
        return f"come in, {who}"


async def test_it_dies_before_the_deed_and_the_deed_is_not_done() -> None:
    door = FailpointHolder()
    points = Failpoints(name="door/knock/before", die=dead)

    with pytest.raises(FailpointDeath) as died:
        await points.around("door", door).knock("Ada")

    assert died.value.args == (KILLED,)
    assert door.knocks == []


async def test_it_dies_after_the_deed_and_nobody_gets_its_answer() -> None:
    door = FailpointHolder()
    points = Failpoints(name="door/knock/after", die=dead)

    with pytest.raises(FailpointDeath):
        await points.around("door", door).knock("Ada")

    assert door.knocks == ["Ada"]


async def test_it_dies_the_nth_time_only() -> None:
    door = Failpoints(name="door/knock/after", nth=2, die=dead).around("door", FailpointHolder())

    assert await door.knock("Ada") == "come in, Ada"
    with pytest.raises(FailpointDeath):
        await door.knock("Ada")
    assert door.label == "front"


def test_off_everything_is_itself() -> None:
    door, points = FailpointHolder(), from_environment({})

    assert points.around("door", door) is door
    assert points.around_each("doors", {"one": door})["one"] is door
    points.hit("door/knock/before")


async def test_every_place_that_is_reached_is_told_once(tmp_path: Path) -> None:
    points = from_environment({SEEN: str(tmp_path / "seen")})
    door = points.around_each("doors", {"front": FailpointHolder()})["front"]

    await door.knock("Ada")
    await door.knock("Ada")

    told = (tmp_path / "seen").read_text(encoding="utf-8").split()
    assert told == ["doors.front/knock/before", "doors.front/knock/after"]


def test_the_environment_names_the_place_and_how_often(tmp_path: Path) -> None:
    points = from_environment({ARM: "door/knock/after:3"})

    for _ in range(2):
        points.hit("door/knock/after")
    assert points.around("door", 1) != 1


@pytest.mark.parametrize(("place", "kept"), [("before", None), ("after", "kept")])
async def test_before_a_commit_nothing_is_stored_and_after_it_all_is(
    tmp_path: Path, place: str, kept: str | None
) -> None:
    database = await open_database(with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3"), now=0)
    points = Failpoints(name=f"commit/test_failpoints.remember/{place}", die=dead)

    with pytest.raises(FailpointDeath):
        await points.around_commits(database).write(remember)

    row = await database.read(recall)
    await database.close()
    assert row == kept


async def remember(tx: Transaction) -> None:
    """Store one row."""
    await tx.execute("INSERT INTO kept (name, value) VALUES ('one', 'kept')")


async def recall(tx: Transaction) -> str | None:
    """Read it back."""
    row = await tx.one("SELECT value FROM kept WHERE name = 'one'")
    return row["value"] if row else None
