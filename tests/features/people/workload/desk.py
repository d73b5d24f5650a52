"""A desk at which a team has done nothing."""

from bot.features.people.workload.service import WorkloadService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    WorkloadService,
    of=lambda creator, period: (Post(body=(f"{creator}, {period} days: nothing.",)), b"member_id\r\n"),
)
