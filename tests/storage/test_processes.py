"""Several processes and sudden ends: second owner, kill, cancelled close."""

import asyncio
import os
import signal
from pathlib import Path

from storage.engine.connect import open_database
from tests.warm_commands import PIPE, StartedProgram, start_program

_ROOT = Path(__file__).parents[2]
_LIMIT = 30.0  # seconds; reached only when a test fails


async def start(deed: str, url: str) -> StartedProgram:
    return await start_program(
        *("tests.storage.writer_process", deed, url),
        cwd=_ROOT,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        warned="error",
    )


async def line_of(process: StartedProgram) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(_LIMIT):
        return (await process.stdout.readline()).decode()


async def end_of(process: StartedProgram) -> tuple[list[str], str]:
    async with asyncio.timeout(_LIMIT):
        out, err = await process.communicate(b"")  # which also ends its stdin
    return out.decode().splitlines(keepends=True), err.decode()


async def test_a_kill_loses_no_row_that_was_acknowledged(url: str) -> None:
    promised: list[str] = []

    for _ in range(3):
        process = await start("write", url)
        lines = [await line_of(process) for _ in range(100)]
        os.kill(process.pid, signal.SIGKILL)
        rest, errors = await end_of(process)
        assert errors == ""
        promised += [line.strip() for line in lines + rest if line.endswith("\n")]

    database = await open_database(url, now=0)
    rows = await database.read(lambda tx: tx.all("SELECT id FROM inbox"))
    whole = await database.read(lambda tx: tx.one("PRAGMA integrity_check")) if "sqlite" in url else None
    await database.close()
    assert len(promised) >= 300
    assert set(promised) - {row["id"] for row in rows} == set()
    assert whole in (None, {"integrity_check": "ok"})


async def test_a_second_process_is_refused_and_may_follow(url: str) -> None:
    first = await start("hold", url)
    assert await line_of(first) == "open\n"

    second = await start("hold", url)
    said, _ = await end_of(second)
    os.kill(first.pid, signal.SIGKILL)
    await end_of(first)
    third = await start("hold", url)

    assert said[0].startswith(f"Another process (number {first.pid}")
    assert await line_of(third) == "open\n"
    await end_of(third)


async def test_a_process_ends_after_a_cancelled_close(url: str) -> None:
    process = await start("hold", url)

    said, errors = await end_of(process)

    assert said == ["open\n", "cancelled\n"]
    assert errors == ""
    assert process.returncode == 0
