"""/team: who is in a creator's team, and why."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.grant_input import GrantRequest, offered, understood
from bot.access.policy import Action
from bot.access.roles import MoneyView, TeamRole
from bot.discord.asking import actor_of, asks, chosen, each, nobody
from bot.discord.bridge import service
from bot.discord.command_examples import example
from bot.features.people.team.service import TeamService
from bot.model.language import msgid
from cogs.people.team_views import examine, explain_team, propose, show_team

_CHOICES = 25  # Discord shows no more
_ROLES = {
    TeamRole.MANAGER: msgid(
        "manager: all of a chatter's, mass messages, posts, figures in ranges, settles problems"
    ),
    TeamRole.CHATTER: msgid("chatter: reads, replies, prices, takes back, opens the vault"),
    TeamRole.VIEWER: msgid("viewer: reads"),
    TeamRole.TRAINEE: msgid("trainee: reads, and writes replies that a lead approves"),
    TeamRole.NONE: msgid("none: only what is under “also:”, whatever their Discord roles give"),
}
_MONEY = {
    MoneyView.EXACT: msgid("exact"),
    MoneyView.BANDED: msgid("banded: in ranges, such as $100 to $250"),
    MoneyView.HIDDEN: msgid("hidden: no figures at all"),
}
Whom = discord.User | discord.Member | discord.Role


class TeamCog(commands.GroupCog, group_name="team"):
    """A creator's team on this server."""

    @app_commands.command(
        name="show", description=("Show who is on a creator's team, added by whom and when.")
    )
    @app_commands.describe(page="Which page, if there are several.")
    @example("/team show")
    @asks(Action.TEAM_SHOW, chosen)
    async def show(
        self,
        interaction: discord.Interaction[Any],
        creator: str | None = None,
        page: app_commands.Range[int, 1, 100] = 1,
    ) -> None:
        """Shown to the asking person alone."""
        await show_team(interaction, page)

    @app_commands.command(
        name="grant", description=("Give a member, or everyone with a role, access to a creator.")
    )
    @app_commands.rename(without="except")
    @app_commands.describe(
        to="A member, or a Discord role of this server.",
        role="Their role for the creator.",
        also="Extra permissions, separated by commas.",
        without="Permissions to leave out, separated by commas.",
        money="How exactly they see figures. Leave empty for the role's default.",
    )
    @app_commands.choices(
        role=[app_commands.Choice(name=words, value=one.value) for one, words in _ROLES.items()],
        money=[app_commands.Choice(name=words, value=one.value) for one, words in _MONEY.items()],
    )
    @example("/team grant to:@Anna role:chatter")
    @asks(Action.TEAM_GRANT, chosen)
    async def grant(
        self,
        interaction: discord.Interaction[Any],
        to: Whom,
        role: str,
        also: str | None = None,
        without: str | None = None,
        money: str | None = None,
        creator: str | None = None,
    ) -> None:
        """A preview; only its button changes something."""
        await propose(interaction, to, lambda subject: understood(subject, role, also, without, money))

    @app_commands.command(name="revoke", description="Remove what was granted to a member or a role.")
    @app_commands.rename(whom="from")
    @app_commands.describe(whom="A member, or a Discord role of this server.")
    @example("/team revoke from:@Anna")
    @asks(Action.TEAM_GRANT, chosen)
    async def revoke(
        self,
        interaction: discord.Interaction[Any],
        whom: Whom,
        creator: str | None = None,
    ) -> None:
        """A preview; only its button changes something."""
        await propose(interaction, whom, lambda subject: GrantRequest(subject, None))

    @app_commands.command(name="explain", description="Show what you may do for a creator here, and why.")
    @app_commands.describe(
        member="Another member: only if you manage the team.", creator="Only this one, if there are several."
    )
    @example("/team explain member:@Anna")
    @asks(Action.TEAM_EXPLAIN, nobody)
    async def explain(
        self,
        interaction: discord.Interaction[Any],
        member: discord.User | discord.Member | None = None,
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await explain_team(interaction, member, creator)

    @app_commands.command(name="doctor", description="Show who can read a creator's channels but shouldn't.")
    @app_commands.describe(page="Which page, if there are several.")
    @example("/team doctor")
    @asks(Action.DOCTOR, chosen)
    async def doctor(
        self,
        interaction: discord.Interaction[Any],
        creator: str | None = None,
        page: app_commands.Range[int, 1, 100] = 1,
    ) -> None:
        """Shown to the asking person alone; weekly in the alerts channel too, when something changed."""
        await examine(interaction, page)

    # ── what is offered while somebody types ──

    @grant.autocomplete("also")
    @grant.autocomplete("without")
    @asks(Action.TEAM_GRANT, each, offers=True)
    async def offer_permissions(
        self,
        interaction: discord.Interaction[Any],
        typed: str,
    ) -> list[app_commands.Choice[str]]:
        """Offer the typed words, and one permission more."""
        return [app_commands.Choice(name=one[-100:], value=one[:100]) for one in offered(typed)][:_CHOICES]

    @explain.autocomplete("creator")
    @asks(Action.TEAM_EXPLAIN, nobody, offers=True)
    async def offer_mine(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Creators to whom one is anything."""
        return _choices(await service(interaction, TeamService).offered(actor_of(interaction), typed))


def _choices(found: Sequence[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=words[:100], value=value) for words, value in found][:_CHOICES]
