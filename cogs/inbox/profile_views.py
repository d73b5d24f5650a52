"""The button [More] on a fan's card: privately, as much as its presser may see."""

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place
from bot.discord.asking import asks, here, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.inbox.profiles.service import ProfileService
from storage.records import DiscordId


@asks(Action.FAN_MORE, here)
async def show_more(asked: Asked, _ref: str) -> None:
    """The fan of this thread; beside the card, or in the place of a private answer that led here."""
    channel, level = DiscordId(asked.channel_id or 0), permit_of(asked).money

    async def deed() -> Said:
        found = await service(asked, ProfileService).of(channel, level)
        return AnswerContent(found.post, pictures=() if found.picture is None else (found.picture,))

    await in_place(asked, deed)


@asks(Action.FAN_MORE, here)
async def show_lists(asked: Asked, _ref: str) -> None:
    """On which lists they are."""
    channel = DiscordId(asked.channel_id or 0)
    await in_place(asked, lambda: service(asked, ProfileService).lists(channel))


BUTTONS: ButtonHandlers = {
    "card.more": show_more,
    "card.lists": show_lists,
    "card.figures": show_more,  # on cards of earlier versions, until something about their fan changes
}
