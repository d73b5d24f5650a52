"""A team's figures, privately to a lead."""

from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import creator_of, permit_of
from bot.discord.bridge import Asked, service
from bot.discord.message_bodies import AnswerFile
from bot.features.people.workload.service import WorkloadService
from bot.model.language import msgid, tr

_NO_FILE = msgid("We couldn't attach the file here. Run the command again without `as_file:`.")


async def show_workload(asked: Asked, period: str, *, as_file: bool) -> None:
    """/team figures."""
    creator, money = creator_of(asked), permit_of(asked).money

    async def deed() -> Said:
        post, content = await service(asked, WorkloadService).of(creator, period, money)
        if not as_file:
            return post
        return AnswerContent(post, file=AnswerFile("team.csv", content), without=tr(_NO_FILE))

    await private(asked, deed)
