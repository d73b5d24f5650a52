"""/media upload on Discord: a member's files into the vault, from their chair."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.discord.asking import NOT_HERE
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged
from tests.database_place import settings_in
from tests.features.people.accounts.accounts_fixtures import seeded
from tests.features.publishing.uploads.uploads_scenario import PART
from tests.scenario_fixtures import in_folder
from tests.warm_bridge import WarmProgram

THERE = re.compile("is ready|was already in the vault")  # of each file that the vault has
WITHIN = 20.0


@dataclass
class UploadThreadScenario:
    """Luna's server, with a fan's thread."""

    stage: DemoStage

    async def upload(
        self, *files: tuple[str, bytes], who: DiscordPerson | None = None, **more: Any
    ) -> InteractionAnswer:
        named = dict(zip(("file", *(f"file{number}" for number in range(2, 11))), files, strict=False))
        person = who or self.stage.owner
        answer = await person.slash(self.stage.guild, self.stage.lobby, "media upload", **named, **more)
        await answer.done(WITHIN)
        assert answer.ephemeral
        return answer

    @property
    def begun(self) -> int:
        return len(self.stage.fanvue.world.uploads)


@asynccontextmanager
async def opened(folder: Path, **more: str) -> AsyncIterator[UploadThreadScenario]:
    """Luna's house; a part has 1,000 bytes."""
    async with staged(folder, WarmProgram, speed=4.0, seed=7, **settings_in(folder), **more) as stage:
        await EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None).open_house()
        stage.fanvue.switches.upload_part_bytes = PART
        yield UploadThreadScenario(stage)
        assert (stage.discord.contract_errors, stage.fanvue.contract_errors) == ([], [])


room = in_folder(opened)


def content(size: int, seed: int = 1) -> bytes:
    return seeded(seed).randbytes(size)


async def test_files_go_up_and_their_ids_are_offered_at_once(room: UploadThreadScenario) -> None:
    stage = room.stage
    offered_before = await stage.owner.autocomplete(stage.guild, stage.lobby, "post new", "media", "one")
    answer = await room.upload(("one.jpg", content(2500)), ("two.mp4", content(900, 2)))
    await answer.until(lambda now: len(THERE.findall(now.text)) == 2, WITHIN)
    offered = await stage.owner.autocomplete(stage.guild, stage.lobby, "post new", "media", "one")
    there = {str(item.uuid): item for item in stage.fanvue.world.media.values()}
    media = {there[str(one.media)].name: there[str(one.media)] for one in stage.fanvue.world.uploads.values()}

    assert {name: (item.type, item.status) for name, item in media.items()} == {
        "one": ("image", "ready"),
        "two": ("video", "ready"),
    }
    assert "Cancel" not in repr(answer.message.components if answer.message else "")
    assert (offered_before, [one["value"] for one in offered]) == ([], [str(media["one"].uuid)])


async def test_the_same_file_again_names_the_item_that_is_there_and_files_it(
    room: UploadThreadScenario,
) -> None:
    first = await room.upload(("one.jpg", content(500)))
    await first.until(lambda now: THERE.search(now.text) is not None, WITHIN)
    folder = room.stage.fanvue.world.add_folder(room.stage.creator, "Summer & sea")
    second = await room.upload(("other.jpg", content(500)), name="another name", folder=folder.name)
    await second.until(lambda now: "was already in the vault" in now.text, WITHIN)
    third = await room.upload(("more.jpg", content(500, 3)), folder="Winter")
    await third.until(
        lambda now: (
            "It is not in the folder: Fanvue has none with this name, or did not accept it" in now.text
        ),
        WITHIN,
    )

    assert [THERE.findall(one.text) for one in (first, second)] == [
        ["is ready"],
        ["was already in the vault"],
    ]
    assert len(folder.media) == len(THERE.findall(third.text)) == 1
    assert room.begun == 2


async def test_it_goes_on_after_a_restart_and_can_be_cancelled(room: UploadThreadScenario) -> None:
    stage = room.stage
    stage.fanvue.faults.add("error_before", "PUT", r"/_parts/.*/3$", count=None, status=503)
    answer = await room.upload(("long.mp4", content(4 * PART)))
    await answer.until(lambda now: "50 % (2 of 4 parts)" in now.text, WITHIN)
    await stage.bridge.kill()
    await stage.bridge.start()
    stage.fanvue.faults.clear()
    await answer.until(lambda now: THERE.search(now.text) is not None, WITHIN)
    numbers = [entry["number"] for entry in stage.fanvue.ledger.of("part")]

    stage.fanvue.faults.add("error_before", "PUT", r"/_parts/.*/3$", count=None, status=503)
    other = await room.upload(("other.mp4", content(4 * PART, 2)))
    await other.until(lambda now: "50 % (2 of 4 parts)" in now.text, WITHIN)
    pressed = await stage.owner.click(other.message, "Cancel")
    await pressed.until(lambda now: "was cancelled" in now.text, WITHIN)

    assert numbers == [1, 2, 3, 4]
    assert [one.finished for one in stage.fanvue.world.uploads.values()] == [True, False]


async def test_what_discord_no_longer_has_is_asked_for_again(room: UploadThreadScenario) -> None:
    stage = room.stage
    stage.fanvue.faults.add("error_before", "PUT", r"/_parts/.*/3$", count=None, status=503)
    answer = await room.upload(("long.mp4", content(4 * PART)))
    await answer.until(lambda now: "50 % (2 of 4 parts)" in now.text, WITHIN)
    stage.discord.world.attachments.clear()
    stage.fanvue.faults.clear()
    await answer.until(lambda now: "Upload the file again." in now.text, WITHIN)

    assert [one.finished for one in stage.fanvue.world.uploads.values()] == [False]


async def test_who_may_not_and_what_cannot_go_up_is_refused_whole(room: UploadThreadScenario) -> None:
    member = next(iter(room.stage.members.values()))
    stranger = await room.upload(("one.jpg", content(10)), who=member)
    wrong = await room.upload(("one.jpg", content(10)), ("notes.zip", content(10)))
    empty = await room.upload(("one.jpg", b""))

    assert stranger.text == NOT_HERE
    assert wrong.text.startswith(r"notes\.zip: Fanvue's vault does not take this kind of file.")
    assert wrong.text.endswith("Not uploaded.")
    assert empty.text == "one\\.jpg: This file is empty, so there is nothing to upload. Not uploaded."
    assert room.begun == 0
