"""A new server is greeted once, where the bot may write; otherwise nobody is."""

from bot.sandbox.discord.model import StandInChannel, StandInGuild
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.standalone import BOT_RIGHTS
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE


def new_server(play: EveningPlay, name: str) -> tuple[StandInGuild, StandInChannel]:
    """A server with a channel for Discord's own messages."""
    world = play.stage.discord.world
    guild = world.add_guild(name, world.users[play.stage.owner.user.id])
    channel = world.add_channel(guild, "welcome")
    guild.system_channel_id = channel.id
    return guild, channel


def invite(play: EveningPlay, guild: StandInGuild) -> None:
    (application,) = play.stage.discord.world.applications.values()
    play.stage.discord.world.invite_bot(guild, application, BOT_RIGHTS)


def said(who: DiscordPerson, channel: StandInChannel) -> list[str]:
    return [one.text for one in who.read(channel)]


async def test_a_new_server_reads_the_next_step_once(play: EveningPlay) -> None:
    owner, world = play.stage.owner, play.stage.discord.world
    guild, channel = new_server(play, "Fresh")
    invite(play, guild)
    await world.until(lambda: bool(said(owner, channel)), PATIENCE)
    other, second = new_server(play, "Another")

    await play.stage.bridge.stop()
    await play.stage.bridge.start()
    invite(play, guild)
    invite(play, other)
    await world.until(lambda: bool(said(owner, second)), PATIENCE)

    (words,) = said(owner, channel)
    assert "/setup" in words
    assert "/link" in words
    assert len(said(owner, second)) == 1


async def test_a_server_without_such_a_channel_and_one_that_is_set_up_read_nothing(play: EveningPlay) -> None:
    owner, stage = play.stage.owner, play.stage
    quiet, channel = new_server(play, "Quiet")
    quiet.system_channel_id = None
    stage.guild.system_channel_id = stage.lobby.id
    before = len(said(owner, stage.lobby))
    last, seen = new_server(play, "Last")

    invite(play, quiet)
    invite(play, stage.guild)
    invite(play, last)
    await stage.discord.world.until(lambda: bool(said(owner, seen)), PATIENCE)

    assert said(owner, channel) == []
    assert len(said(owner, stage.lobby)) == before
