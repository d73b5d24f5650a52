"""The whole program: a note is written, read by a colleague, changed, taken away."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house(silent=True)


async def command(
    house: LiveBridge, thread: StandInChannel, name: str, *, by: str = "mara", **values: object
) -> InteractionAnswer:
    """A member uses a command in a fan's thread."""
    answer = await house.stage.members[by].slash(house.stage.guild, thread, name, **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


async def test_a_note_goes_from_one_member_to_the_other_and_never_into_the_thread(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    mara, theo = house.stage.members["mara"], house.stage.members["theo"]

    noted = await command(house, thread, "fan note add", text="likes green tea")
    read = await command(house, thread, "fan note list", by="theo")
    (choice,) = await theo.autocomplete(house.stage.guild, thread, "fan note edit", "note", "tea")
    opened = await theo.slash(house.stage.guild, thread, "fan note edit", note=choice["value"])
    await opened.opened()
    changed = await (await theo.submit(opened, {"text": "likes black tea"})).done(PATIENCE)
    again = await command(house, thread, "fan note list")
    removed = await command(house, thread, "fan note remove", note=choice["value"])
    none = await command(house, thread, "fan note list")

    assert noted.text.startswith("Noted.")
    assert "likes green tea" in read.text
    assert f"<@{mara.user.id}>" in read.text
    assert "likes green tea" in choice["name"]
    assert changed.text.startswith("Changed.")
    assert "likes black tea" in again.text
    assert f"changed by <@{theo.user.id}>" in again.text
    assert removed.text.startswith("Removed.")
    assert "No notes on this fan yet" in none.text
    assert house.with_words(fan, "tea") == []
    assert fan.inbox() == []
    assert "black tea" not in house.log


async def test_without_a_text_a_window_takes_a_longer_note(house: LiveBridge) -> None:
    thread = await house.greeted(house.fan("Bea"))
    mara = house.stage.members["mara"]

    opened = await mara.slash(house.stage.guild, thread, "fan note add")
    await opened.opened()
    noted = await (await mara.submit(opened, {"text": "first line\nsecond line"})).done(PATIENCE)
    read = await command(house, thread, "fan note list")

    assert noted.text.startswith("Noted.")
    assert "first line\nsecond line" in read.text


async def window(house: LiveBridge, thread: StandInChannel, by: str, note: str) -> InteractionAnswer:
    """A member opens the window with a note."""
    opened = await house.stage.members[by].slash(house.stage.guild, thread, "fan note edit", note=note)
    await opened.opened()
    return opened


async def test_of_two_who_change_a_note_at_once_the_second_keeps_their_text_and_reads_the_first_ones(
    house: LiveBridge,
) -> None:
    thread = await house.greeted(house.fan("Gus"))
    mara, theo = house.stage.members["mara"], house.stage.members["theo"]
    await command(house, thread, "fan note add", text="likes tea")
    (choice,) = await theo.autocomplete(house.stage.guild, thread, "fan note edit", "note", "tea")

    hers, his = [await window(house, thread, by, choice["value"]) for by in ("mara", "theo")]
    first = await (await mara.submit(hers, {"text": "likes tea with milk"})).done(PATIENCE)
    second = await (await theo.submit(his, {"text": "likes tea and biscuits"})).done(PATIENCE)
    kept = await command(house, thread, "fan note list")

    assert first.text.startswith("Changed.")
    assert f"<@{mara.user.id}> changed this note" in second.text
    assert "likes tea and biscuits" in second.text
    assert "likes tea with milk" in second.text
    assert "likes tea with milk" in kept.text
    assert "biscuits" not in kept.text

    again = await theo.click(second.message, "Change it")
    assert "likes tea with milk" in str(await again.opened(PATIENCE))
    merged = await (await theo.submit(again, {"text": "tea with milk and biscuits"})).done(PATIENCE)
    assert merged.text.startswith("Changed.")


async def test_a_note_that_was_removed_while_its_window_was_open_stays_removed(house: LiveBridge) -> None:
    thread = await house.greeted(house.fan("Hal"))
    theo = house.stage.members["theo"]
    await command(house, thread, "fan note add", text="likes jazz")
    (choice,) = await theo.autocomplete(house.stage.guild, thread, "fan note edit", "note", "jazz")

    opened = await window(house, thread, "theo", choice["value"])
    await command(house, thread, "fan note remove", note=choice["value"])
    said = await (await theo.submit(opened, {"text": "likes free jazz"})).done(PATIENCE)
    kept = await command(house, thread, "fan note list")

    assert "was removed" in said.text
    assert "likes free jazz" in said.text
    assert "No notes on this fan yet" in kept.text


async def test_a_note_that_is_not_there_is_told_from_the_list(house: LiveBridge) -> None:
    thread = await house.greeted(house.fan("Cleo"))

    for typed in ("x" * 22, "tea"):
        assert "We can't find that note" in (await command(house, thread, "fan note edit", note=typed)).text
        assert "We can't find that note" in (await command(house, thread, "fan note remove", note=typed)).text


async def test_a_tag_is_given_offered_for_the_next_fan_and_taken(house: LiveBridge) -> None:
    first, second = await house.greeted(house.fan("Dora")), await house.greeted(house.fan("Eve"))
    theo = house.stage.members["theo"]

    given = await command(house, first, "fan tag add", tag="VIP")
    (choice,) = await theo.autocomplete(house.stage.guild, second, "fan tag add", "tag", "v")
    also = await command(house, second, "fan tag add", by="theo", tag=choice["value"])
    taken = await command(house, second, "fan tag remove", by="theo", tag="vip")

    await house.until(lambda: "🏷️ vip" in plain(house.messages(first)[0]))
    assert given.text == "This fan's tags: **vip**."
    assert also.text == "This fan's tags: **vip**."
    assert taken.text == "This fan has no tags now."


async def test_a_fan_is_found_by_what_they_wrote_and_by_their_note(house: LiveBridge) -> None:
    fan = house.fan("Fay")
    thread = await house.greeted(fan, "do you like giraffes?")
    await command(house, thread, "fan note add", text="collects postcards")

    by_text = await command(house, thread, "fan find", text="GIRAFFE")
    by_note = await command(house, thread, "fan find", by="theo", text="postcard")

    assert f"<#{thread.id}> · chat: do you like giraffes?" in by_text.text
    assert f"<#{thread.id}> · note: collects postcards" in by_note.text
