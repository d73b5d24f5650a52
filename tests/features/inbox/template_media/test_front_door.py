"""A template's media, chosen in the gallery over it, without an id."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from tests.features.publishing.picker.gallery_fixtures import (
    UUID,
    asked,
    choose,
    gallery_house,
    item,
    labels,
    look,
    number,
    shown,
    tap,
)
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    async with gallery_house(
        tmp_path_factory.mktemp("template-media"), "dune", "reef", "leaves soon"
    ) as made:
        yield made


async def written(house: LiveBridge, name: str, **fields: Any) -> InteractionAnswer:
    """The owner writes a template; the answer says that it is saved."""
    stage = house.stage
    window = await stage.owner.slash(stage.guild, stage.lobby, "template add")
    await window.opened(PATIENCE)
    return await (await stage.owner.submit(window, {"name": name, **fields})).done(PATIENCE)


async def test_a_template_gets_its_items_and_price_and_nothing_shows_an_id(house: LiveBridge) -> None:
    answer = await written(house, "Sunset", text="For you, {fan_name}")
    await tap(house, answer, "Media …")
    first, seen = shown(answer), answer.text + look(answer)
    await tap(house, answer, number(answer, "reef"))
    await tap(house, answer, number(answer, "dune"))
    await choose(house, answer, "pick.template.price", "1500", by=house.stage.owner)
    meanwhile = (await asked(house, "template show", template="sunset")).text
    await house.restart()
    await tap(house, answer, "Save")
    saved, seen = shown(answer), seen + answer.text + look(answer)
    kept = await asked(house, "template show", template="sunset")

    assert "**So far** · no media yet\n> For you, {fan_name}" in first
    assert "from the vault" not in meanwhile
    assert "### Saved: Sunset\nFor you, {fan_name}\n📎 2 items from the vault\n**Price** $15.00" in saved
    assert "1. **Picture** · reef" in shown(kept)
    assert "2. **Picture** · dune" in shown(kept)
    assert labels(kept) == ["Change", "Media …"]
    assert UUID.findall(seen + kept.text) == []


async def test_cancel_leaves_the_template_as_it_is(house: LiveBridge) -> None:
    answer = await written(house, "Rain", text="Stay in")
    await tap(house, answer, "Media …")
    await tap(house, answer, number(answer, "reef"), "Cancel")

    assert shown(answer).startswith("### Rain\nStay in\n-# changed by")
    assert labels(answer) == ["Change", "Media …"]


async def test_what_left_the_vault_is_taken_out_before_it_is_saved(house: LiveBridge) -> None:
    vault = house.stage.fanvue.world.media
    gone = item(house, "leaves soon")
    answer = await written(house, "Night", text="Good night")
    await tap(house, answer, "Media …")
    await tap(house, answer, number(answer, "leaves soon"))
    del vault[gone.uuid]
    await tap(house, answer, "Save")
    said = shown(answer)
    vault[gone.uuid] = gone
    await tap(house, answer, "Save")

    assert "Item 1 is no longer in the vault, so it was taken out. Check it and press Save again." in said
    assert "### Saved: Night\nGood night\n" in shown(answer)
    assert "from the vault" not in answer.text


async def test_of_two_who_choose_at_once_the_second_is_told(house: LiveBridge) -> None:
    await written(house, "Twice", text="Hello")
    one, other = [await asked(house, "template show", template="twice") for _ in range(2)]
    for answer in (one, other):
        await tap(house, answer, "Media …")
    await tap(house, one, number(one, "dune"), "Save")
    await tap(house, other, number(other, "reef"), "Save")
    kept = await asked(house, "template show", template="twice")

    assert "### Saved: Twice" in shown(one)
    assert "changed this template while your window was open" in shown(other)
    assert UUID.findall(other.text) == []
    assert "1. **Picture** · dune" in shown(kept)


async def test_who_may_not_change_it_is_offered_no_gallery(house: LiveBridge) -> None:
    await written(house, "Closed", text="Hello")
    stage, mara = house.stage, house.stage.members["mara"]

    answer = await mara.slash(stage.guild, stage.lobby, "template show", template="closed")

    assert labels(await answer.done(PATIENCE)) == []


async def given(house: LiveBridge, **fields: Any) -> InteractionAnswer:
    """The owner sends the window of /template add; its answer goes on with the media."""
    stage = house.stage
    window = await stage.owner.slash(stage.guild, stage.lobby, "template add")
    await window.opened(PATIENCE)
    return await (await stage.owner.submit(window, fields)).done(PATIENCE)


async def test_a_name_alone_opens_the_gallery_for_a_template_of_media_only(house: LiveBridge) -> None:
    answer = await given(house, name="Only pictures", price="9")
    first = shown(answer)
    await tap(house, answer, "Save")
    nothing = shown(answer)
    await tap(house, answer, number(answer, "dune"))
    await house.restart()
    await tap(house, answer, "Save")

    assert "**So far** · no media yet · **$9.00**" in first
    assert "There is nothing in it yet. Write a text, or add media from the vault." in nothing
    assert "### Saved: Only pictures\n📎 1 item from the vault\n**Price** $9.00" in shown(answer)


async def test_cancel_over_a_new_one_keeps_nothing(house: LiveBridge) -> None:
    answer = await given(house, name="Never mind")
    await tap(house, answer, "Cancel")
    kept = await asked(house, "template show", template="never mind")

    assert "Not saved. Start a new one with /template add." in shown(answer)
    assert "This creator has no such template" in shown(kept)


async def test_a_file_from_the_window_becomes_the_templates_and_its_price_waits_for_it(
    house: LiveBridge,
) -> None:
    answer = await given(
        house, name="From here", text="Look, {fan_name}", price="7", files=[("hat.jpg", b"hat" * 50)]
    )
    await answer.until(lambda now: "is ready" in now.text, PATIENCE)
    going = shown(answer)
    meanwhile = shown(await asked(house, "template show", template="from here"))
    await tap(house, answer, "Go on")
    back = shown(answer)
    await tap(house, answer, "Save")

    assert "Files for your template" in going
    assert meanwhile.startswith("### From here\nLook, {fan_name}")
    assert "$7.00" not in meanwhile
    assert "**So far** · 1 item · **$7.00**\n> Look, {fan_name}" in back
    assert "### Saved: From here\nLook, {fan_name}\n📎 1 item from the vault\n**Price** $7.00" in shown(
        answer
    )
    assert UUID.findall(answer.text) == []


async def test_a_file_is_added_to_a_template_that_has_media(house: LiveBridge) -> None:
    answer = await written(house, "Growing", text="More")
    await tap(house, answer, "Media …")
    await tap(house, answer, number(answer, "reef"), "Save")
    window = await house.stage.owner.click(answer.message, "Change")
    await window.opened(PATIENCE)
    answer = await house.stage.owner.submit(window, {"text": "", "files": [("coat.jpg", b"coat" * 50)]})
    await answer.until(lambda now: "is ready" in now.text, PATIENCE)
    await tap(house, answer, "Go on", "Save")

    assert "### Saved: Growing\n📎 2 items from the vault" in shown(answer)


async def test_a_file_that_is_refused_leaves_the_template_saved_and_its_gallery_open(
    house: LiveBridge,
) -> None:
    answer = await given(house, name="Refused", text="Hello", files=[("run.exe", b"MZ")])
    told = shown(answer)
    kept = await asked(house, "template show", template="refused")

    assert "run.exe: Fanvue's vault does not take this kind of file." in told
    assert "**So far** · no media yet\n> Hello" in told
    assert shown(kept).startswith("### Refused\nHello")


async def test_a_new_one_of_media_needs_a_name_that_is_free(house: LiveBridge) -> None:
    await written(house, "Taken", text="Hello")

    answer = await given(house, name="taken")

    assert "There is already a template “Taken”. Not saved" in shown(answer)
