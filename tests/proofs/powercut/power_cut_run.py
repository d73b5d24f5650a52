"""Cuts the power at many points of one record and opens what is left."""

import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.engine.epochs import EpochFile, begin_run
from storage.errors import StorageError
from tests.audit_log_fixtures import note_restored
from tests.progress import Say, silent
from tests.proofs.powercut.disk_model import DiskModel
from tests.proofs.powercut.disk_recording import DiskOperation, record
from tests.proofs.powercut.writer_process import ACKNOWLEDGED, DATABASE, body

_RANK = {"pending": 0, "sending": 1, "done": 2}
_SHM = 32768


@dataclass(frozen=True)
class PowerCutFindings:
    """What all cuts together did to rows that had been acknowledged, and to the file."""

    cuts: int
    acknowledged: int
    lost: int
    corrupt: int
    first: str  # the first thing that was wrong, for a person


async def cut_often(
    into: Path, synchronous: str, *, facts: int, cuts: int, seed: int, say: Say = silent
) -> PowerCutFindings:
    """Record one run at `synchronous`, and cut it at `cuts` points."""
    ops = record(into, "tests.proofs.powercut.writer_process", synchronous, str(facts))
    compare(ops, into / "files")
    return await replay(ops, into, cuts=cuts, seed=seed, say=say)


async def replay(
    ops: Sequence[DiskOperation], into: Path, *, cuts: int, seed: int, say: Say = silent
) -> PowerCutFindings:
    """Cut what was recorded at `cuts` points, each with its own luck, and open what is left."""
    rng = random.Random(seed)  # noqa: S311 - a seeded proof
    points = sorted(_points(ops, cuts, rng))
    disk, acknowledged, done = DiskModel(), dict[str, str](), 0
    lost, corrupt, first = 0, 0, ""
    for number, point in enumerate(points):
        for op in ops[done:point]:
            disk.apply(op)
            acknowledged.update(_said(op))
        done = point
        missing, wrong = await _open_again(into / f"cut-{number}", disk.survives(rng), acknowledged, rng)
        lost += missing
        corrupt += bool(wrong)
        say(f"{number + 1} of {cuts} cuts")
        if not first and (missing or wrong):
            first = f"cut before operation {point}: {missing} lost; {wrong or 'whole'}"
    return PowerCutFindings(len(points), len(acknowledged), lost, corrupt, first)


def _points(ops: Sequence[DiskOperation], cuts: int, rng: random.Random) -> Iterator[int]:
    """Half of them anywhere, half around the rare things: syncs, names, lengths, checkpoints."""
    wal = {op.file for op in ops if op.kind == "C" and op.data.endswith(b"-wal")}
    said = {op.file for op in ops if op.kind == "C" and op.data == ACKNOWLEDGED.encode()}
    rare = [at for at, op in enumerate(ops) if op.kind != "W" or op.file not in wal | said]
    for number in range(cuts):
        yield rng.randrange(len(ops) + 1) if number % 2 else rng.choice(rare) + rng.randrange(2)


def _said(op: DiskOperation) -> dict[str, str]:
    text = op.data.decode("ascii", "replace") if op.kind == "W" and len(op.data) < 64 else ""
    fact, _, state = text.strip().partition(" ")
    return {fact: state} if fact.startswith("fact-") and state in _RANK else {}


def compare(ops: Sequence[DiskOperation], folder: Path) -> None:
    """Replayed whole, the record must make the very files: else it misses something."""
    disk = DiskModel()
    for op in ops:
        disk.apply(op)
    recorded = disk.everything()
    there = {
        path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(("-shm", ".lock"))
    }
    assert recorded.keys() == there.keys(), (sorted(recorded), sorted(there))
    assert [name for name in there if there[name] != recorded[name]] == []


async def _open_again(
    folder: Path, files: dict[str, bytes], acknowledged: dict[str, str], rng: random.Random
) -> tuple[int, str]:
    """How many acknowledged rows are lost, and what is wrong with the database, if anything."""
    _lay_out(folder, files, rng)
    try:
        states, wrong = await _begin_and_look(folder / DATABASE)
    except (StorageError, sqlite3.Error, LookupError, TypeError, ValueError) as error:
        # The last three: pages that are not of one moment may read as rows that the schema does not allow.
        return len(acknowledged), f"not usable: {error!r}"
    shutil.rmtree(folder)
    missing = [fact for fact, state in acknowledged.items() if _RANK[state] > states.get(fact, -1)]
    return len(missing), wrong


async def _begin_and_look(path: Path) -> tuple[dict[str, int], str]:
    database = await open_database(f"sqlite:///{path}", now=0)
    try:
        states, wrong = await _look(database)
        begun = await begin_run(
            database, EpochFile(path), epoch="after", canary=b"canary", now=0, note=note_restored
        )
        return states, wrong if begun is None else f"{wrong} taken for a restored one"
    finally:
        await database.close()


def _lay_out(folder: Path, files: dict[str, bytes], rng: random.Random) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    if rng.random() < 0.3:
        (folder / f"{DATABASE}-shm").write_bytes(rng.randbytes(_SHM))  # it is worth nothing after a cut


async def _look(database: Database) -> tuple[dict[str, int], str]:
    async def work(tx: Transaction) -> tuple[dict[str, int], str]:
        whole = [row["integrity_check"] for row in await tx.all("PRAGMA integrity_check")]
        facts = {row["id"]: row["body_ct"] for row in await tx.all("SELECT id, body_ct FROM inbox")}
        effects = {row["cause"]: row for row in await tx.all("SELECT cause, state, body_ct FROM outbox")}
        torn = facts.keys() ^ effects.keys()
        changed = (
            [
                fact
                for fact, content in facts.items()
                if content != body(int(fact[5:])) or effects[fact]["body_ct"] != content
            ]
            if not torn
            else []
        )
        wrong = "" if whole == ["ok"] else f"integrity_check: {whole}"
        if torn or changed:
            wrong += f" half transactions: {sorted(torn)}, changed: {changed}"
        return {fact: _RANK[row["state"]] for fact, row in effects.items()}, wrong

    return await database.read(work)
