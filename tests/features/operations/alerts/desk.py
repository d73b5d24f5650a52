"""A desk's alerts: says what it was told."""

from bot.features.operations.alerts.explanation_service import AlertExplanationService
from bot.features.operations.alerts.service import AlertRuleService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    AlertExplanationService,
    AlertRuleService,
    for_creator=lambda chosen: f"For a creator: {chosen.kind}.",
    for_team=lambda chosen: f"For the team: {chosen.kind}.",
    for_me=lambda chosen: f"For me: {chosen.kind}.",
    why="Because.",
    show=Post(body=("No rule.",)),
)
