"""A template's media, chosen in the gallery over it, without an id."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from tests.features.publishing.picker.gallery_fixtures import (
    UUID,
    add,
    choose,
    labels,
    look,
    number,
    press,
    shown,
)
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of its own, whose vault begins with what the tests choose."""
    async with housed(tmp_path_factory.mktemp("template-media")) as made:
        for name in ("dune", "reef", "leaves soon"):
            add(made, name)
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


async def tap(house: LiveBridge, answer: InteractionAnswer, *names: str) -> None:
    for name in names:
        await press(house, answer, name, by=house.stage.owner)


async def asked(house: LiveBridge, command: str, **options: Any) -> InteractionAnswer:
    stage = house.stage
    return await (await stage.owner.slash(stage.guild, stage.lobby, command, **options)).done(PATIENCE)


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
    (gone,) = [one for one in vault.values() if one.name == "leaves soon"]
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
