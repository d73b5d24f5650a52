"""A second server, of another creator, with a member of its own."""

from dataclasses import replace

from bot.sandbox.discord.model import StandInApplication, StandInGuild, StandInUser
from bot.sandbox.discord.standalone import BOT_RIGHTS
from bot.sandbox.stage import DemoStage

FAN = "sam_k"


def next_door(
    stage: DemoStage, bot: StandInApplication, guild: StandInGuild, owner: StandInUser
) -> DemoStage:
    """Mila's, on the owner's `guild`, which this bot serves from now on."""
    world, there = stage.discord.world, stage.fanvue.world
    team, member = world.add_role(guild, "Chat team"), world.add_user("mara.too")
    world.add_member(guild, member, [team])
    world.invite_bot(guild, bot, BOT_RIGHTS)
    creator = there.add_creator("mila.waves", "Mila Waves")
    return replace(
        stage,
        guild=guild,
        lobby=world.add_channel(guild, "lobby"),
        team=team,
        owner=stage.discord.person(owner.id),
        members={"mara": stage.discord.person(member.id)},
        creator=creator,
        fans={FAN: there.add_fan(FAN, "Sam", creator)},
    )


async def no_pause(_seconds: float) -> None:
    """For a `Play` that nobody watches."""
