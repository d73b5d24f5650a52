"""/setup: makes a creator's channels on this server, or repairs them."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.guild.answers import ONLY_ON_A_SERVER, Said, private, tell
from bot.guild.asking import actor_of, asks, nobody
from bot.guild.bridge import Asked, Bridge
from bot.guild.examples import example
from bot.guild.rights import missing
from bot.guild.setup import Made, Setup, SetupRefused, SetupWish
from bot.guild.uses_relay import Housed
from bot.relay.safe_text import safe
from storage.records import DiscordId


class SetUp(commands.Cog):
    """The first command on a new server."""

    @app_commands.command(
        name="setup", description="Make or repair the private forum and alerts channel of a creator."
    )
    @app_commands.rename(creator_name="creator-name")
    @app_commands.describe(
        category="Where the channels go. Without it, a private category “Fanvue” is made.",
        team="The role of the people who answer fans. Without it, only administrators see the channels.",
        creator_name="Names the channels, for example Mila. Needed when a server has several creators.",
    )
    @app_commands.default_permissions(manage_guild=True)
    @example("/setup team:@Chatters creator-name:Mila")
    @asks(Action.SETUP, nobody)
    async def setup_server(
        self,
        interaction: discord.Interaction[Any],
        category: discord.CategoryChannel | None = None,
        team: discord.Role | None = None,
        creator_name: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        """Discord's own check can be overridden per server, so the policy repeats it."""
        refusal = ONLY_ON_A_SERVER if interaction.guild is None else None
        if refusal is None and (lacks := missing(_own_permissions(interaction))):
            refusal = _lacking(lacks)
        if refusal is None and team is not None and team.is_default():
            refusal = "@everyone is not a team: choose the role of the people who answer fans."
        if refusal is not None:
            await tell(interaction, refusal)
            return
        await private(interaction, lambda: _set_up(interaction, category, team, creator_name))


async def _set_up(
    asked: Asked, category: discord.CategoryChannel | None, team: discord.Role | None, name: str | None
) -> Said:
    assert asked.guild_id is not None
    guild = DiscordId(asked.guild_id)
    assert asked.client.user is not None
    permits = await asked.client.uses.access.permitted(actor_of(asked), Action.TEAM_GRANT)
    places = asked.client.uses.places
    if (refusal := await places.claim(guild)) is not None:
        return refusal
    wish = SetupWish(
        guild=guild,
        bot=DiscordId(asked.client.user.id),
        category=DiscordId(category.id) if category else None,
        team=DiscordId(team.id) if team else None,
        creator_name=name,
        known=await places.of_guild(guild),
        may_let_in=frozenset(permit.creator for permit in permits if permit.creator is not None),
    )
    try:
        made = await Setup(asked.client.direct).run(wish)
    except SetupRefused as refused:
        return str(refused)
    for forum in made.gone:
        await places.remove(forum)
    me = DiscordId(asked.user.id)
    housed = await places.add(made.forum, by=me, team=wish.team)
    for other in made.more:
        await places.keep(other, by=me, team=wish.team)
    if housed is not None:
        await asked.client.uses.removing.close_anew(housed.creator.id, guild)
    return _report(made, housed)


def _report(made: Made, housed: Housed | None) -> str:
    lines = list(made.did) or ["Everything is in order; nothing had to be changed."]
    places = " and ".join(f"<#{forum.id}>" for forum in (made.forum, *made.more))
    lines.append(f"Fans will write in {places}, alerts come to <#{made.forum.alerts}>.")
    if not made.has_team:
        lines.append("To let a team in, run /setup again with team and choose their role.")
    if housed is not None:
        handle = safe(housed.creator.handle)
        lines.append(_arrives(handle, away=housed.away))
        if housed.outside is not None:
            lines.append(
                f"<@&{housed.outside}> can read there, but not answer: the owner of @{handle} still has to "
                "let them in, with /team grant."
            )
    else:
        lines.append("Next: the creator runs /link here to connect Fanvue.")
    return "\n".join(lines)


def _arrives(handle: str, *, away: bool) -> str:
    if not away:
        return f"They belong to @{handle}: new messages arrive here from now on."
    return (
        f"They belong to @{handle}, whose owner has taken their word back: nothing is posted until they use "
        "/team return. All that comes in is kept for them."
    )


def _own_permissions(asked: Asked) -> discord.Permissions:
    # The server's own permissions decide what can be made; this channel's may differ.
    me = asked.guild.me if asked.guild is not None else None
    return me.guild_permissions if me is not None else asked.app_permissions


def _lacking(names: list[str]) -> str:
    return (
        f"The bot still needs: {', '.join(names)}. Open Server Settings, Roles, choose the bot's role, "
        "switch these on, and run /setup again. Nothing was changed."
    )


async def setup(bot: Bridge) -> None:
    """Called by the bot before it connects."""
    await bot.add_cog(SetUp())
