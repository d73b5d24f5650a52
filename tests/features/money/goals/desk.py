"""A desk's goals: says what was asked for."""

from bot.features.money.goals.service import GoalService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    GoalService,
    put=lambda link, span, cents, net: (
        f"A goal of {link.handle}: {cents} {('net' if net else 'gross')} a {span}."
    ),
    off=lambda link, span: f"No goal of {link.handle} a {span}.",
    show=lambda link: Post(body=(f"Goals of {link.handle}",)),
)
