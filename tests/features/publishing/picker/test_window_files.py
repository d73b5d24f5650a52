"""Files straight from a window, into posts and mass messages."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.world import GatewayEvent
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.picker.gallery_fixtures import (
    UUID,
    asked,
    gallery_house,
    labels,
    number,
    parts,
    posts,
    press,
    shown,
    tap,
    write,
)
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge
from tests.proofs.faults.live_bridge import labels as buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")
LONG = 3600.0  # seconds of Fanvue's: it is not done before a test says so


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    async with gallery_house(tmp_path_factory.mktemp("window-files"), "boat") as made:
        yield made


async def give(house: LiveBridge, answer: InteractionAnswer, label: str, **fields: Any) -> None:
    """The owner presses a button that opens a window, and sends it."""
    await write(answer, label, by=house.stage.owner, **fields)


async def arrive(answer: InteractionAnswer, files: int = 1) -> None:
    await answer.until(lambda now: now.text.count("is ready") == files, PATIENCE)


def names(house: LiveBridge, media: list[Any]) -> set[str]:
    """A name for each item: files come into the vault in any order."""
    return {str(house.stage.fanvue.world.media[one].name) for one in media}


async def under_way(house: LiveBridge, answer: InteractionAnswer) -> None:
    """Until Fanvue has a file whole, and is not done with it."""
    await answer.until(lambda now: "Fanvue is processing it" in now.text, PATIENCE)


async def processed(house: LiveBridge) -> None:
    """Fanvue is done with every file."""
    world = house.stage.fanvue.world
    house.stage.fanvue.switches.processing_seconds = 0.0
    for media in world.processing:
        world.processing[media] = world.now()
    known = "SELECT id FROM uploads WHERE state NOT IN ('done', 'failed', 'cancelled')"
    await house.stored(lambda: not house.rows(known))


async def test_a_post_takes_files_from_the_window_and_is_published_with_them(house: LiveBridge) -> None:
    before = len(posts(house))
    answer = await asked(house, "post new", text="From my phone")
    await tap(house, answer, "Media …", "1")
    await give(house, answer, "Upload …", files=[("sand.jpg", b"sand" * 50), ("hello.mp3", b"hey" * 90)])
    await arrive(answer, 2)
    going, seen = shown(answer), answer.text
    await tap(house, answer, "Go on")
    back, seen = shown(answer), seen + answer.text
    await tap(house, answer, "Done", "Publish now")
    await house.until(lambda: len(posts(house)) > before)

    assert "Files for your draft" in going
    assert "Your draft is kept. **Go on** shows it with these files; nothing happens by itself." in going
    assert "**So far** · 3 items · free\n> From my phone" in back
    assert UUID.findall(seen) == []
    made = posts(house)[-1]
    assert {"sand", "hello"} < names(house, made["media"])
    assert (made["text"], len(made["media"])) == ("From my phone", 3)


async def test_a_post_waits_for_a_file_over_a_restart_and_says_so(house: LiveBridge) -> None:
    before = len(posts(house))
    answer = await asked(house, "post new", text="Patience")
    preview = parts(answer)["propose.yes"]
    await tap(house, answer, "Media …")
    house.stage.fanvue.switches.processing_seconds = LONG
    await give(house, answer, "Text …", text="More patience", files=[("slow.jpg", b"slow" * 50)])
    await under_way(house, answer)
    await tap(house, answer, "Go on")
    first = shown(answer)
    await tap(house, answer, "Done")
    waits = shown(answer)
    await house.restart()
    assert answer.message is not None
    components, answer.message.components = (
        answer.message.components,
        [{"type": 1, "components": [preview]}],
    )
    await tap(house, answer, "Publish now")
    early = shown(answer)
    answer.message.components = components
    await processed(house)
    await tap(house, answer, "Done", "Publish now")
    await house.until(lambda: len(posts(house)) > before)

    assert (
        "1 file is still on the way to the vault. Press Done again in a moment; everything is kept." in waits
    )
    assert "📤 1 file is still on the way to the vault." in first
    assert "> More patience" in waits
    assert "Files you added to this are not in it yet." in early
    (made,) = posts(house)[before:]
    assert (made["text"], names(house, made["media"])) == ("More patience", {"slow"})


async def test_a_file_that_fails_is_a_sentence_and_the_rest_of_the_post_stays(house: LiveBridge) -> None:
    switches = house.stage.fanvue.switches
    answer = await asked(house, "post new", text="Still good")
    await tap(house, answer, "Media …")
    await tap(house, answer, number(answer, "boat"))
    switches.processing_fails = True
    await give(house, answer, "Upload …", files=[("torn.jpg", b"torn" * 50)])
    await answer.until(lambda now: "couldn't process it" in now.text, PATIENCE)
    switches.processing_fails = False
    await tap(house, answer, "Go on")
    told = shown(answer)
    await tap(house, answer, "Done")

    assert "A file did not get into the vault: Fanvue has the whole file but couldn't process it." in told
    assert "**So far** · 1 item · free\n> Still good" in told
    assert "**Media:** 1 photo\n> Still good" in shown(answer)


async def test_of_three_files_one_is_refused_and_none_is_taken(house: LiveBridge) -> None:
    began = len(house.stage.fanvue.world.uploads)
    answer = await asked(house, "post new", text="Three")
    await tap(house, answer, "Media …")
    await give(
        house,
        answer,
        "Text …",
        text="Three of them",
        files=[("a.jpg", b"a" * 50), ("run.exe", b"MZ"), ("b.jpg", b"b" * 50)],
    )
    refused = shown(answer)
    await give(house, answer, "Upload …", files=[("empty.jpg", b"")])

    assert "run.exe: Fanvue's vault does not take this kind of file." in refused
    assert "Not uploaded." in refused
    assert "**So far** · no media yet\n> Three of them" in refused
    assert "empty.jpg: This file is empty" in shown(answer)
    assert "**So far** · no media yet\n> Three of them" in shown(answer)
    assert len(house.stage.fanvue.world.uploads) == began


async def test_a_window_that_discord_sends_twice_takes_its_files_once(house: LiveBridge) -> None:
    began, heard = len(house.stage.fanvue.world.uploads), list[GatewayEvent]()
    world = house.stage.discord.world
    answer = await asked(house, "post new", text="Once")
    await tap(house, answer, "Media …")
    world.listeners.append(heard.append)
    await give(house, answer, "Upload …", files=[("once.jpg", b"once" * 50)])
    world.listeners.remove(heard.append)
    (event,) = [one for one in heard if one.name == "INTERACTION_CREATE" and one.data["type"] == 5]
    world.emit(event)
    await arrive(answer)
    await tap(house, answer, "Go on")

    assert "**So far** · 1 item · free" in shown(answer)
    assert len(house.stage.fanvue.world.uploads) == began + 1


async def test_a_mass_message_takes_files_beside_its_text_and_waits_for_them(house: LiveBridge) -> None:
    phone, ledger = PhoneStandIn(house), house.stage.fanvue.ledger
    before = len(ledger.of("mass"))
    await phone.mass()
    await phone.choose("Who gets it", "Subscribers")
    house.stage.fanvue.switches.processing_seconds = LONG
    going = await phone.fill("Write", text="For you all", files=[("beach.jpg", b"beach" * 50)])
    await house.until(lambda: "Fanvue is processing it" in phone.text)
    back = await phone.tap("Go on")
    early = await phone.tap("Preview")
    one_fan = await phone.fill("Test to one fan", fan="anyone")
    await house.restart()
    await processed(house)
    there = await phone.tap("Preview")
    await phone.tap("Preview")
    await phone.tap(next(label for label in buttons(phone.message) if label.startswith("Send")))
    await house.stage.fanvue.world.until(lambda: len(ledger.of("mass")) > before, PATIENCE)

    assert "Files for your mass message" in going
    assert "📤 1 file is still on the way to the vault. Press **Preview** again in a moment." in back
    assert "still on the way" in early
    assert "Its files are still on the way to the vault. Not sent" in one_fan
    assert "📎 1 item from the vault, free" in there
    (made,) = ledger.of("mass")[before:]
    assert (made.facts["text"], names(house, made.facts["media"])) == ("For you all", {"beach"})


async def test_a_voice_note_too_large_for_a_mass_message_leaves_its_text(house: LiveBridge) -> None:
    phone = PhoneStandIn(house)
    house.stage.owner.user.largest_file = 500 * 1024 * 1024
    await phone.mass()
    if "Start over" in buttons(phone.message):
        await phone.tap("Start over")

    said = await phone.fill("Write", text="Listen", files=[("song.wav", bytes(101 * 1024 * 1024))])
    house.stage.discord.world.attachments.clear()

    assert "⚠️ song.wav: A voice note has at most 100 MiB, and this one has 101 MiB." in said
    assert "Listen" in said
    assert "item from the vault" not in said


async def test_a_file_for_a_draft_that_went_on_elsewhere_is_not_taken_and_that_is_said(
    house: LiveBridge,
) -> None:
    began = len(house.stage.fanvue.world.uploads)
    older, newer = PhoneStandIn(house), PhoneStandIn(house)
    await older.mass(text="Begun")
    if "Start over" in buttons(older.message):
        await older.tap("Start over")
    window = await older.opens("Write")
    await newer.mass()
    await newer.tap("Go on")
    await newer.fill("Write", text="Gone on")

    said = await older.send(window, text="Too late", files=[("late.jpg", b"late" * 50)])

    assert "You continued this draft elsewhere" in said
    assert "Gone on" in said
    assert len(house.stage.fanvue.world.uploads) == began


async def test_who_may_not_upload_is_offered_no_field_and_no_button(house: LiveBridge) -> None:
    mara, stage = house.stage.members["mara"], house.stage
    answer = await (await mara.slash(stage.guild, stage.lobby, "post new", text="May I?")).done(PATIENCE)
    await press(house, answer, "Media …")
    offered = labels(answer)
    window = await mara.click(answer.message, "Text …")
    await window.opened(PATIENCE)

    assert "Upload …" not in offered
    assert window.modal is not None
    assert [one["component"]["custom_id"] for one in window.modal["components"]] == ["text"]
