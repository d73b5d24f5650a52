"""Media added to a reply: from the window to the fan, without an id in sight."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, walk
from tests.earlier_windows import with_ids
from tests.features.publishing.picker.gallery_fixtures import (
    UUID,
    add,
    choose,
    look,
    number,
    parts,
    press,
    shown,
    write,
)
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of its own, whose vault has more than a page."""
    async with housed(tmp_path_factory.mktemp("picker")) as made:
        for number in range(12):
            made.stage.fanvue.world.add_media(made.stage.creator, "image", "ready", f"extra {number:02d}")
        made.stage.fanvue.world.add_folder(made.stage.creator, "Pier", [])
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


async def replying(house: LiveBridge, thread: StandInChannel, **fields: Any) -> InteractionAnswer:
    """Mara presses Reply, and sends its window."""
    window = await house.click(thread, "Reply")
    answer = await house.stage.members["mara"].submit(window, fields)
    return await answer.done(PATIENCE)


async def test_three_items_a_price_and_a_text_reach_the_fan_and_nothing_shows_an_id(
    house: LiveBridge,
) -> None:
    fan = house.fan("Emma")
    thread = await house.greeted(fan)

    answer = await replying(house, thread, text="Just for you", vault=True)
    first = shown(answer)
    for label in ("1", "2", "3"):
        await press(house, answer, label)
    await choose(house, answer, "pick.reply.price", "1500")
    await choose(house, answer, "pick.reply.chosen", "1")
    before = shown(answer)
    assert answer.message is not None
    covered = [str(file.filename) for file in answer.message.attachments]
    ids = UUID.findall(answer.text + look(answer))
    await press(house, answer, "Send")
    await house.shows(fan, "✓ Sent")

    assert "**So far** · no media yet\n> Just for you" in first
    assert "3 items · **$15.00** · free preview: item 2" in before
    assert "**2** ✓ Picture" in before
    assert (len(covered), {name[:8] for name in covered}, ids) == (10, {"SPOILER_"}, [])
    (sent,) = fan.inbox()
    assert (sent.text, sent.price, len(sent.media), sent.preview) == ("Just for you", 1500, 3, sent.media[1])


async def test_a_saved_set_is_sent_with_five_presses(house: LiveBridge) -> None:
    media = " ".join(str(add(house, f"set {number}").uuid) for number in range(3))
    window = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, "template add")
    await window.opened(PATIENCE)
    typed = {"name": "Beach set", "price": "12", "media": media, "text": "All three, {fan_name}"}
    await (await house.stage.owner.submit(with_ids(window), typed)).done(PATIENCE)
    fan = house.fan("Bea")
    thread = await house.greeted(fan)

    answer = await replying(house, thread, vault=True)
    await press(house, answer, "📦 Beach set · $12.00")
    before = shown(answer)
    await press(house, answer, "Send")
    await house.shows(fan, "✓ Sent")

    assert "3 items · **$12.00**\n> All three, Bea" in before
    (sent,) = fan.inbox()
    assert (sent.text, sent.price, " ".join(map(str, sent.media))) == ("All three, Bea", 1200, media)


async def test_what_the_fan_had_before_stands_at_each_item(house: LiveBridge) -> None:
    add(house, "harbour"), add(house, "lighthouse")
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)
    answer = await replying(house, thread, text="one", price="5", vault=True)
    await press(house, answer, number(answer, "lighthouse"))
    await press(house, answer, "Send")
    await house.shows(fan, "✓ Sent")
    answer = await replying(house, thread, text="two", price="6", vault=True)
    await press(house, answer, number(answer, "harbour"))
    await press(house, answer, "Send")
    await house.until(lambda: len(fan.inbox()) == 2)
    await fan.buy(fan.inbox()[-1].uuid)
    await house.shows(fan, "💰 Paid")

    again = shown(await replying(house, thread, vault=True))

    assert "Picture · lighthouse · sent DAY, not bought" in again
    assert "Picture · harbour · bought DAY" in again


async def test_pages_folders_and_words_keep_what_is_chosen(house: LiveBridge) -> None:
    house.stage.fanvue.world.folders[house.stage.creator.uuid, "Pier"].media.append(add(house, "pier").uuid)
    fan = house.fan("Dora")
    answer = await replying(house, await house.greeted(fan), text="look", vault=True)
    await press(house, answer, number(answer, "pier"))
    await press(house, answer, "▶")
    second = shown(answer)
    await press(house, answer, "1")
    await press(house, answer, "◀")
    first = shown(answer)
    opened = await house.stage.members["mara"].click(answer.message, "Search")
    await opened.opened(PATIENCE)
    await house.stage.members["mara"].submit(opened, {"words": "EXTRA 03"})
    await answer.until(lambda now: "extra 03" in now.text, PATIENCE)
    found = shown(answer)
    await choose(house, answer, "pick.reply.folder", "in:Pier")
    folder = shown(answer)

    assert folder.count("Picture · ") == 1
    assert "Picture · pier" in folder
    assert "2 items" in first
    assert number(answer, "pier").startswith("✓")
    assert "✓" not in second
    assert found.count("Picture · ") == 1
    assert "2 items" in found


