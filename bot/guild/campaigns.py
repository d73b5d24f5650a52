"""The board of mass messages on Discord: shown privately, and one of them chosen."""

from discord import app_commands

from bot.access.policy import Action
from bot.guild.answers import Shown, private, tell
from bot.guild.asking import asks, by_ref, chosen, link_of, permit_of
from bot.guild.bridge import Asked
from bot.guild.choosing import Offer
from bot.guild.prices import NotAPrice, cents_of, ids_of
from bot.guild.proposing import propose

_FREE = ("none", "free", "0")
_CHANGE, _END = "mass_change", "mass_end"


async def show_campaigns(asked: Asked) -> None:
    """/campaigns show."""
    link, level = link_of(asked), permit_of(asked).money

    async def look() -> Shown:
        return Shown(await asked.client.uses.campaigns.show(link, level))

    await private(asked, look)


async def compare_campaigns(asked: Asked, last: int, figure: str) -> None:
    """/campaigns compare."""
    link, level = link_of(asked), permit_of(asked).money

    async def look() -> Shown:
        post, picture = await asked.client.uses.campaigns.compare(link, level, last=last, figure=figure)
        return Shown(post, pictures=(picture,))

    await private(asked, look)


@asks(Action.CAMPAIGNS, by_ref)
async def board(asked: Asked, _ref: str) -> None:
    """The button under what is told in the alerts channel."""
    await show_campaigns(asked)


async def end_campaign(asked: Asked, campaign: str, how: str) -> None:
    """/campaigns cancel and recall: the preview of what would be ended."""
    await propose(asked, _END, {"campaign": campaign, "how": how})


async def change_campaign(
    asked: Asked, campaign: str, *, text: str | None, price: str | None, media: str | None, when: str | None
) -> None:
    """/campaigns change: before and after."""
    try:
        cents = 0 if (price or "").strip().casefold() in _FREE else cents_of(price, "Nothing was changed.")
    except NotAPrice as wrong:
        await tell(asked, str(wrong))
        return
    typed = {"text": text, "price": cents, "media": list(ids_of(media)), "when": when}
    await propose(asked, _CHANGE, {"campaign": campaign, **typed})


def campaigns_to(how: str) -> Offer:
    """Offers the mass messages with which this can be done, of the creator whom the option names."""

    @asks(Action.MASS, chosen, offers=True)
    async def offered(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
        found = await asked.client.uses.campaigns.like(link_of(asked), typed, how)
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    return offered
