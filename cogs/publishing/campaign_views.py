"""The board of mass messages on Discord: shown privately, and one of them chosen."""

from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, private, tell
from bot.discord.asking import actor_of, asks, by_ref, chosen, creator_of, link_of, permit_of
from bot.discord.autocomplete import Offer
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.publishing.campaigns.service import CampaignService
from bot.features.publishing.safety.cancellation_service import MassMessageCancellationService
from bot.model.language import tr
from bot.text.price_input import NotAPrice, cents_of, ids_of
from bot.text.typed_words import is_free
from cogs.publishing.proposal_views import propose
from storage.records import EffectId

_CHANGE, _END = "mass_change", "mass_end"


async def show_campaigns(asked: Asked) -> None:
    """/mass show."""
    link, level = link_of(asked), permit_of(asked).money

    await private(asked, lambda: service(asked, CampaignService).show(link, level))


async def compare_campaigns(asked: Asked, last: int, figure: str) -> None:
    """/mass compare."""
    link, level = link_of(asked), permit_of(asked).money

    async def look() -> AnswerContent:
        post, picture = await service(asked, CampaignService).compare(link, level, last=last, figure=figure)
        return AnswerContent(post, pictures=(picture,))

    await private(asked, look)


@asks(Action.CAMPAIGNS, by_ref)
async def board(asked: Asked, _ref: str) -> None:
    """The button under what is told in the alerts channel."""
    await show_campaigns(asked)


@asks(Action.MASS, by_ref)
async def end_sent(asked: Asked, ref: str) -> None:
    """The button [Take it back] or [Cancel it] under what was just sent or planned."""
    if await service(asked, CampaignService).waits_here(creator_of(asked), EffectId(ref)):
        stop, actor = service(asked, MassMessageCancellationService).stop, actor_of(asked).user
        await private(asked, lambda: stop(actor, EffectId(ref)))
        return
    await end_campaign(asked, ref, "")


async def end_campaign(asked: Asked, campaign: str, how: str) -> None:
    """The preview of what would be ended; `how`: cancel or recall, '' for whichever fits by then."""
    await propose(asked, _END, {"campaign": campaign, "how": how})


async def change_campaign(
    asked: Asked, campaign: str, *, text: str | None, price: str | None, media: str | None, when: str | None
) -> None:
    """/mass change: before and after."""
    try:
        cents = 0 if is_free(price or "") else cents_of(price, tr("No changes made."))
    except NotAPrice as wrong:
        await tell(asked, str(wrong))
        return
    typed = {"text": text, "price": cents, "media": list(ids_of(media)), "when": when}
    await propose(asked, _CHANGE, {"campaign": campaign, **typed})


def campaigns_to(how: str) -> Offer:
    """Offers the mass messages with which this can be done, of the creator whom the option names."""

    @asks(Action.MASS, chosen, offers=True)
    async def offered(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
        found = await service(asked, CampaignService).like(link_of(asked), typed, how)
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    return offered


BUTTONS: ButtonHandlers = {
    "campaigns.board": board,
    "campaigns.end": end_sent,
}
