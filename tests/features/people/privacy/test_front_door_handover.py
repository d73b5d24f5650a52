"""The whole program hands over what is kept: on Discord, and where it must not."""

import json

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEXTS = ("nobody else may read this", "it stays between us")


# Nobody has chosen a mode.
house = own_house()


async def asked(house: LiveBridge, **options: str) -> InteractionAnswer:
    stage = house.stage
    answer = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy export", **options)
    return await answer.done(PATIENCE)


async def test_who_is_named_alike_is_told_apart_where_one_is_chosen(house: LiveBridge) -> None:
    stage, first, other, alone = house.stage, house.fan("Zed"), house.fan("Zed"), house.fan("Yan")
    for fan in (first, other, alone):
        thread = await house.greeted(fan)

    for command in ("settings privacy export", "settings privacy forget"):
        alike = await stage.owner.autocomplete(stage.guild, thread, command, "fan", "Zed")
        others = await stage.owner.autocomplete(stage.guild, thread, command, "fan", "Yan")
        question = await stage.owner.slash(stage.guild, thread, command, fan=first.handle)

        assert {choice["name"] for choice in alike} == {
            f"Zed @{fan.handle} · {fan.uuid[:4]}" for fan in (first, other)
        }
        assert [choice["name"] for choice in others] == [f"Yan @{alone.handle}"]
        assert f"Zed @{first.handle} · {first.uuid[:4]}" in (await question.done(PATIENCE)).text


async def test_the_owner_gets_the_file_that_the_command_writes_and_nobody_else_does(
    house: LiveBridge,
) -> None:
    stage, fan, other = house.stage, house.fan("Nino"), house.fan("Otto")
    thread = await house.greeted(fan, TEXTS[0])
    await house.greeted(other, "somebody else's")
    await house.reply(thread, text=TEXTS[1])
    await house.shows(fan, "✓ Sent")
    await house.swept(fan)
    denied = await stage.members["mara"].slash(stage.guild, thread, "settings privacy export")
    offered = await stage.owner.autocomplete(
        stage.guild, thread, "settings privacy export", "fan", fan.handle
    )

    question = await stage.owner.slash(stage.guild, thread, "settings privacy export")
    await question.done(PATIENCE)
    answer = await stage.owner.click(question.message, "Yes, do it")
    await answer.until(lambda now: "Here it is" in now.text, PATIENCE)
    path = house.folder / "export.json"
    words = ("--creator", stage.creator.handle, "--fan", fan.handle, "--to", str(path))
    await house.command("privacy", "export", *words)

    await denied.says("You don't have access to this here", PATIENCE)
    assert [choice["value"] for choice in offered] == [str(fan.uuid)]
    assert answer.ephemeral
    assert answer.message is not None
    (file,) = answer.message.attachments
    theirs, ours = json.loads(file.content), json.loads(path.read_text())
    # The question and its answer came between the two.
    same = ("readme", "creator", "fan", "fans", "threads", "messages", "payments", "subscribers")
    assert [theirs[part] for part in same] == [ours[part] for part in same]
    assert all(text.encode() in file.content for text in TEXTS)
    assert other.uuid.encode() not in file.content
    assert house.rows("SELECT actor FROM audit WHERE action = 'privacy.export' AND outcome = 'done'") == [
        {"actor": stage.owner.user.id}
    ]


async def test_in_private_the_operators_command_is_named_and_no_text_comes(house: LiveBridge) -> None:
    stage = house.stage
    question = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy mode", mode="private")
    await question.done(PATIENCE)
    chosen = await stage.owner.click(question.message, "Yes, do it")
    await chosen.until(lambda now: "From now on" in now.text, PATIENCE)

    answer = await asked(house)

    assert answer.message is not None
    assert (answer.message.attachments, labels(answer.message)) == ([], [])
    assert f"fanvue-bridge privacy export --creator {stage.creator.uuid}" in answer.text
