"""How soon the real program is ready again with much work pending, and with none.

    python -m benchmarks.restart [--json] [--rows N] [--fans N]

The bridge is stopped while N lines wait to be posted for many fans whose threads are not made yet, as
after a long outage of Discord. Then it is started as a process of its own between both stand-ins, and
`/readyz` is asked until it says yes. Ready with pending work must take 10 s at most.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bot.app import maintenance
from bot.engine.clock import SystemClock, SystemIds
from bot.engine.dispatch import InProcessDriver
from bot.engine.outbox import Effects
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.audit.chain import open_trail
from bot.model.events import FanWrote, Person
from bot.relay.lines import add_lines
from bot.relay.threads import ThreadOpener
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged
from bot.settings.loader import load
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.engine.signed_database import SignedDatabase
from storage.inbox import fans, forums
from storage.records import CreatorId, Fan, FanId, FanvueMessageId

LIMIT = 10.0
_AT_ONCE = 1000  # rows in one transaction while the work is made


async def measure(folder: Path, rows: int, people: int) -> dict[str, float]:
    """Both starts, one after the other, on one database."""
    async with staged(folder, speed=1.0, seed=7) as stage:
        play = EveningPlay(stage, _no_pause, lambda _words: None)
        await play.open_house()
        await stage.bridge.stop()
        empty = await _start(stage)
        await stage.bridge.stop()
        pending = await _fill(stage, rows, people)
        full = await _start(stage)
        began = time.monotonic()
        posted = await stage.discord.world.until(lambda: _lines(stage) > 0, 60.0)
        first = time.monotonic() - began if posted else float("inf")
        code = await stage.bridge.stop()
    return {
        "pending": pending,
        "ready_s": round(full, 2),
        "ready_without_work_s": round(empty, 2),
        "ratio": round(full / empty, 2),
        "first_line_after_ready_s": round(first, 2),
        "limit_s": LIMIT,
        "stop_code": -1 if code is None else code,
    }


async def _start(stage: DemoStage) -> float:
    began = time.monotonic()
    await stage.bridge.start()
    return time.monotonic() - began


def _lines(stage: DemoStage) -> int:
    world = stage.discord.world
    return sum(len(world.messages[thread.id]) - 1 for thread in world.threads(stage.guild.id))


async def _fill(stage: DemoStage, rows: int, people: int) -> int:
    """Have so many lines wait, made by the bridge's own code; how many effects that are in all."""
    settings = load(stage.bridge._settings)  # noqa: SLF001 - a stage has no other use for them
    keyring = keyring_of(settings)
    database = SignedDatabase(await open_database(settings.database_url, now=0), RightsSigner(keyring))
    clock = SystemClock()
    derived = await maintenance.derived_ids(database, keyring, SystemIds())
    trail = await open_trail(database, keyring, random=os.urandom, clock=clock, ids=SystemIds())
    effects = Effects(
        sealer=keyring, dispatch=InProcessDriver(clock=clock), clock=clock, ids=derived, trail=trail
    )
    opener = ThreadOpener(effects=effects)
    try:
        events = _events(CreatorId(stage.creator.uuid), rows, people, clock.now())
        while batch := list(islice(events, _AT_ONCE)):
            await _write(database, effects, opener, batch)
        row = await database.read(
            lambda tx: tx.one("SELECT COUNT(*) AS pending FROM outbox WHERE state = 'pending'")
        )
    finally:
        await database.close()
    return int(row["pending"]) if row else 0


async def _write(database: Database, effects: Effects, opener: ThreadOpener, batch: list[FanWrote]) -> None:
    async def work(tx: Transaction) -> None:
        forum = await forums.of_creator(tx, batch[0].creator)
        assert forum is not None
        for event in batch:
            person = event.fan
            await fans.learn(
                tx, Fan(event.creator, person.id, person.handle, person.display_name, None, event.at)
            )
            await opener.ensure(tx, event.creator, person.id, forum, at=event.at)
            await add_lines(tx, effects, event, event.message)

    await database.write(work)


def _events(creator: CreatorId, rows: int, people: int, now: int) -> Iterator[FanWrote]:
    for number in range(rows):
        who = number % people
        fan = Person(FanId(f"00000000-0000-4000-8000-{who:012d}"), f"fan{who}", f"Fan {who}")
        message = FanvueMessageId(f"pending-{number}")
        yield FanWrote(creator, fan, message, now + number, f"line {number}", complete=True)


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.restart", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--rows", type=int, default=100_000, help="lines that wait")
    parser.add_argument("--fans", type=int, default=1000, help="fans whom they are from")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(Path(folder), options.rows, options.fans))
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.write("\n".join(f"{name:<26} {value}" for name, value in found.items()) + "\n")
    return 0 if found["ready_s"] <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
