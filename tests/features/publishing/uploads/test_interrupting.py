"""`media upload`: stopped by Ctrl-C in the middle, resumed by the same command."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.cli import media_upload
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged
from tests.architecture.source_tree import TOP
from tests.cli.test_cli import call
from tests.database_place import settings_in
from tests.features.people.accounts.accounts_fixtures import seeded
from tests.features.publishing.uploads.uploads_scenario import PART, tags
from tests.warm_bridge import WarmProgram
from tests.warm_commands import PIPE, StartedProgram, start_program

UUID = re.compile(r"[0-9a-f-]{36}")


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[DemoStage]:
    """Luna's house; a part has 1,000 bytes."""
    async with staged(folder, WarmProgram, speed=4.0, seed=7, **settings_in(folder)) as stage:
        await EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None).open_house()
        stage.fanvue.switches.upload_part_bytes = PART
        yield stage
        assert stage.fanvue.contract_errors == []


async def begun(stage: DemoStage, *words: str) -> StartedProgram:
    """The command line as a process of its own, beside the bridge."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | {"PYTHONPATH": str(TOP)} | stage.bridge._settings
    return await start_program("bot", *words, env=environment, stdout=PIPE, stderr=PIPE)


async def test_ctrl_c_exits_130_says_how_to_go_on_and_the_same_command_does(tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    path.write_bytes(seeded().randbytes(4 * PART))
    async with opened(tmp_path) as stage:
        fanvue, words = stage.fanvue, ("media", "upload", str(path), "--creator", stage.creator.handle)
        fanvue.faults.add("error_before", "PUT", r"/_parts/.*/3$", count=None, status=503)
        process = await begun(stage, *words)
        assert process.stderr is not None
        said = ""
        while "50 %" not in said:
            said += (await process.stderr.readline()).decode()
        process.send_signal(signal.SIGINT)
        _out, rest = await process.communicate()
        unfinished = [one.finished for one in fanvue.world.uploads.values()]
        fanvue.faults.clear()
        done = await asyncio.to_thread(call, *words, cwd=tmp_path, **stage.bridge._settings)
        (upload,) = fanvue.world.uploads.values()

        assert (process.returncode, rest.decode().splitlines()[-1]) == (130, media_upload.GOES_ON)
        assert (unfinished, done.returncode) == ([False], 0)
        assert UUID.findall(done.stdout) == [upload.media]
        assert [part.etag for _number, part in sorted(upload.parts.items())] == tags(path)
        assert [entry["number"] for entry in fanvue.ledger.of("part")] == [1, 2, 3, 4]


async def test_a_folder_that_is_named_gets_it_also_where_it_was_uploaded_before(tmp_path: Path) -> None:
    path = tmp_path / "one.jpg"
    path.write_bytes(seeded().randbytes(500))
    async with opened(tmp_path) as stage:
        words = ("media", "upload", str(path), "--creator", stage.creator.handle)
        first = await asyncio.to_thread(call, *words, cwd=tmp_path, **stage.bridge._settings)
        folder = stage.fanvue.world.add_folder(stage.creator, "Summer")
        filed = await asyncio.to_thread(
            call, *words, "--folder", "Summer", cwd=tmp_path, **stage.bridge._settings
        )
        none = await asyncio.to_thread(
            call, *words, "--folder", "Winter", cwd=tmp_path, **stage.bridge._settings
        )

        assert UUID.findall(first.stdout) == UUID.findall(filed.stdout) == [str(one) for one in folder.media]
        assert len(stage.fanvue.world.uploads) == 1
        assert "It is not in the folder: Fanvue has none with this name, or did not accept it" in none.stderr
