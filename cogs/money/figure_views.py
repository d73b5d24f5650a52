"""A creator's figures, shown privately to members who may see them."""

from collections.abc import Awaitable, Callable

from bot.discord.answers import Said, private
from bot.discord.asking import link_of
from bot.discord.bridge import Asked
from storage.records import Link


async def show_figures(asked: Asked, tell: Callable[[Link], Awaitable[Said]]) -> None:
    """Answer privately with what `tell` says of the creator whom the permit is about."""
    link = link_of(asked)
    await private(asked, lambda: tell(link))
