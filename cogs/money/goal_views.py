"""/money goal: a creator's goals, set, shown privately and ended."""

from bot.discord.asking import permit_of
from bot.discord.bridge import Asked, service
from bot.features.money.goals.service import GoalService
from bot.text.price_input import NotAPrice, cents_of
from cogs.money.figure_views import show_figures


async def set_goal(asked: Asked, span: str, amount: str, *, net: bool) -> None:
    """/money goal set."""
    goals, permit = service(asked, GoalService), permit_of(asked)
    try:
        cents = cents_of(amount)
    except NotAPrice:
        cents = None
    await show_figures(asked, lambda link: goals.put(link, permit, span, cents, net=net))


async def show_goals(asked: Asked) -> None:
    """/money goal show."""
    goals, permit = service(asked, GoalService), permit_of(asked)
    await show_figures(asked, lambda link: goals.show(link, permit))


async def end_goal(asked: Asked, span: str) -> None:
    """/money goal off."""
    goals, permit = service(asked, GoalService), permit_of(asked)
    await show_figures(asked, lambda link: goals.off(link, permit, span))
