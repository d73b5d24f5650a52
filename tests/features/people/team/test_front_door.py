"""The whole program: /team over Discord, what reaches Discord, and what does not."""

import pytest

from bot.discord.asking import NOT_HERE
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house(silent=True)


async def use(house: LiveBridge, who: DiscordPerson, command: str, **options: object) -> InteractionAnswer:
    """Somebody uses a command in the lobby; only they see the answer."""
    answer = await who.slash(house.stage.guild, house.stage.lobby, command, **options)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


async def press(who: DiscordPerson, answer: InteractionAnswer, label: str, words: str) -> InteractionAnswer:
    """They press a button of a private answer, which then says these words."""
    assert answer.message is not None
    pressed = await who.click(answer.message, label)
    return await pressed.says(words, PATIENCE)


async def test_the_owner_takes_a_creator_off_the_server_and_brings_it_back(house: LiveBridge) -> None:
    luna, mara = house.stage.owner, house.stage.members["mara"]
    fan = house.fan("Nino")
    thread = await house.greeted(fan)
    asked = await use(house, luna, "account leave")
    await press(luna, asked, "Yes, take it off", "has left this server")

    await fan.write("are you there?")
    await house.stored(lambda: house.rows("SELECT 1 FROM inbox WHERE state = 'new'"))
    denied = await house.reply(thread, text="no")
    pressed = await mara.click(house.messages(thread)[0], "Reply")
    await pressed.done(PATIENCE)
    owners = await luna.slash(house.stage.guild, thread, "reply", text="not here")
    await owners.done(PATIENCE)
    # What was typed is handed back under it.
    assert [one.text.partition("\n")[0] for one in (denied, pressed, owners)] == [NOT_HERE] * 3
    assert house.with_words(fan, "are you there?") == []
    assert house.posts_to(fan) == 0

    back = await use(house, luna, "account return")
    await house.shows(fan, "are you there?")

    assert "is back on this server" in back.text
    assert len(house.with_words(fan, "are you there?")) == 1
    await house.reply(thread, text="here again")
    await house.shows(fan, "✓ Sent")


async def test_nobody_else_can_and_is_not_told_of_any_creator(house: LiveBridge) -> None:
    mara = house.stage.members["mara"]

    for command in ("account leave", "account return"):
        assert (await use(house, mara, command)).text == NOT_HERE
    offered = await mara.autocomplete(house.stage.guild, house.stage.lobby, "account leave", "creator", "")
    assert offered == []


async def test_keeping_changes_nothing(house: LiveBridge) -> None:
    luna = house.stage.owner
    asked = await use(house, luna, "account leave")

    await press(luna, asked, "No, keep it", "No changes made.")

    await house.greeted(house.fan("Nino"))
