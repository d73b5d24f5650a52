"""The bridge on a PostgreSQL server that is not always there."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests import postgres
from tests.database_place import settings_in
from tests.journeys.test_replying import thread_with
from tests.journeys.test_stopping import said
from tests.warm_bridge import WarmProgram

pytestmark = pytest.mark.server


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[EveningPlay]:
    """Luna has linked her account, and the bridge remembers on a server."""
    with postgres.emptied() as url:
        more = settings_in(tmp_path) | {"DATABASE_URL": url}
        async with staged(tmp_path, WarmProgram, speed=4.0, seed=7, **more) as stage:
            play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)
            await play.open_house()
            yield play


def at(play: EveningPlay) -> psycopg.Connection:
    """A connection of the test's own to the bridge's database."""
    return psycopg.connect(play.stage.bridge._settings["DATABASE_URL"], autocommit=True)


async def test_a_bridge_goes_on_when_all_of_its_connections_were_ended(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    await fan.write("before")
    thread = await thread_with(play, "sam_k", "before")
    with at(play) as connection:
        ended = connection.execute(
            """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
               WHERE datname = current_database() AND starts_with(application_name, 'fanvue-bridge')"""
        ).fetchall()

    await fan.write("after")
    await thread_with(play, "sam_k", "after")

    assert len(ended) == 4
    assert play.stage.bridge.state == "running"
    assert [said(play, thread, words) for words in ("before", "after")] == [1, 1]


async def test_a_bridge_whose_database_was_taken_ends_with_75(play: EveningPlay) -> None:
    process = play.stage.bridge._process
    assert process is not None
    with at(play) as connection:
        connection.execute("UPDATE bridge_owner SET token = 'of another process'")

    async with asyncio.timeout(20):
        code = await process.wait()

    assert code == 75
    assert "Another process has used this database" in play.stage.bridge.last_words()
