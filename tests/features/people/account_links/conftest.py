"""One team for the linking tests of a module: the bridge between both stand-ins."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.sandbox.browser import Browser
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.oauth import COOKIE as DISCORD_COOKIE
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.oauth import COOKIE as FANVUE_COOKIE
from bot.sandbox.fanvue.records import AccountRecord
from bot.sandbox.play import address_in
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

# Luna is set up and linked; the tests of a module are one story.
house = own_house(silent=True)


async def signed_in(
    house: LiveBridge, account: AccountRecord, by: DiscordPerson | None = None
) -> InteractionAnswer:
    """The owner (or somebody) runs /link and signs in to this account; the answer that asks about it."""
    stage = house.stage
    person = by or stage.owner
    answer = await person.slash(stage.guild, stage.lobby, "link")
    await answer.done(PATIENCE)
    async with _browser(house, account, person) as browser:
        page = await browser.visit(address_in(answer.message))
        for button in ("Continue", "Authorize", "Continue to Fanvue", "Allow"):
            page = await browser.press(page, button)
        assert page.status == 200, page.text
    await answer.says("One last question", PATIENCE)
    return answer


@asynccontextmanager
async def _browser(
    house: LiveBridge, account: AccountRecord, person: DiscordPerson
) -> AsyncIterator[Browser]:
    async with Browser() as browser:
        browser.remember(house.stage.discord.url, DISCORD_COOKIE, str(person.user.id))
        browser.remember(house.stage.fanvue.url, FANVUE_COOKIE, account.uuid)
        yield browser
