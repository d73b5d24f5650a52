"""A creator's figures, shown privately to whoever may see them."""

from collections.abc import Awaitable, Callable

from bot.access.policy import Action
from bot.guild.answers import Said, Shown, private
from bot.guild.asking import NOT_HERE, asks, by_ref, creator_of, link_of, permit_of
from bot.guild.bridge import Asked
from storage.records import EffectId, Link

_MORE = "30"  # what the button under a digest shows


async def show_figures(asked: Asked, tell: Callable[[Link], Awaitable[Said]]) -> None:
    """Answer privately with what `tell` says of the creator whom the permit is about."""
    link = link_of(asked)
    await private(asked, lambda: tell(link))


async def earnings(asked: Asked, link: Link, period: str) -> Said:
    """What came in, with a picture unless there is nothing to draw."""
    post, picture = await asked.client.uses.figures.earnings(link, period, permit_of(asked).money)
    return Shown(post, pictures=() if picture is None else (picture,))


@asks(Action.EARNINGS, by_ref)
async def more_of_digest(asked: Asked, ref: str) -> None:
    """The button under a digest: more figures of its creator."""
    link = link_of(asked)

    async def deed() -> Said:
        whose = await asked.client.uses.digests.creator_of(EffectId(ref))
        return await earnings(asked, link, _MORE) if whose == creator_of(asked) else NOT_HERE

    await private(asked, deed)
