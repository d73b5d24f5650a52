"""The tour: opened from an offer or from /help, and turned card by card."""

from dataclasses import replace

from bot.access.policy import Action
from bot.discord.answers import Said, in_place, private
from bot.discord.asking import asks
from bot.discord.bridge import Asked, ButtonHandlers
from bot.discord.command_runs import linking
from bot.features.people.tour import texts
from cogs.operations.alert_views import anybody


@asks(Action.TOUR, anybody)
async def open_tour(asked: Asked, _ref: str) -> None:
    """The button [Show me around]: the first card, to whoever presses it alone."""
    await private(asked, lambda: _card(asked, 0), anywhere=True)


@asks(Action.TOUR, anybody)
async def turn_card(asked: Asked, ref: str) -> None:
    """The buttons [Next] and [Back], also in private messages."""
    await in_place(asked, lambda: _card(asked, texts.number_of(ref)), anywhere=True)


async def _card(asked: Asked, number: int) -> Said:
    card, linked = texts.card(number), await linking(asked)
    small = linked(card.small) if card.small is not None else None
    return replace(card, body=tuple(map(linked, card.body)), small=small)


BUTTONS: ButtonHandlers = {
    texts.OPEN: open_tour,
    texts.CARD: turn_card,
}
