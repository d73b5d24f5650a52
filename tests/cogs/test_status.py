"""/inbox status is private, and shows a creator to who may answer their fans."""

from bot.discord.asking import NOT_HERE
from storage.records import DiscordId
from tests.cogs.test_inbox import forum_of
from tests.discord.desk import MILA
from tests.discord.discord_test_server import DiscordTestServer


async def status_for(town: DiscordTestServer, who: str) -> str:
    answer = await getattr(town, who).slash(town.guild, town.lobby, "inbox status")
    await answer.done()
    assert answer.ephemeral
    return str(answer.text)


async def test_a_member_sees_those_whose_fans_they_may_answer(town: DiscordTestServer) -> None:
    forum_of(town, MILA)

    assert await status_for(town, "maya") == f"Status of {MILA}."


async def test_an_outsider_is_told_nothing(town: DiscordTestServer) -> None:
    forum_of(town, MILA)

    assert await status_for(town, "victor") == NOT_HERE


async def test_an_owner_sees_their_own_whatever_the_forum_lets_them_do(town: DiscordTestServer) -> None:
    link = town.desk.link_up(DiscordId(town.victor.user.id), "mila", DiscordId(town.guild.id))

    assert await status_for(town, "victor") == f"Status of {link.creator}."
