"""What a scrape says of the installation, and what it says when nobody knows."""

import math
import platform
from dataclasses import dataclass
from pathlib import Path

from bot.engine.metrics import BridgeMetrics
from bot.features.operations.backup.watch import BackupWatch
from bot.features.operations.metrics.service import LiveFigures
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.operations import fanvue_drift
from storage.operations.fanvue_drift import FanvueDrift
from tests.database_place import database_in

NOW = 90_000


@dataclass(frozen=True)
class ScrapeClock:
    """It is always the same time."""

    def now(self) -> int:
        return NOW


def figures_of(database: Database, folder: Path) -> LiveFigures:
    clock = ScrapeClock()
    metrics = BridgeMetrics()
    metrics.built("1.2.3")
    return LiveFigures(metrics, database, clock, BackupWatch(folder, clock))


async def read(figures: LiveFigures, **checks: bool) -> dict[str, float]:
    text, content_type = await figures.text(checks)
    assert content_type.startswith("text/plain; version=")
    lines = (line.rsplit(" ", 1) for line in text.decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


async def somebody_waits(tx: Transaction) -> None:
    await tx.execute("INSERT INTO creators VALUES ('c', 'luna', 'Luna', 1)")
    await tx.execute(
        """INSERT INTO links (id, creator_uuid, discord_user, guild_id, generation, state, scopes, handle,
                              created_at) VALUES ('l', 'c', 1, 1, 1, 'active', '', 'luna', 1)"""
    )
    await tx.execute(
        """INSERT INTO talks (creator_uuid, fan_uuid, state, waiting_since, version)
           VALUES ('c', 'f', 'open', 30000, 1)"""
    )


async def test_a_scrape_says_how_long_the_first_fan_waits(tmp_path: Path) -> None:
    database = await open_database(database_in(tmp_path), now=0)
    figures = figures_of(database, tmp_path)
    before = await read(figures)
    await database.write(somebody_waits)
    after = await read(figures, backups=True, clock=False)
    await database.close()

    assert before["bridge_oldest_waiting_fan_seconds"] == 0
    assert before["bridge_token_end_timestamp_seconds"] == 0
    assert after["bridge_oldest_waiting_fan_seconds"] == 60
    assert after["bridge_database_bytes"] > 50_000
    assert after['bridge_check_failed{check="backups"}'] == 1
    assert after['bridge_check_failed{check="clock"}'] == 0
    said = f'bridge_build_info{{python="{platform.python_version()}",version="1.2.3"}}'
    assert after[said] == 1


async def test_what_was_new_in_fanvues_answers_is_counted_from_the_database(tmp_path: Path) -> None:
    database = await open_database(database_in(tmp_path), now=0)
    figures = figures_of(database, tmp_path)
    before = await read(figures)
    for operation, kind, what in (
        ("chats", "word", "type: A"),
        ("chats", "word", "type: B"),
        ("me", "field", "x"),
    ):
        new = FanvueDrift(operation, kind, what, NOW, "2025-06-26")
        await database.write(lambda tx, new=new: fanvue_drift.add(tx, new))  # type: ignore[misc]
    after = await read(figures)
    failing = await read(figures, database=True)
    await database.close()

    counted = {
        'bridge_fanvue_drift_total{kind="word",operation="chats"}': 2.0,
        'bridge_fanvue_drift_total{kind="field",operation="me"}': 1.0,
    }
    assert not counted.keys() & before.keys()
    for found in (after, failing):  # a counter does not go back while nobody can look
        assert {name: found[name] for name in found if "fanvue_drift" in name} == counted


async def test_of_a_database_that_cannot_be_read_no_old_figure_stays(tmp_path: Path) -> None:
    database = await open_database(database_in(tmp_path), now=0)
    figures = figures_of(database, tmp_path)
    await database.write(somebody_waits)
    await read(figures)
    failing = await read(figures, database=True)
    await database.close()
    closed = await read(figures)

    for found in (failing, closed):
        assert math.isnan(found["bridge_oldest_waiting_fan_seconds"])
        assert math.isnan(found["bridge_sign_ins_ended"])
        assert found["bridge_gateway_up"] == 0
