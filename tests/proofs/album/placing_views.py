"""Views of several creators on one server: whom /setup means, where fans are."""

from bot.sandbox.discord.oauth import COOKIE as DISCORD
from bot.sandbox.fanvue.oauth import COOKIE as FANVUE
from bot.sandbox.play import address_in
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.due_times import links_asked_before


async def setup_for_later(town: AlbumScenario) -> AlbumView:
    """Channels for a creator who connects later."""
    team = town.stage.team.id
    options = {"creator": "later", "creator-name": "Mila"}
    return await town.slash(town.luna, town.lobby, "setup", team=team, **options)


async def setup_question(town: AlbumScenario) -> AlbumView:
    """For which of two it is."""
    return await town.slash(town.luna, town.lobby, "setup", team=town.stage.team.id)


async def link_one_forum(town: AlbumScenario) -> AlbumView:
    """The last question of a link, where one forum waits."""
    return await _asked(town, "mila_noir", "Mila Noir")


async def link_several_forums(town: AlbumScenario) -> AlbumView:
    """The same where several do."""
    await town.slash(town.luna, town.lobby, "setup", creator="later", **{"creator-name": "Zoe"})
    return await _asked(town, "zoe.k", "Zoe K")


async def _asked(town: AlbumScenario, handle: str, name: str) -> AlbumView:
    account = town.stage.fanvue.world.add_creator(handle, name)
    links_asked_before(town)
    answer = await town.luna.slash(town.stage.guild, town.lobby, "link")
    await answer.done()
    async with town.browser() as browser:
        browser.remember(town.stage.discord.url, DISCORD, str(town.luna.user.id))
        browser.remember(town.stage.fanvue.url, FANVUE, account.uuid)
        page = await browser.visit(address_in(answer.message))
        for label in ("Continue", "Authorize", "Continue to Fanvue", "Allow"):
            page = await browser.press(page, label)
    await answer.says("One last question", 20.0)
    return await town.seen(answer)


VIEWS = (
    setup_for_later,
    setup_question,
    link_one_forum,
    link_several_forums,
)
