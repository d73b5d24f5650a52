"""A team's figures, privately to a lead."""

from bot.guild.answers import Said, Shown, private
from bot.guild.asking import creator_of, permit_of
from bot.guild.bridge import Asked
from bot.guild.cards import File

_NO_FILE = "The file could not be attached here. Run the command again without as_file."


async def show_workload(asked: Asked, period: str, *, as_file: bool) -> None:
    """/team figures."""
    creator, money = creator_of(asked), permit_of(asked).money

    async def deed() -> Said:
        post, content = await asked.client.uses.workload.of(creator, period, money)
        if not as_file:
            return Shown(post)
        return Shown(post, file=File("team.csv", content), without=_NO_FILE)

    await private(asked, deed)