async def test_bad_input_is_a_sentence_and_loses_nothing(house: LiveBridge) -> None:
    waits, goes, stays = add(house, "", status="processing"), add(house, "goes away"), add(house, "stays")
    fan = house.fan("Eva")
    answer = await replying(house, await house.greeted(fan), text="soon", price="7", vault=True)
    disabled = [part for part in parts(answer).values() if part.get("disabled") and part["label"].isdecimal()]
    await press(house, answer, "Send")
    nothing = shown(answer)
    await press(house, answer, number(answer, "goes away"))
    await press(house, answer, number(answer, "stays"))
    del house.stage.fanvue.world.media[goes.uuid]
    await press(house, answer, "Send")
    gone = shown(answer)
    stays.status = "processing"
    await press(house, answer, "Send")
    late = shown(answer)
    waits.status = stays.status = "ready"
    house.stage.fanvue.world.media[goes.uuid] = goes

    assert len(disabled) == 1
    assert "Fanvue is still processing item 1." in late
    assert "A price needs media to buy: add some from the vault" in nothing
    assert "Item 1 is no longer in the vault, so it was taken out. Check it and press Send again." in gone
    assert "1 item · **$7.00**\n> soon" in gone
    assert fan.inbox() == []


async def test_a_picker_left_open_over_a_restart_goes_on(house: LiveBridge) -> None:
    fan = house.fan("Fay")
    answer = await replying(house, await house.greeted(fan), text="still here", vault=True)
    await press(house, answer, "1")
    old = house.stage.discord.world.messages
    assert old
    await house.restart()
    await answer.until(lambda now: "The bridge restarted" in now.text, PATIENCE)
    await press(house, answer, "Add media")
    back = shown(answer)
    await press(house, answer, "Send")
    await house.shows(fan, "✓ Sent")

    assert "1 item · free\n> still here" in back
    assert "**1** ✓" in back
    (sent,) = fan.inbox()
    assert (sent.text, len(sent.media)) == ("still here", 1)


async def test_a_number_of_an_earlier_page_counts_for_nothing(house: LiveBridge) -> None:
    fan = house.fan("Gia")
    answer = await replying(house, await house.greeted(fan), text="which", vault=True)
    old = parts(answer)["pick.reply.c"]["custom_id"]
    await press(house, answer, "▶")
    assert answer.message is not None
    next(part for part in walk(answer.message.components) if part.get("label") == "1")["custom_id"] = old
    await press(house, answer, old)

    assert "That number is from an earlier page." in shown(answer)
    assert "no media yet" in shown(answer)


async def test_an_edited_reply_keeps_its_media_and_a_text_can_be_written_last(house: LiveBridge) -> None:
    fan = house.fan("Hope")
    thread = await house.greeted(fan)
    answer = await replying(house, thread, vault=True)
    await press(house, answer, "1")
    opened = await house.stage.members["mara"].click(answer.message, "Text …")
    await opened.opened(PATIENCE)
    await house.stage.members["mara"].submit(opened, {"text": "written last"})
    await answer.until(lambda now: "written last" in now.text, PATIENCE)
    await fan.write("wait, one more thing")
    await house.shows(fan, "one more thing")
    await press(house, answer, "Send")
    asked = shown(answer)
    opened = await house.stage.members["mara"].click(answer.message, "Edit")
    await opened.opened(PATIENCE)
    await house.stage.members["mara"].submit(opened, {"text": "and edited"})
    await house.until(lambda: bool(fan.inbox()))

    assert "since you started to answer" in asked
    (sent,) = fan.inbox()
    assert (sent.text, len(sent.media)) == ("and edited", 1)


async def by_owner(house: LiveBridge, thread: StandInChannel, **fields: Any) -> InteractionAnswer:
    """The owner, who may put files into the vault, presses Reply and sends its window."""
    window = await house.stage.owner.click(house.messages(thread)[-1], "Reply")
    await window.opened(PATIENCE)
    return await (await house.stage.owner.submit(window, fields)).done(PATIENCE)


