"""/money links: lists tracking links; confirms before it makes or deletes any."""

from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import private
from bot.discord.asking import asks, chosen, link_of, permit_of
from bot.discord.bridge import Asked, service
from bot.features.publishing.links.list_service import TrackingLinkListService
from cogs.publishing.proposal_views import propose

_CREATE, _DELETE = "trackcreate", "trackdelete"  # as in `bot.features.publishing.links.proposals`


async def list_links(asked: Asked, page: int) -> None:
    """Answer privately with one page."""
    await private(asked, lambda: service(asked, TrackingLinkListService).page(link_of(asked), page))


async def show_link(asked: Asked, link: str) -> None:
    """Answer privately with its figures, as exactly as the asking person sees them."""
    level = permit_of(asked).money

    await private(asked, lambda: service(asked, TrackingLinkListService).show(link_of(asked), link, level))


async def show_fans(asked: Asked, link: str, page: int) -> None:
    """Answer privately with who came by it."""
    await private(asked, lambda: service(asked, TrackingLinkListService).fans(link_of(asked), link, page))


async def create_link(asked: Asked, name: str, platform: str) -> None:
    """Answer privately with the link as it would be made."""
    await propose(asked, _CREATE, {"name": name, "platform": platform})


async def delete_link(asked: Asked, link: str) -> None:
    """Answer privately with the link, and the question whether it is to go."""
    await propose(asked, _DELETE, {"link": link})


@asks(Action.TRACKING_SHOW, chosen, offers=True)
async def offer_links(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Links of the creator whom the option `creator` names."""
    found = await service(asked, TrackingLinkListService).like(link_of(asked), typed)
    return [app_commands.Choice(name=words, value=value) for words, value in found]
