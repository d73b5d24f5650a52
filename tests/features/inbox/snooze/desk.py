"""A desk's snoozes: it says until when, and nobody is on any page."""

from bot.features.inbox.snooze.bulk_service import BulkSnoozeQuestion, BulkSnoozeService
from bot.features.inbox.snooze.service import SnoozeService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    BulkSnoozeService,
    whom=lambda may: BulkSnoozeQuestion(Post(body=(f"Whom? {len(may)} may be asked about.",))),
    until=BulkSnoozeQuestion(Post(body=("Until when?",))),
    put_off=lambda typed: Post(body=(f"Until {typed}.",)),
) | answering(
    SnoozeService,
    snooze=lambda typed: f"Snoozed until {typed}.",
    close="Closed.",
    reopen="Open.",
    times=[("For 1 hour", "in 1 hour")],
)
