"""A creator connects and disconnects: in Discord, in the browser, at Fanvue."""

from bot.sandbox.browser import Browser
from bot.sandbox.discord.oauth import COOKIE as DISCORD_COOKIE
from bot.sandbox.fanvue.oauth import COOKIE as FANVUE_COOKIE
from bot.sandbox.play import EveningPlay, address_in
from tests.journeys.test_replying import PATIENCE, reply, thread_with


async def test_unlinking_revokes_at_fanvue_and_nothing_is_sent_afterwards(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    await fan.write("before")
    thread = await thread_with(play, "sam_k", "before")

    asked = await play.stage.owner.slash(play.stage.guild, play.stage.lobby, "account unlink")
    await asked.done(PATIENCE)
    pressed = await play.stage.owner.click(asked.message, "Yes, disconnect")
    await pressed.done(PATIENCE)
    await play.stage.fanvue.world.until(lambda: play.stage.fanvue.ledger.of("token.revoked"), PATIENCE)
    answer = await reply(play, thread, text="after")

    assert "no longer connected" in answer.text
    assert fan.inbox() == []


async def test_a_link_that_somebody_else_opens_connects_nothing(play: EveningPlay) -> None:
    stage = play.stage
    answer = await stage.owner.slash(stage.guild, stage.lobby, "link")
    await answer.done(PATIENCE)
    issued = len(stage.fanvue.ledger.of("token.issued"))

    async with Browser() as browser:
        browser.remember(stage.discord.url, DISCORD_COOKIE, str(stage.members["theo"].user.id))
        browser.remember(stage.fanvue.url, FANVUE_COOKIE, stage.creator.uuid)
        page = await browser.visit(address_in(answer.message))
        page = await browser.press(page, "Continue")
        page = await browser.press(page, "Authorize")

    assert page.status == 403
    assert "another Discord" in page.text
    assert len(stage.fanvue.ledger.of("token.issued")) == issued


async def test_account_says_what_is_connected_and_where_the_fans_are(play: EveningPlay) -> None:
    answer = await play.stage.owner.slash(play.stage.guild, play.stage.lobby, "account show")
    await answer.done(PATIENCE)

    assert answer.ephemeral
    assert "luna.rivers" in answer.text.replace("\\", "")
    assert "connected" in answer.text
    assert "<#" in answer.text
