"""/fan items: items sent to a fan and bought, to one member alone."""

from collections.abc import Awaitable, Callable, Mapping

from bot.access.policy import Action
from bot.discord.answers import Said, in_place, private, server_wish_of
from bot.discord.asking import asks, here, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.inbox.purchases.service import PurchaseService
from bot.features.people.agency.service import AgencyService
from bot.features.publishing.media.service import MediaService
from cogs.operations.problem_views import allowed
from storage.records import DiscordId


async def show_items(asked: Asked) -> None:
    """/fan items."""
    await _show(asked, private)


@asks(Action.FAN_ITEMS, here)
async def turn_items(asked: Asked, _ref: str) -> None:
    """The button [Items sent] behind More: in the place of what it is pressed on."""
    await _show(asked, in_place)


async def _show(asked: Asked, way: Callable[[Asked, Callable[[], Awaitable[Said]]], Awaitable[None]]) -> None:
    wish = server_wish_of(asked)
    channel = wish.channel

    async def look() -> Said:
        return await service(asked, PurchaseService).of(channel, await _names(asked))

    await way(asked, look)


async def _names(asked: Asked) -> Mapping[str, str]:
    """The names of items in the vault, for a member who may look into it; else none."""
    permit = permit_of(asked)
    if permit.link is None or not allowed(Action.MEDIA, [permit]):
        return {}
    link = await service(asked, AgencyService).through(permit.link, DiscordId(asked.user.id), "media")
    return await service(asked, MediaService).names(link)


BUTTONS: ButtonHandlers = {
    "fan.items": turn_items,
}
