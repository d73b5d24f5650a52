"""Views of the pages on which somebody connects, or does not."""

from bot.sandbox.discord.oauth import COOKIE as DISCORD
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.play import address_in
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.due_times import links_asked_before


async def _walks(town: AlbumScenario, who: DiscordPerson, *presses: str, again: bool = False) -> AlbumView:
    """Luna asks for a link, and `who` opens it and presses these buttons, one on each page.

    `again`: and opens the link once more.
    """
    links_asked_before(town)
    asked = await town.slash(town.luna, town.lobby, "link")
    async with town.browser() as browser:
        browser.remember(town.stage.discord.url, DISCORD, str(who.user.id))
        page = await browser.visit(address_in(asked.message))
        for label in presses:
            page = await browser.press(page, label)
        if again:
            page = await browser.visit(address_in(asked.message))
    return AlbumView(who, asked.where, None, page=page)


async def page_of_a_link(town: AlbumScenario) -> AlbumView:
    """Who asked, and what the team will see and do."""
    return await _walks(town, town.luna)


async def page_after_a_refused_sign_in(town: AlbumScenario) -> AlbumView:
    """She says no on Discord's page."""
    return await _walks(town, town.luna, "Continue", "Cancel")


async def page_for_another_person(town: AlbumScenario) -> AlbumView:
    """Mara has opened a link that is not hers."""
    return await _walks(town, town.mara, "Continue", "Authorize")


async def page_of_a_closed_link(town: AlbumScenario) -> AlbumView:
    """She opens it once more."""
    return await _walks(town, town.mara, "Continue", "Authorize", again=True)


VIEWS = (
    page_of_a_link,
    page_after_a_refused_sign_in,
    page_for_another_person,
    page_of_a_closed_link,
)
