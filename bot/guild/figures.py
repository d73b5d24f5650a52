"""A creator's figures, shown to nobody but the person who connected the creator."""

from collections.abc import Awaitable, Callable

from bot.guild.answers import Said, Shown, private
from bot.guild.bridge import Asked
from bot.guild.choosing import own_link, own_links
from storage.records import EffectId, Link

_NOT_YOURS = "Only the person who connected this creator can see the figures, with /earnings."
_MORE = "30"  # what the button under a digest shows


async def show_figures(asked: Asked, chosen: str | None, tell: Callable[[Link], Awaitable[Said]]) -> None:
    """Answer privately with what `tell` says of the chosen creator, who must be the asking person's own."""

    async def deed() -> Said:
        link = await own_link(asked, chosen)
        return link if isinstance(link, str) else await tell(link)

    await private(asked, deed)


async def earnings(asked: Asked, link: Link, period: str) -> Said:
    """What came in, with a picture unless there is nothing to draw."""
    post, picture = await asked.client.uses.figures.earnings(link, period)
    return Shown(post, pictures=() if picture is None else (picture,))


async def more_of_digest(asked: Asked, ref: str) -> None:
    """The button under a digest: more figures of its creator, for the creator's own person."""

    async def deed() -> Said:
        creator = await asked.client.uses.digests.creator_of(EffectId(ref))
        own = next((link for link in await own_links(asked) if link.creator == creator), None)
        return _NOT_YOURS if own is None else await earnings(asked, own, _MORE)

    await private(asked, deed)