async def test_a_file_from_the_window_goes_into_the_vault_and_then_to_the_fan(house: LiveBridge) -> None:
    fan = house.fan("Ines")
    thread = await house.greeted(fan)

    answer = await by_owner(house, thread, text="hear me", files=[("voice.mp3", b"la la la" * 500)])
    await answer.until(lambda now: "is ready" in now.text, PATIENCE)
    going = shown(answer)
    before = look(answer)
    await house.stage.owner.click(answer.message, "Go on")
    await answer.until(lambda now: look(now) != before, PATIENCE)
    ready = shown(answer)
    await house.stage.owner.click(answer.message, "Send")
    await house.shows(fan, "✓ Sent")

    assert "Files for your reply" in going
    assert not UUID.search(going)
    assert "1 item · free\n> hear me" in ready
    assert "✓ Audio" in ready
    (sent,) = fan.inbox()
    names = [house.stage.fanvue.world.media[one].name for one in sent.media]
    assert (sent.text, names) == ("hear me", ["voice"])


async def test_files_are_added_in_the_gallery_one_after_the_other(house: LiveBridge) -> None:
    fan, owner = house.fan("Iris"), house.stage.owner
    thread = await house.greeted(fan)

    answer = await by_owner(house, thread, text="two", vault=True)
    for name in ("one", "two"):
        await write(answer, "Upload …", by=owner, files=[(f"{name}.jpg", name.encode() * 50)])
        await answer.until(lambda now: "is ready" in now.text, PATIENCE)
        await press(house, answer, "Go on", by=owner)
    ready = shown(answer)
    await owner.click(answer.message, "Send")
    await house.shows(fan, "✓ Sent")

    assert "2 items · free\n> two" in ready
    (sent,) = fan.inbox()
    assert [house.stage.fanvue.world.media[one].name for one in sent.media] == ["one", "two"]


async def test_a_voice_note_of_200_mib_is_refused_before_it_is_read(house: LiveBridge) -> None:
    fan = house.fan("Lola")
    thread = await house.greeted(fan)
    began = len(house.stage.fanvue.world.uploads)
    house.stage.owner.user.largest_file = 500 * 1024 * 1024  # as Nitro has it

    answer = await by_owner(house, thread, text="hear me", files=[("song.wav", bytes(200 * 1024 * 1024))])
    said = shown(answer)
    house.stage.discord.world.attachments.clear()
    await house.stage.owner.click(answer.message, "Send")
    await house.shows(fan, "✓ Sent")

    assert "song.wav: A voice note has at most 100 MiB, and this one has 200 MiB." in said
    assert "Save it as MP3 or M4A, or send a shorter one." in said
    assert "no media yet\n> hear me" in said
    assert [one.text for one in fan.inbox()] == ["hear me"]
    assert len(house.stage.fanvue.world.uploads) == began


async def test_a_price_without_media_opens_the_gallery(house: LiveBridge) -> None:
    fan = house.fan("Nora")
    thread = await house.greeted(fan)

    answer = await replying(house, thread, text="Just for you", price="15")
    first = shown(answer)
    for label in ("1", "2", "3"):
        await press(house, answer, label)
    await press(house, answer, "Send")
    await house.shows(fan, "✓ Sent")

    assert "**So far** · no media yet · **$15.00**\n> Just for you" in first
    (sent,) = fan.inbox()
    assert (sent.text, sent.price, len(sent.media)) == ("Just for you", 1500, 3)


async def test_a_gallery_opens_with_nothing_typed_from_the_window_and_from_the_command(
    house: LiveBridge,
) -> None:
    fan = house.fan("Olga")
    thread = await house.greeted(fan)

    window = await replying(house, thread)
    command = await house.stage.members["mara"].slash(house.stage.guild, thread, "reply")
    answers = [window, await command.done(PATIENCE)]
    first = [shown(answer) for answer in answers]
    await press(house, answers[1], "2")
    await press(house, answers[1], "Send")
    await house.shows(fan, "✓ Sent")

    assert ["**So far** · no media yet" in said for said in first] == [True, True]
    assert [len(one.media) for one in fan.inbox()] == [1]


async def test_a_file_that_cannot_be_taken_is_a_sentence_and_the_text_stays(house: LiveBridge) -> None:
    fan = house.fan("Jana")
    thread = await house.greeted(fan)

    answer = await by_owner(house, thread, text="look", files=[("run.exe", b"MZ")])
    wrong = shown(answer)
    chatter = await house.click(await house.greeted(house.fan("Kira")), "Reply")

    assert "run.exe: Fanvue's vault does not take this kind of file." in wrong
    assert "no media yet\n> look" in wrong
    assert chatter.modal is not None
    assert "files" not in [part.get("custom_id") for part in walk(chatter.modal["components"])]
    assert fan.inbox() == []
