"""A desk's schedule: nothing waits for its time."""

from bot.features.inbox.scheduled.service import ScheduledReplyService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    ScheduledReplyService,
    listed=Post(title="Scheduled replies", body=("No scheduled replies.",)),
    cancel="Cancelled. Not sent.",
)
