"""Resident memory of the real program with ten thousand and with a million fans known.

    python -m benchmarks.memory [--json] [--fans N,N,...]

Each fan has an open thread and one message that was shown. Memory is read when the program is ready, and
once more after it has worked: 300 webhooks of fans spread over all of them, whose threads Discord no longer
has, so that each is opened anew.
"""

import argparse
import asyncio
import json
import sqlite3
import sys
import tempfile
from pathlib import Path

from benchmarks.webhooks import send
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged

_FILL = """
INSERT INTO fans (creator_uuid, fan_uuid, handle, display_name, first_seen, handle_folded, name_folded)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :fans)
SELECT :creator, printf('3b6a2c9e-54c1-4d1a-8e57-%012d', i), 'fan-' || i, 'Fan ' || i, 1, 'fan-' || i,
       'fan ' || i
FROM n;
INSERT INTO threads (thread_key, creator_uuid, fan_uuid, generation, guild_id, forum_id, thread_id, card_id,
                     reference, state)
SELECT 'key-' || rowid, creator_uuid, fan_uuid, 1, :guild, :forum, rowid, rowid, 'reference-' || rowid, 'open'
FROM fans;
INSERT INTO messages (creator_uuid, fan_uuid, message_uuid, direction, sent_at, channel_id,
                      discord_message_id)
SELECT creator_uuid, fan_uuid, 'message-' || rowid, 'in', 1, rowid, rowid FROM fans
"""


def fill(path: Path, creator: str, guild: int, fans: int) -> None:
    """Have so many fans be known, by SQLite alone: a million one by one would take an hour."""
    connection = sqlite3.connect(path)
    try:
        (forum,) = connection.execute("SELECT forum_id FROM forums LIMIT 1").fetchone()
        for statement in _FILL.split(";"):
            connection.execute(statement, {"fans": fans, "creator": creator, "guild": guild, "forum": forum})
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def resident(stage: DemoStage) -> float:
    """MiB that the program holds now."""
    process = stage.bridge._process  # noqa: SLF001 - nobody else asks for its number
    assert process is not None
    status = Path(f"/proc/{process.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return round(int(line.split()[1]) / 1024, 1)


async def measure(folder: Path, fans: int) -> dict[str, float]:
    """One database, one process."""
    async with staged(folder, speed=1.0, seed=7) as stage:
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        await stage.bridge.stop()
        path = folder / "bridge.sqlite3"
        fill(path, stage.creator.uuid, stage.guild.id, fans)
        await stage.bridge.start()
        ready = resident(stage)
        url = f"{stage.public_url}/webhooks/fanvue"
        await send(
            url, WEBHOOK_SECRET, stage.creator.uuid, rate=50, seconds=6, fans=fans, stride=fans // 300 + 1
        )
        worked = resident(stage)
    return {
        "fans": fans,
        "ready_mib": ready,
        "worked_mib": worked,
        "database_mib": round(path.stat().st_size / 2**20, 1),
    }


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--fans", default="10000,1000000", help="how many are known, one run for each")
    options = parser.parse_args()
    found = []
    for fans in map(int, options.fans.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            found.append(asyncio.run(measure(Path(folder), fans)))
    for figures in found:
        figures["ratio"] = round(figures["worked_mib"] / found[0]["worked_mib"], 2)
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for figures in found:
        sys.stdout.write("  ".join(f"{name} {figure}" for name, figure in figures.items()) + "\n")


if __name__ == "__main__":
    main()
