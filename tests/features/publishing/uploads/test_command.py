"""`media upload`: beside a running bridge, through its death, refused in words."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.cli import media_upload
from bot.sandbox import witness
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from bot.settings.loader import load
from tests.cli.test_cli import alone, call
from tests.database_place import settings_in
from tests.features.people.accounts.accounts_fixtures import seeded
from tests.features.publishing.uploads.uploads_scenario import PART, tags
from tests.settings.test_settings import WHOLE
from tests.warm_bridge import WarmProgram
from tests.warm_commands import PIPE, start_program

UUID = re.compile(r"[0-9a-f-]{36}")


async def test_a_file_goes_up_although_the_bridge_is_killed_half_way(tmp_path: Path) -> None:
    path = tmp_path / "secret-beach.mp4"
    path.write_bytes(seeded().randbytes(6 * PART))
    witness.note("name", "secret-beach")
    async with staged(tmp_path, WarmProgram, speed=4.0, seed=7, **settings_in(tmp_path)) as stage:
        await EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None).open_house()
        fanvue, words = stage.fanvue, ["media", "upload", str(path), "--creator", "@" + stage.creator.handle]
        fanvue.switches.upload_part_bytes = PART
        fanvue.faults.add("error_before", "PUT", r"/_parts/.*/4$", count=None, status=503)

        environment = alone(**stage.bridge._settings)
        watching = await start_program("bot", *words, cwd=tmp_path, env=environment, stdout=PIPE, stderr=PIPE)
        shown = await until_it_says(watching.stderr, "50 % (3 of 6 parts)")
        await stage.bridge.kill()
        fanvue.faults.clear()
        refused = await asyncio.to_thread(call, *words, cwd=tmp_path, **stage.bridge._settings)
        await stage.bridge.start()
        out, _ = await watching.communicate()
        again = await asyncio.to_thread(call, *words, cwd=tmp_path, **stage.bridge._settings)

        (upload,) = fanvue.world.uploads.values()
        assert (watching.returncode, again.returncode) == (0, 0), shown
        assert UUID.findall(out.decode()) == [upload.media] == UUID.findall(again.stdout)
        assert [part.etag for _number, part in sorted(upload.parts.items())] == tags(path)
        assert [entry["number"] for entry in fanvue.ledger.of("part")] == [1, 2, 3, 4, 5, 6]
        assert "was already in the vault" in again.stderr
        assert (refused.returncode, refused.stderr.strip()) == (75, media_upload.NO_BRIDGE)


async def until_it_says(stream: asyncio.StreamReader | None, words: str) -> list[str]:
    """What a program has said by then, line by line."""
    assert stream is not None
    said = [""]
    async with asyncio.timeout(20.0):
        while words not in said[-1]:
            line = await stream.readline()
            assert line, said
            said.append(line.decode())
    return said


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("empty.mp4", 0, "This file is empty, so there is nothing to upload."),
        (
            "long.mp4",
            1_610_612_737,
            "This file has 1,610,612,737 bytes, and Fanvue takes at most 1,610,612,736",
        ),
        ("notes.zip", 5, "Fanvue's vault does not take this kind of file. Pictures, videos, audio and PDF"),
    ],
)
def test_a_file_that_cannot_go_up_is_refused_before_the_others(
    tmp_path: Path, name: str, size: int, said: str
) -> None:
    good, bad = tmp_path / "good.jpg", tmp_path / name
    good.write_bytes(b"picture")
    with bad.open("wb") as file:
        file.truncate(size)  # it takes no room
    settings = load(WHOLE | {"DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3"}, None)
    code, told = media_upload.upload(settings, [good, bad], creator="luna", say=lambda _line: None)

    assert (code, said in told, told.endswith("Not uploaded.")) == (1, True, True)


def test_one_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    settings = load(WHOLE | {"DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3"}, None)
    gone = media_upload.upload(settings, [tmp_path / "x.mp4"], creator="luna", say=lambda _line: None)
    folder = media_upload.upload(settings, [tmp_path], creator="luna", say=lambda _line: None)

    assert gone == (1, f"{tmp_path}/x.mp4 can't be read: “No such file or directory”. Not uploaded.")
    assert folder == (1, f"{tmp_path} is not a file. Name files one by one. Not uploaded.")
