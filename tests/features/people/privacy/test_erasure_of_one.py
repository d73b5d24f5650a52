"""Of two creators on two servers one is erased, and the other goes on as before."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from bot.sandbox import patience
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.program import until
from tests.proofs.soak.creator_setup import open_house
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario, built

PATIENCE = patience.SECONDS


async def lives(town: SoakScenario, house: SoakCreator) -> StandInChannel:
    """Set up and linked; her fan has written, and a member has answered."""
    await open_house(town, house)
    (fan,) = house.fans
    await fan.write(f"hello from number {house.number}")
    world = town.discord.world
    await world.until(lambda: town.thread_of(house, fan) is not None, PATIENCE)
    thread = town.thread_of(house, fan)
    assert thread is not None
    await world.until(lambda: "hello from" in shown(town, thread), PATIENCE)
    answer = await house.members[0].slash(house.guild, thread, "reply", text=f"answer {house.number}")
    await answer.done(PATIENCE)
    await world.until(lambda: "✓ Sent" in shown(town, thread), PATIENCE)
    return thread


def shown(town: SoakScenario, thread: StandInChannel) -> str:
    return " ".join(message.text for message in town.discord.world.messages.get(thread.id, {}).values())


def rows_of(folder: Path, creator: str) -> Mapping[str, set[tuple[object, ...]]]:
    """The primary keys of every row about a creator, by table."""
    found = {}
    with closing(sqlite3.connect(folder / "bridge.sqlite3")) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            told = connection.execute(f"PRAGMA table_info({table})").fetchall()
            keys = ", ".join(column[1] for column in told if column[5])
            if "creator_uuid" in {column[1] for column in told}:
                query = f"SELECT {keys} FROM {table} WHERE creator_uuid = ?"  # noqa: S608 - names of tables
                found[table] = set(connection.execute(query, (creator,)).fetchall())
    return found


async def erase(house: SoakCreator) -> None:
    question = await house.owner.slash(house.guild, house.lobby, "settings privacy erase")
    await question.done(PATIENCE)
    window = await house.owner.click(question.message, "Erase everything…")
    await window.opened(PATIENCE)
    await (await house.owner.submit(window, {"text": house.creator.handle})).done(PATIENCE)


async def test_the_other_creator_keeps_every_row_and_goes_on(tmp_path: Path) -> None:
    async with built(tmp_path, speed=20.0, seed=5, houses=2, fans=1) as town:
        town.discord.world.speed = 1.0
        town.discord.limits.enabled = False
        await town.bridge.start()
        one, other = town.houses
        await lives(town, one)
        thread = await lives(town, other)
        uuid, others = str(one.creator.uuid), str(other.creator.uuid)
        before = rows_of(tmp_path, others)

        await erase(one)

        async def erased() -> bool:
            return not rows_of(tmp_path, uuid)["creators"]

        await until(erased, PATIENCE)
        after = rows_of(tmp_path, others)
        await other.fans[0].write("and once more")
        await town.discord.world.until(lambda: "and once more" in shown(town, thread), PATIENCE)

    left = {table for table, rows in rows_of(tmp_path, uuid).items() if rows}
    assert left <= {"audit", "payments"}
    assert len([table for table, rows in before.items() if rows]) > 10
    assert {table: rows - after[table] for table, rows in before.items() if rows - after[table]} == {}
