"""Builds what takes away the private answers to replies that were sent."""

from collections.abc import Sequence

from bot.discord.private_answers import PrivateAnswers
from bot.engine.supervision import BackgroundTask, periodic
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.inbox.sent_answers.service import SentAnswerService
from storage.errors import DatabaseUnreachable

_SECONDS = 1.0  # between two looks; without an open answer one costs nothing
_LIMIT = 120.0  # without a heartbeat for so long it counts as hanging


def build(ctx: FeatureContext) -> Feature:
    """Each process looks after the answers that it gave."""
    answers = SentAnswerService(ctx, patience=ctx.waits.reply_line)

    def tasks(on: DiscordPorts) -> Sequence[PlacedTask]:
        answers.connect(PrivateAnswers(on.direct))
        look = periodic(_SECONDS / ctx.divisor, answers.look, passing=(DatabaseUnreachable,))
        return [PlacedTask(BackgroundTask("sent answers", look, _LIMIT), TaskPlacement.GATEWAY)]

    return Feature(name="sent_answers", services=(answers,), tasks=tasks, ends=(answers.say_all,))
