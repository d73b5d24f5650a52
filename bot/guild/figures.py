"""A creator's figures, shown privately to whoever may see them."""

from collections.abc import Awaitable, Callable

from bot.guild.answers import Said, Shown, private
from bot.guild.asking import link_of, permit_of
from bot.guild.bridge import Asked
from storage.records import Link


async def show_figures(asked: Asked, tell: Callable[[Link], Awaitable[Said]]) -> None:
    """Answer privately with what `tell` says of the creator whom the permit is about."""
    link = link_of(asked)
    await private(asked, lambda: tell(link))


async def earnings(asked: Asked, link: Link, period: str) -> Said:
    """What came in, with a picture unless there is nothing to draw."""
    post, picture = await asked.client.uses.figures.earnings(link, period, permit_of(asked).money)
    return Shown(post, pictures=() if picture is None else (picture,))
