"""One panel says what waits, as much as each member may know, and leads on."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, buttons, shown


async def home(play: EveningPlay, who: DiscordPerson) -> InteractionAnswer:
    return await (await who.slash(play.stage.guild, play.stage.lobby, "home")).done(PATIENCE)


async def test_a_chatter_sees_who_waits_and_no_money(play: EveningPlay) -> None:
    mara, stage = play.stage.members["mara"], play.stage
    before = await home(play, mara)
    quiet = before.text
    await stage.fans["sam_k"].write("hello there")
    thread, _ = await shown(play, "sam_k", "hello there")

    after = await (await mara.click(before.message, "Refresh")).says("1 fan waits", PATIENCE)
    inbox = await (await mara.click(after.message, "Inbox")).done(PATIENCE)

    assert "Nobody waits" in quiet
    assert f"/{thread.id}" in after.text
    assert "earnings" not in after.text
    assert "Chatter · @luna" in after.text
    assert "Your inbox: Unanswered" in inbox.text
    assert after.ephemeral
    assert inbox.ephemeral


async def test_an_owner_sees_today_s_money_and_goes_on_to_it(play: EveningPlay) -> None:
    owner = play.stage.owner
    await (await owner.slash(play.stage.guild, play.stage.lobby, "money earnings")).done(PATIENCE)
    await play.stage.fans["sam_k"].tip(2_500)

    panel = await home(play, owner)
    more = await (await owner.click(panel.message, "Earnings")).done(PATIENCE)
    settings = await (await owner.click(panel.message, "Settings")).done(PATIENCE)

    assert "Today's earnings" in panel.text
    assert "Owner · @luna" in panel.text
    assert "Time zone" in settings.text
    assert more.ephemeral
    assert {"Inbox", "Earnings", "Refresh", "Settings", "Help"} <= set(buttons(panel))


async def test_a_reply_that_waits_for_a_lead_is_on_the_lead_s_panel_alone(play: EveningPlay) -> None:
    stage, owner, mara = play.stage, play.stage.owner, play.stage.members["mara"]
    word = {"words": "umbrella", "level": "hold"}
    await (await owner.slash(stage.guild, stage.lobby, "settings guard add", **word)).done(PATIENCE)
    await stage.fans["sam_k"].write("hello there")
    thread, _ = await shown(play, "sam_k", "hello there")
    text = "do you have an umbrella with you"
    await (await mara.slash(stage.guild, thread, "reply", text=text)).done(PATIENCE)

    lead, writer = await home(play, owner), await home(play, mara)
    review = await (await owner.click(lead.message, "Review")).done(PATIENCE)

    assert "1 reply waits** for a lead" in lead.text
    assert "for a lead" not in writer.text
    assert "umbrella" in review.text
