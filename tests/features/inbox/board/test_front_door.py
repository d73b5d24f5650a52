"""The whole program: from the board to an answer, and a member's own list."""

import pytest

from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.people import DiscordPerson
from tests.house_fixtures import own_house
from tests.journeys.test_attention import call
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


# A claim lasts long enough for a busy machine.
house = own_house(silent=True, restarted={"CLAIM_SECONDS": "600"})


# One source may tell who paid, and the other one how much.
PAID = """SELECT 1 FROM payments AS one LEFT JOIN payments AS other ON other.fact_id = one.twin
          WHERE one.fan IS NOT NULL AND COALESCE(one.gross, other.gross) >= 30000"""


async def board(house: LiveBridge, words: str) -> StandInMessage:
    """The board, once it says this."""
    await house.until(lambda: any(words in house.drawn(message.text) for message in house.waiting()))
    (message,) = house.waiting()
    return message


async def test_from_the_board_a_fan_is_claimed_and_answered_in_three_actions(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    linked = f"#{(await house.greeted(fan)).name}"  # before the bridge knows of the thread, there is no link
    mara, ledger = house.stage.members["mara"], house.stage.discord.ledger
    before = ledger.count("interaction", user_id=mara.user.id)

    lines = (await board(house, linked)).text.splitlines()
    line = next(one for one in lines if linked in house.drawn(one))
    way = line.split(" · ")[0].rsplit("/", 1)[1]
    thread = house.stage.discord.world.channels[int(way)]  # 1: the jump link is opened
    opened = await mara.click(house.messages(thread)[-1], "Reply")  # 2
    await opened.opened()
    await board(house, f"<@{mara.user.id}> is answering")
    await (await mara.submit(opened, {"text": "hi Ada"})).done(PATIENCE)  # 3
    await house.shows(fan, "✓ Sent")
    await house.until(lambda: not any(fan.handle in house.drawn(message.text) for message in house.waiting()))

    assert thread in house.threads(fan)
    assert ledger.count("interaction", user_id=mara.user.id) - before == 2
    assert [message.text for message in fan.inbox()] == ["hi Ada"]


async def test_a_deleted_board_comes_back_once_also_after_a_kill(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    await house.greeted(fan)
    first = await board(house, fan.handle)

    async with call() as session:
        url = f"{house.stage.discord.api_url}/channels/{first.channel_id}/messages/{first.id}"
        async with session.delete(url) as deleted:
            assert deleted.status == 204
    await house.until(lambda: [one.id for one in house.waiting()] not in ([], [first.id]))
    second = await board(house, fan.handle)
    await house.restart()
    await house.greeted(house.fan("Bob"))
    third = await board(house, "Bob")

    assert first.deleted
    assert third.id == second.id != first.id


async def test_a_member_turns_and_chooses_lists_of_their_own(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    await house.greeted(fan)
    theo = house.stage.members["theo"]

    answer = await theo.click(await board(house, fan.handle), "My inbox")
    await answer.done(PATIENCE)
    asked = await theo.slash(house.stage.guild, house.stage.lobby, "inbox waiting")
    await asked.done(PATIENCE)
    assert asked.message is not None
    await theo.choose(asked.message, "Show another list", "m")
    await house.until(lambda: "Nobody is waiting for you." in asked.text)

    assert answer.ephemeral
    assert fan.handle in house.drawn(answer.text)
    assert asked.ephemeral


async def test_only_whoever_sees_figures_reads_a_star_that_money_made_until_the_team_sets_one(
    house: LiveBridge,
) -> None:
    fan = house.fan("Etta")
    thread = await house.greeted(fan)
    await fan.tip(30_000)
    await house.until(lambda: bool(house.rows(PAID)))
    mara, owner = house.stage.members["mara"], house.stage.owner

    async def vips(of: DiscordPerson) -> str:
        asked = await of.slash(house.stage.guild, house.stage.lobby, "inbox waiting")
        await asked.done(PATIENCE)
        assert asked.message is not None
        await of.choose(asked.message, "Show another list", "v")
        await house.until(lambda: "Your inbox: VIP" in asked.text)
        return house.drawn(asked.text)

    hidden, exact = await vips(mara), await vips(owner)
    unmarked = "".join(plain(message) for message in house.waiting())
    marked = await mara.slash(house.stage.guild, thread, "fan tag add", tag="vip")
    await marked.done(PATIENCE)
    by_hand = await vips(mara)

    assert "No VIP is waiting." in hidden
    assert "⭐" not in unmarked + hidden
    assert f"⭐ #Etta @{fan.handle}" in exact
    assert f"⭐ #Etta @{fan.handle}" in by_hand


async def test_on_the_board_and_in_a_members_list_a_namesake_has_digits_and_others_have_none(
    house: LiveBridge,
) -> None:
    first, other, alone = house.fan("Zed"), house.fan("Zed"), house.fan("Yan")
    for fan in (first, other, alone):
        await house.greeted(fan)
    mara = house.stage.members["mara"]

    await board(house, alone.handle)
    asked = await mara.slash(house.stage.guild, house.stage.lobby, "inbox waiting")
    await asked.done(PATIENCE)

    # A line leads to the thread, and so shows the name that it was opened with.
    assert f"@{other.handle} · {other.uuid[:4]}" in house.drawn(asked.text)
    assert f"· {alone.uuid[:4]}" not in house.drawn("".join(map(plain, house.waiting())) + asked.text)


async def test_whoever_is_in_no_team_is_told_what_absence_says(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    await house.greeted(fan)

    world, guild = house.stage.discord.world, house.stage.guild
    user = world.add_user("zoe")
    world.add_member(guild, user)

    outsider = house.stage.discord.person(user.id)
    asked = await outsider.slash(guild, house.stage.lobby, "inbox waiting")
    await asked.done(PATIENCE)

    assert "You don't have access to this here" in asked.text
    assert fan.handle not in asked.text


def plain_text(text: str) -> str:
    return text.replace("\\", "")
